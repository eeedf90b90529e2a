/** What the jobs' process holds in memory while it loads a large history. What it writes goes nowhere, so that the store's pace does not give it time to breathe. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allKinds } from "@octally/model/own/registry";
import { kinds } from "@octally/model/registry";
import { bootstrapStore } from "@octally/store/bootstrap";
import { makeStoreClient } from "@octally/store/client";
import { bundleService, findEntries } from "../../../tools/build-bundles.ts";
import type { Measured } from "../figure.ts";
import { startWorkerSurroundings, type WorkerSurroundings } from "../worker/worker-surroundings.ts";
import { startBulkSink } from "./bulk-sink.ts";
import { load, startWorker, type HistoryWorker, type WorkerOptions } from "./load.ts";
import { startGitHub, type BenchGitHub } from "./start-github.ts";
import { CORE_KINDS, type WorkloadSize } from "./workload.ts";

const SIZE: WorkloadSize = { repositories: 200, pullRequests: 100_000 };
/** What a function of 256 MB is given by Lambda's runtime for Node. */
const AS_LAMBDA = "--max-old-space-size=230 --max-semi-space-size=12";
const MEGABYTE = 1e6;
const SPANS = 5;

export async function measureHistoryMemory(size = SIZE, ways: readonly ("sources" | "bundle")[] = ["sources", "bundle"], wanted = CORE_KINDS): Promise<readonly Measured[]> {
  const surroundings = await startWorkerSurroundings();
  const github = await startGitHub({ ...size, latencyMs: 0, limits: false });
  const bundles = await mkdtemp(join(tmpdir(), "octally-bench-bundles-"));
  try {
    const measured: Measured[] = [];
    for (const way of ways) {
      if (way === "bundle") for (const [service, entries] of findEntries(["sync-worker"])) await bundleService(service, entries, bundles);
      const prefix = `bench-memory-${way}`;
      // A bundle has its own copy of the limits, and keeps to them.
      const worker: WorkerOptions = { prefix, atFullSpeed: true, nodeOptions: AS_LAMBDA, logFile: join(surroundings.folder, `${prefix}.log`), ...(way === "bundle" ? { bundles } : {}) };
      measured.push(...(await loadOnce(surroundings, github, worker, size, wanted)).map((one) => ({ ...one, figure: `${way}: ${one.figure}` })));
    }
    return measured;
  } finally {
    await github.stop();
    await surroundings.stop();
    await rm(bundles, { recursive: true, force: true });
  }
}

async function loadOnce(surroundings: WorkerSurroundings, github: BenchGitHub, options: WorkerOptions, { pullRequests }: WorkloadSize, wanted: readonly string[]): Promise<readonly Measured[]> {
  const client = makeStoreClient(surroundings.openSearchUrl);
  const sink = await startBulkSink(surroundings.openSearchUrl);
  try {
    await bootstrapStore(client, allKinds.filter(({ name }) => wanted.includes(name) || !kinds.some((kind) => kind.name === name)), { prefix: options.prefix });
    const worker = await startWorker({ ...surroundings, handlerEnvironment: { ...surroundings.handlerEnvironment, OPENSEARCH_URL: sink.url } }, github, options);
    try {
      const { seconds } = await load(surroundings, worker, options.prefix, github.organization, wanted, (seen) => told(seen, worker));
      const stored = sink.taken.get(`${options.prefix}-pull-request-write`) ?? 0;
      if (stored < pullRequests) throw new Error(`${stored} of ${pullRequests} pull requests were stored.`);
      return [...(await toFigures(worker)), { figure: "documents", value: [...sink.taken.values()].reduce((sum, count) => sum + count, 0), unit: "" }, { figure: "time", value: seconds, unit: "s" }];
    } finally {
      await worker.stop();
    }
  } finally {
    await sink.close();
    await client.close();
  }
}

/** For whoever waits: it takes minutes. */
function told(seen: number, { memory }: HistoryWorker): void {
  const now = memory.at(-1);
  if (now !== undefined) process.stderr.write(`  ${seen} read, ${Math.round(now.rss / MEGABYTE)} MB resident, ${Math.round(now.heapUsed / MEGABYTE)} MB heap\r`);
}

async function toFigures({ pid, memory }: HistoryWorker): Promise<readonly Measured[]> {
  const peakKibibytes = Number(/^VmHWM:\s+(\d+) kB/mu.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]);
  const span = Math.ceil(memory.length / SPANS);
  const most = (of: "rss" | "heapUsed", from: number): number => Math.max(...memory.slice(from, from + span).map((sample) => sample[of])) / MEGABYTE;
  return [
    { figure: "resident at most", value: (peakKibibytes * 1024) / MEGABYTE, unit: "MB" },
    ...Array.from({ length: SPANS }, (_, index) => [
      { figure: `fifth ${index + 1}: heap at most`, value: most("heapUsed", index * span), unit: "MB" },
      { figure: `fifth ${index + 1}: resident at most`, value: most("rss", index * span), unit: "MB" },
    ]).flat(),
  ];
}
