import { makeMemoryRuns } from "../test/memory-runs.ts";
import { makeMemoryStateStore } from "../test/memory-state-store.ts";
import { runsContract } from "../test/runs-contract.ts";

runsContract("in memory", async () => {
  const states = makeMemoryStateStore();
  return { states, runs: makeMemoryRuns(states) };
});
