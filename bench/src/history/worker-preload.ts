/**
 * Loaded before the program of the jobs (`--import`): says each half second what the process holds in memory. With BENCH_AT_FULL_SPEED how many
 * requests may be under way is GitHub's only limit, because what is measured is the worker, and not its patience.
 */
import { PUBLISHED_LIMITS } from "@octally/github/limits";

export type MemorySample = { readonly memory: { readonly rss: number; readonly heapUsed: number; readonly external: number } };

const PERIOD_MS = 500;
const NO_LIMIT = 1e9;

if (process.env["BENCH_AT_FULL_SPEED"] !== undefined) {
  Object.assign(PUBLISHED_LIMITS.pointsPerMinute, { rest: NO_LIMIT, graphql: NO_LIMIT });
  Object.assign(PUBLISHED_LIMITS.secondsPerMinute, { all: NO_LIMIT, graphql: NO_LIMIT });
}
setInterval(() => {
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ memory: { rss, heapUsed, external } } satisfies MemorySample, () => undefined);
}, PERIOD_MS).unref();
