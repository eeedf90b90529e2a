/** What a run's parts come to, over the states in memory. */
import { numberAt, textAt, type JsonObject } from "@octally/shared/json";
import type { RunReads } from "../src/runs.ts";
import type { MemoryStateStore } from "./memory-state-store.ts";

export function makeMemoryRuns(states: Pick<MemoryStateStore, "all">): Pick<RunReads, "sumsOf" | "readParts" | "findRuns"> {
  const partsOf = (run: string): readonly JsonObject[] => states.all("sync-part").flatMap(({ document }) => (textAt(document, "run") === run ? [document] : []));
  return {
    async sumsOf(run) {
      await Promise.resolve();
      const parts = partsOf(run);
      const sum = (name: string): number => parts.reduce((all, part) => all + (numberAt(part, name) ?? 0), 0);
      const byState = Map.groupBy(parts, (part) => textAt(part, "state") ?? "");
      return {
        states: Object.fromEntries([...byState].map(([state, some]) => [state, some.length])),
        expected: parts.some((part) => typeof part["expected"] === "number") ? sum("expected") : null,
        seen: sum("seen"),
        written: sum("written"),
        superseded: sum("superseded"),
        gaps: sum("gaps"),
        requests: sum("requests"),
        points: sum("points"),
      };
    },
    async *readParts(run) {
      await Promise.resolve();
      yield partsOf(run);
    },
    async findRuns(beginning) {
      await Promise.resolve();
      const runs = states.all("sync-run").filter(({ document }) => textAt(document, "id")?.startsWith(beginning) === true);
      return runs.toSorted((a, b) => ((textAt(a.document, "started_at") ?? "") < (textAt(b.document, "started_at") ?? "") ? 1 : -1)).map(({ document }) => textAt(document, "id") ?? "");
    },
  };
}
