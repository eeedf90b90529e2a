import { expect, jest, test } from "@jest/globals";
import { makeJobWorld } from "../../test/job-world.ts";
import { simulateGitHub, type SimulatedGitHub } from "../../test/simulated-github.ts";

jest.setTimeout(60_000);

/** Which parts a load of runs with their checks and jobs has, and what it stored. */
async function loaded(simulated: SimulatedGitHub): Promise<{ readonly parts: readonly string[]; readonly stored: (kind: string) => number }> {
  const world = makeJobWorld(simulated);
  await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: ["workflow-run", "workflow-job", "check-run"] });
  await world.drain();
  const parts = world.parts().filter(({ type }) => type === "backfill");
  return { parts: parts.map(({ kind, state, job }) => `${kind ?? ""} ${job.type === "backfill" ? job.list.way : ""} ${state}`).toSorted(), stored: (kind) => world.store.sources(kind).length };
}

test("a repository without runs has no part for their jobs", async () => {
  const simulated = simulateGitHub({ repositories: 1, pullRequests: 5, ratios: { runsPerPush: 0 } });
  for (const repository of simulated.oracle.repositories()) simulated.world.journal.assign(repository, { workflowRuns: [], checkSuites: [] });
  const { parts } = await loaded(simulated);
  expect(parts).toEqual(["check-run 0 done", "check-run 1 done", "workflow-run 0 done"]);
});

test("where there are runs their checks come with them, and their jobs by a part of their own", async () => {
  const simulated = simulateGitHub({ repositories: 1, pullRequests: 60, richness: "full" });
  const { parts, stored } = await loaded(simulated);
  expect(parts).toEqual(["check-run 0 done", "check-run 1 done", "workflow-job 0 done", "workflow-run 0 done"]);
  const truth = (kind: "workflow-run" | "check-run" | "workflow-job"): number => [...simulated.oracle.things(kind)].filter(({ repository }) => repository?.owner === simulated.organization).length;
  expect(["workflow-run", "check-run", "workflow-job"].map(stored)).toEqual([truth("workflow-run"), truth("check-run"), truth("workflow-job")]);
  expect(truth("workflow-job")).toBeGreaterThan(20);
});
