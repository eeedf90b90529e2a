/** Requests, points and time for the fixed workload, by Octally's jobs and by Perceval, at GitHubs that answer at once and after 100 ms. */
import { join } from "node:path";
import { kinds } from "@octally/model/registry";
import { allKinds } from "@octally/model/own/registry";
import { bootstrapStore } from "@octally/store/bootstrap";
import { makeStoreClient } from "@octally/store/client";
import type { Measured } from "../figure.ts";
import { startWorkerSurroundings, type WorkerSurroundings } from "../worker/worker-surroundings.ts";
import type { Asked } from "./github-process.ts";
import { load, startWorker } from "./load.ts";
import { runPeer } from "./peer.ts";
import { startGitHub } from "./start-github.ts";
import { CORE_KINDS } from "./workload.ts";

const SIZE = { repositories: 1, pullRequests: 200 };
const LATENCIES_MS = [0, 100];

/** Without the peer no Python is needed. */
export async function measureHistory({ peer }: { readonly peer: boolean } = { peer: true }): Promise<readonly Measured[]> {
  const surroundings = await startWorkerSurroundings();
  try {
    const measured: Measured[] = [];
    for (const latencyMs of LATENCIES_MS) {
      // The first one warms up OpenSearch, and nothing is told of it.
      if (latencyMs === 0) await loadOnce(surroundings, "bench-warm", 0, CORE_KINDS);
      const ours = [
        { name: "Octally, these kinds", ...(await loadOnce(surroundings, `bench-core-${latencyMs}`, latencyMs, CORE_KINDS)) },
        { name: "Octally, all kinds", ...(await loadOnce(surroundings, `bench-all-${latencyMs}`, latencyMs, kinds.map(({ name }) => name))) },
      ];
      const theirs = peer ? await withPeer(latencyMs) : [];
      measured.push(...[...ours, ...theirs].flatMap((run) => toFigures(latencyMs, run)));
    }
    return measured;
  } finally {
    await surroundings.stop();
  }
}

type Run = { readonly seconds: number; /** Requests that find the repositories and count what is in them. */ readonly discovery: number; readonly asked: Asked };

/** Within the published limits. */
async function loadOnce(surroundings: WorkerSurroundings, prefix: string, latencyMs: number, wanted: readonly string[]): Promise<Run> {
  const client = makeStoreClient(surroundings.openSearchUrl);
  const github = await startGitHub({ ...SIZE, latencyMs, limits: true });
  try {
    await bootstrapStore(client, allKinds, { prefix });
    const worker = await startWorker(surroundings, github, { prefix, atFullSpeed: false, logFile: join(surroundings.folder, `${prefix}.log`) });
    try {
      const { seconds, kinds: loaded } = await load(surroundings, worker, prefix, github.organization, wanted);
      // Once for an organisation, however many pull requests it has.
      const found = loaded.find(({ kind }) => kind === null)?.requests ?? 0;
      return { seconds, discovery: found, asked: await github.asked() };
    } finally {
      await worker.stop();
    }
  } finally {
    await github.stop();
    await client.close();
  }
}

/** Without limits: it would be refused after 900 requests in a minute, and end. */
async function withPeer(latencyMs: number): Promise<readonly (Run & { readonly name: string })[]> {
  const github = await startGitHub({ ...SIZE, latencyMs, limits: false });
  try {
    return (await runPeer(github)).map((run) => ({ ...run, discovery: 0 }));
  } finally {
    await github.stop();
  }
}

/** Requests are the same whatever the latency. */
export function toFigures(latencyMs: number, { name, seconds, discovery, asked: { rest, graphql, points, violations } }: Run & { readonly name: string }): readonly Measured[] {
  const each = (value: number): number => (value * 100) / SIZE.pullRequests;
  const counts: readonly Measured[] = [
    { figure: `${name}: requests per 100 pull requests`, value: each(rest + graphql - discovery), unit: "requests" },
    ...(discovery === 0 ? [] : [{ figure: `${name}: requests before the first of them`, value: discovery, unit: "requests" }]),
    ...(graphql === 0 ? [] : [{ figure: `${name}: GraphQL points per 100`, value: each(points), unit: "points" }]),
    ...(name.startsWith("Octally") ? [{ figure: `${name}: overstepped limits`, value: violations, unit: "" }] : []),
  ];
  return [...(latencyMs === 0 ? counts : []), { figure: `${name}: time per 100, ${latencyMs} ms an answer`, value: each(seconds), unit: "s" }];
}
