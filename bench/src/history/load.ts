/** One load of an organisation's history by the jobs as the local system runs them: a process of their own, a real queue, a real OpenSearch. */
import { setTimeout as delay } from "node:timers/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launchNodePart } from "@octally/octally/edges/node-part";
import { makeLocalSqsClient } from "@octally/octally/edges/local-clients";
import { allKinds } from "@octally/model/own/registry";
import { systemClock } from "@octally/shared/clock";
import { makeQueue } from "@octally/shared/queue";
import { makeStoreClient } from "@octally/store/client";
import { makeRunReads, type KindProgress } from "@octally/store/runs";
import { makeStateStore } from "@octally/store/state";
import { parsePart } from "@octally/sync-worker/core/part-state";
import { startRun } from "@octally/sync-worker/start-run";
import { onInterruption } from "../system/interruption.ts";
import type { WorkerSurroundings } from "../worker/worker-surroundings.ts";
import type { GitHubReady } from "./github-process.ts";
import type { MemorySample } from "./worker-preload.ts";

const PRELOAD = pathToFileURL(join(import.meta.dirname, "worker-preload.ts")).href;
/** Each look costs the store a refresh and a search. */
const LOOK_EVERY_MS = 1000;
const STOP_GRACE_MS = 30_000;

export type HistoryWorker = { readonly pid: number; readonly memory: readonly MemorySample["memory"][]; readonly isRunning: () => boolean; readonly stop: () => Promise<void> };
export type WorkerOptions = { readonly prefix: string; readonly atFullSpeed: boolean; readonly nodeOptions?: string; readonly logFile: string; /** The folder of the bundles, where not the sources run. */ readonly bundles?: string };

export async function startWorker({ handlerEnvironment }: WorkerSurroundings, { url, token }: GitHubReady, { prefix, atFullSpeed, nodeOptions = "", logFile, bundles }: WorkerOptions): Promise<HistoryWorker> {
  const env = {
    ...handlerEnvironment,
    GITHUB_API_URL: url,
    GITHUB_TOKEN: token,
    OCTALLY_INDEX_PREFIX: prefix,
    LOG_LEVEL: "warn",
    NODE_OPTIONS: `${nodeOptions} --import=${PRELOAD}`,
    ...(atFullSpeed ? { BENCH_AT_FULL_SPEED: "1" } : {}),
  };
  const { child, ready } = await launchNodePart({ program: "jobs-process.ts", args: bundles === undefined ? [] : [bundles], env, logFile, detached: true });
  const memory: MemorySample["memory"][] = [];
  child.onMessage((message) => {
    if (typeof message === "object" && message !== null && "memory" in message) memory.push((message as MemorySample).memory);
  });
  const stop = async (): Promise<void> => {
    await child.stop(STOP_GRACE_MS);
    forget();
  };
  const forget = onInterruption(stop);
  await ready;
  return { pid: child.pid, memory, isRunning: child.isRunning, stop };
}

export type Loaded = { /** By the worker's own clock, from the first part's begin to the last one's end. */ readonly seconds: number; readonly kinds: readonly KindProgress[] };

/** @throws when not every part was loaded whole, or the worker ended */
export async function load({ openSearchUrl, handlerEnvironment }: WorkerSurroundings, worker: HistoryWorker, prefix: string, source: string, wanted: readonly string[], onProgress: (seen: number) => void = () => undefined): Promise<Loaded> {
  const client = makeStoreClient(openSearchUrl);
  const sqs = makeLocalSqsClient(handlerEnvironment["AWS_ENDPOINT_URL"] ?? "");
  const reads = makeRunReads(client, prefix);
  try {
    const backfillJobs = makeQueue(sqs, handlerEnvironment["BACKFILL_JOBS_QUEUE_URL"] ?? "");
    const { run } = await startRun({ runs: reads, states: makeStateStore(client, allKinds, prefix), backfillJobs, clock: systemClock }, { sources: [source], kinds: wanted, since: null, until: null }, "a benchmark");
    for (;;) {
      const { parts, over, troubles, kinds } = await reads.progressOf(run);
      if (troubles.length > 0) throw new Error(`Not everything was loaded: ${JSON.stringify(troubles.slice(0, 3))}`);
      onProgress(kinds.reduce((sum, { seen }) => sum + seen, 0));
      if (parts > 0 && parts === over) break;
      if (!worker.isRunning()) throw new Error("The worker has ended before its work.");
      await delay(LOOK_EVERY_MS);
    }
    const [begun, ended]: [number[], number[]] = [[], []];
    for await (const some of reads.readParts(run)) {
      for (const { started_at: startedAt, finished_at: finishedAt } of some.map(parsePart)) {
        if (startedAt !== null) begun.push(Date.parse(startedAt));
        if (finishedAt !== null) ended.push(Date.parse(finishedAt));
      }
    }
    return { seconds: (Math.max(...ended) - Math.min(...begun)) / 1000, kinds: (await reads.progressOf(run)).kinds };
  } finally {
    sqs.destroy();
    await client.close();
  }
}
