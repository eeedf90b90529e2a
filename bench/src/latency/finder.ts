/**
 * Looks for documents until each is found, and notes how long that took. One search a poll for all that are missing: it
 * must not be the load that it measures under.
 */
import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "undici";
import { DEFAULT_PREFIX, readAlias } from "@octally/store/names";
import { percentile } from "../statistics.ts";

const PERIOD_MS = 25;
const GIVE_UP_MS = 30_000;

export type Finder = {
  readonly watch: (document: { readonly kind: string; readonly id: number }, sinceMs: number) => void;
  /** Waits until all are found, or 30 s; tells how many are still missing. */
  readonly finish: () => Promise<number>;
  readonly latenciesMs: readonly number[];
};

export function makeFinder(openSearchUrl: string): Finder {
  const pool = new Pool(openSearchUrl, { connections: 1 });
  const missing = new Map<number, { readonly kind: string; readonly sinceMs: number }>();
  const [latenciesMs, searchesMs]: [number[], number[]] = [[], []];
  let giveUpAt = Number.POSITIVE_INFINITY;

  async function poll(): Promise<void> {
    while (giveUpAt === Number.POSITIVE_INFINITY || (missing.size > 0 && performance.now() < giveUpAt)) {
      const startedAt = performance.now();
      for (const id of await search(pool, missing)) {
        const found = missing.get(id);
        if (found !== undefined) latenciesMs.push(performance.now() - found.sinceMs);
        missing.delete(id);
      }
      searchesMs.push(performance.now() - startedAt);
      await delay(Math.max(1, startedAt + PERIOD_MS - performance.now()));
    }
  }

  const polling = poll();
  // Awaited in `finish`; a failure before that must not end the process on its own.
  polling.catch(() => undefined);
  return {
    watch: ({ kind, id }, sinceMs) => void missing.set(id, { kind, sinceMs }),
    finish: async () => {
      giveUpAt = performance.now() + GIVE_UP_MS;
      await polling;
      await pool.close();
      process.stderr.write(`  one search for all that are missing took ${percentile(searchesMs, 0.5).toFixed(1)} ms (median), ${percentile(searchesMs, 0.99).toFixed(1)} ms (p99)\n`);
      return missing.size;
    },
    latenciesMs,
  };
}

async function search(pool: Pool, missing: ReadonlyMap<number, { readonly kind: string }>): Promise<readonly number[]> {
  if (missing.size === 0) return [];
  const aliases = [...new Set([...missing.values()].map(({ kind }) => readAlias(DEFAULT_PREFIX, kind)))];
  const query = { query: { terms: { id: [...missing.keys()] } }, size: missing.size, _source: false, track_total_hits: false };
  const path = `/${aliases.join()}/_search?filter_path=hits.hits._id`;
  const answer = await pool.request({ path, method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(query) });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`The search was answered ${answer.statusCode}: ${text.slice(0, 300)}`);
  const { hits } = JSON.parse(text) as { readonly hits?: { readonly hits?: readonly { readonly _id: string }[] } };
  return (hits?.hits ?? []).map(({ _id }) => Number(_id));
}
