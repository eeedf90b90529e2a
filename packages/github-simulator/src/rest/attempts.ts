/** Jobs and checks of the latest attempt, or with `filter=all` those of the former ones too: GitHub keeps them. */
import type * as E from "../world/entities.ts";
import type { Call } from "./call.ts";

export function jobsOf({ query }: Pick<Call, "query">, { jobs, formerJobs }: E.WorkflowRun): readonly E.WorkflowJob[] {
  return query.get("filter") === "all" ? [...formerJobs, ...jobs] : jobs;
}

export function checkRunsOf({ query }: Pick<Call, "query">, { checkRuns, formerRuns }: E.CheckSuite): readonly E.CheckRun[] {
  return query.get("filter") === "all" ? [...formerRuns, ...checkRuns] : checkRuns;
}
