/** A run that was begun and not made to its end is the same run when it is begun again. */
import { expect, test } from "@jest/globals";
import { makeMemoryRuns } from "../../../packages/store/test/memory-runs.ts";
import { makeMemoryStateStore } from "../../../packages/store/test/memory-state-store.ts";
import { PART_KIND } from "./core/part-state.ts";
import { startRun, type StartRunPorts } from "./start-run.ts";

test.each([0, 1, 2])("killed after %i of its writes it leaves no part that nobody works on", async (survives) => {
  const states = makeMemoryStateStore();
  const nudged = new Set<string>();
  let minute = 0;
  const ports = (writes: number): StartRunPorts => {
    let left = writes;
    return {
      states: {
        read: states.read,
        put: (...args) => {
          left -= 1;
          return left < 0 ? Promise.reject(new Error("killed")) : states.put(...args);
        },
      },
      runs: makeMemoryRuns(states),
      backfillJobs: {
        sendAll: async (messages) => {
          if (left < 0) throw new Error("killed");
          for (const { body } of messages) nudged.add((JSON.parse(body) as { part: string }).part);
        },
      },
      clock: () => new Date(Date.UTC(2026, 0, 1, 0, (minute += 1))),
    };
  };
  const specification = { sources: ["octo"], kinds: ["issue"], since: null, until: null };
  if (survives < 2) await expect(startRun(ports(survives), specification, "test")).rejects.toThrow("killed");
  await startRun(ports(99), specification, "test");
  expect(states.all(PART_KIND).filter(({ document: { id } }) => typeof id !== "string" || !nudged.has(id))).toEqual([]);
  expect(states.all("sync-run")).toHaveLength(1);
});
