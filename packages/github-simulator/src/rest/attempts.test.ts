import { expect, test } from "@jest/globals";
import { completeJob, createWorkflow, queueJob, requestWorkflowRun, rerun, startJob } from "../operations/workflows.ts";
import { makeTinyWorld } from "../server/tiny-world.test-builder.ts";

test("the jobs and checks of a former attempt are listed for whoever asks for all", async () => {
  const { world, ada: actor, open: repository, get, server } = makeTinyWorld({ limitsClock: null });
  const sha = "0123456789012345678901234567890123456789";
  const run = requestWorkflowRun(world, { actor, workflow: createWorkflow(world, { repository, name: "CI", path: "ci.yml" }), event: "push", branch: "main", sha });
  const first = queueJob(world, { actor, run, name: "build" });
  startJob(world, { actor, job: first });
  completeJob(world, { actor, job: first, conclusion: "failure" });
  rerun(world, { actor, run });
  const second = queueJob(world, { actor, run, name: "build" });
  const jobs = async (query: string): Promise<readonly number[]> => ((await (await get(`/repos/octo/open/actions/runs/${run.id}/jobs${query}`)).json()) as { jobs: { id: number }[] }).jobs.map(({ id }) => id);
  const checks = async (query: string): Promise<readonly number[]> => ((await (await get(`/repos/octo/open/check-suites/${run.checkSuite.id}/check-runs${query}`)).json()) as { check_runs: { id: number }[] }).check_runs.map(({ id }) => id);
  expect(await jobs("")).toEqual([second.id]);
  expect(await jobs("?filter=all")).toEqual([first.id, second.id]);
  expect(await checks("")).toEqual([second.id]);
  expect(await checks("?filter=all")).toEqual([first.id, second.id]);
  await server.close();
});
