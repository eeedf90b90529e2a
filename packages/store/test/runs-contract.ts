/** What every implementation of the reads of runs keeps; run on the real OpenSearch and on the model in memory. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Observation } from "@octally/model/observation";
import { toVersion } from "@octally/model/version";
import type { RunReads } from "../src/runs.ts";
import type { StateStore } from "../src/state.ts";

export type Runs = { readonly runs: Pick<RunReads, "sumsOf" | "readParts" | "findRuns">; readonly states: StateStore };

const AT = "2026-11-21T10:00:00.000Z";
const own = (kind: string, document: Readonly<Record<string, unknown>>): Observation => ({ kind, id: String(document["id"]), org: null, repository: null, document, deletedAt: null, version: toVersion(AT, AT), observedAt: AT, source: "rest", archive: null });

function part(run: string, id: string, state: string, expected: number | null, figure: number): Observation {
  return own("sync-part", { id: `${run}:${id}`, run, type: "backfill", source: "octo", kind: "label", state, turn: 0, expected, seen: figure, written: 2 * figure, superseded: 3 * figure, gaps: 4 * figure, requests: 5 * figure, points: 6 * figure, failures: 0, reason: null });
}

export function runsContract(name: string, open: () => Promise<Runs>): void {
  describe(`reads of runs keep their contract: ${name}`, () => {
    let opened: Runs;
    beforeAll(async () => {
      opened = await open();
    });

    test("a run's parts together: how many are in each state, and the sums of their figures, as they are at this moment", async () => {
      const { runs, states } = opened;
      const parts = [part("a", "1", "done", 7, 1), part("a", "2", "failed", null, 10), part("a", "3", "done", 5, 100), part("ab", "1", "running", null, 1000)];
      for (const one of parts) await states.put(one, null);
      expect(await runs.sumsOf("a", { fresh: true })).toEqual({ states: { done: 2, failed: 1 }, expected: 12, seen: 111, written: 222, superseded: 333, gaps: 444, requests: 555, points: 666 });
      expect(await runs.sumsOf("ab", { fresh: true })).toMatchObject({ states: { running: 1 }, expected: null, seen: 1000 });
      const known = (await states.read("sync-part", ["ab:1"])).get("ab:1");
      await states.put(part("ab", "1", "done", null, 1000), known?.state ?? null);
      expect(await runs.sumsOf("ab", { fresh: true })).toMatchObject({ states: { done: 1 } });
      expect(await runs.sumsOf("nobody's", { fresh: true })).toEqual({ states: {}, expected: null, seen: 0, written: 0, superseded: 0, gaps: 0, requests: 0, points: 0 });
    });

    test("its parts one by one, each once", async () => {
      const { runs, states } = opened;
      for (let id = 0; id < 30; id += 1) await states.put(part("many", String(id), "done", null, 0), null);
      const found: unknown[] = [];
      for await (const some of runs.readParts("many")) found.push(...some.map((document) => document["id"]));
      expect(found).toHaveLength(30);
      expect(new Set(found)).toEqual(new Set(Array.from({ length: 30 }, (_, id) => `many:${id}`)));
    });

    test("runs by the beginning of their ids, newest first", async () => {
      const { runs, states } = opened;
      for (const [id, startedAt] of [["load-1", "2026-11-01T00:00:00Z"], ["load-3", "2026-11-03T00:00:00Z"], ["load-2", "2026-11-02T00:00:00Z"], ["check-1", "2026-11-04T00:00:00Z"]] as const) {
        await states.put(own("sync-run", { id, type: "backfill", state: "running", started_at: startedAt }), null);
      }
      expect(await runs.findRuns("load-")).toEqual(["load-3", "load-2", "load-1"]);
      expect(await runs.findRuns("no-")).toEqual([]);
    });
  });
}
