/** Workflows, runs, jobs, check suites and runs, deployments. */
import type * as E from "../../world/entities.ts";
import { toCheckRun, toCheckSuite } from "../../shapes/check.ts";
import { toDeployment, toDeploymentStatus } from "../../shapes/deployment.ts";
import { toWorkflow, toWorkflowJob, toWorkflowRun } from "../../shapes/workflow.ts";
import { notFound } from "../../server/api-error.ts";
import { checkRunsOf, jobsOf } from "../attempts.ts";
import { ok, type Answer, type Call, type Endpoint } from "../call.ts";
import { found, numberIn, onRepository, reads } from "../define.ts";
import { page, reversed } from "../paging.ts";

const ACTIONS = reads("actions");
const CHECKS = reads("checks");
const DEPLOYMENTS = reads("deployments");
/** With any of these filters GitHub counts no further than a thousand. */
const SEARCHING = ["actor", "branch", "check_suite_id", "created", "event", "head_sha", "status"];
const MOST_FOUND = 1000;

export const AUTOMATION: readonly Endpoint[] = [
  onRepository("/actions/workflows", "actions/workflows#list-repository-workflows", ACTIONS, (call, repository) => page(call, repository.workflows, (workflow) => toWorkflow(call.s, workflow), { wrap: (workflows, total_count) => ({ total_count, workflows }) })),
  onRepository("/actions/workflows/:workflow", "actions/workflows#get-a-workflow", ACTIONS, (call, repository) => ok(toWorkflow(call.s, workflowIn(call, repository)))),
  onRepository("/actions/workflows/:workflow/runs", "actions/workflow-runs#list-workflow-runs-for-a-workflow", ACTIONS, (call, repository) => {
    const workflow = workflowIn(call, repository);
    return runs(call, repository.workflowRuns.filter((run) => run.workflow === workflow));
  }),
  onRepository("/actions/runs", "actions/workflow-runs#list-workflow-runs-for-a-repository", ACTIONS, (call, repository) => runs(call, repository.workflowRuns)),
  onRepository("/actions/runs/:run", "actions/workflow-runs#get-a-workflow-run", ACTIONS, (call, repository) => ok(toWorkflowRun(call.s, runIn(call, repository)))),
  onRepository("/actions/runs/:run/jobs", "actions/workflow-jobs#list-jobs-for-a-workflow-run", ACTIONS, (call, repository) => page(call, jobsOf(call, runIn(call, repository)), (job) => toWorkflowJob(call.s, job), { wrap: (jobs, total_count) => ({ total_count, jobs }) })),
  onRepository("/actions/jobs/:id", "actions/workflow-jobs#get-a-job-for-a-workflow-run", ACTIONS, (call, repository) => {
    const job = found(call.world.find("WorkflowJob", numberIn(call, "id")));
    if (job.run.repository !== repository) throw notFound();
    return ok(toWorkflowJob(call.s, job));
  }),
  onRepository("/check-suites/:id", "checks/suites#get-a-check-suite", CHECKS, (call, repository) => ok(toCheckSuite(call.s, suiteIn(call, repository)))),
  onRepository("/check-suites/:id/check-runs", "checks/runs#list-check-runs-in-a-check-suite", CHECKS, (call, repository) => page(call, checkRunsOf(call, suiteIn(call, repository)), (run) => toCheckRun(call.s, run), { wrap: (check_runs, total_count) => ({ total_count, check_runs }) })),
  onRepository("/check-runs/:id", "checks/runs#get-a-check-run", CHECKS, (call, repository) => ok(toCheckRun(call.s, checkRunIn(call, repository)))),
  onRepository("/check-runs/:id/annotations", "checks/runs#list-check-run-annotations", CHECKS, (call, repository) => (checkRunIn(call, repository), page(call, [], () => null))),
  onRepository("/deployments", "deployments/deployments#list-deployments", DEPLOYMENTS, (call, repository) => {
    const matches = (name: string, value: string): boolean => [null, "", "none", value].includes(call.query.get(name));
    const wanted = repository.deployments.filter(({ sha, ref, task, environment }) => matches("sha", sha) && matches("ref", ref) && matches("task", task) && matches("environment", environment));
    return page(call, reversed(wanted), (deployment) => toDeployment(call.s, deployment));
  }),
  onRepository("/deployments/:deployment", "deployments/deployments#get-a-deployment", DEPLOYMENTS, (call, repository) => ok(toDeployment(call.s, deploymentIn(call, repository)))),
  onRepository("/deployments/:deployment/statuses", "deployments/statuses#list-deployment-statuses", DEPLOYMENTS, (call, repository) => page(call, reversed(deploymentIn(call, repository).statuses), (status) => toDeploymentStatus(call.s, status))),
  onRepository("/deployments/:deployment/statuses/:id", "deployments/statuses#get-a-deployment-status", DEPLOYMENTS, (call, repository) => ok(toDeploymentStatus(call.s, found(deploymentIn(call, repository).statuses.find(({ id }) => id === numberIn(call, "id")))))),
  onRepository("/environments", "deployments/environments#list-environments", ACTIONS, (call, repository) => {
    const names = [...new Set(repository.deployments.map(({ environment }) => environment))];
    return page(call, names, (name) => ({ name, protection_rules: [], deployment_branch_policy: null }), { wrap: (environments, total_count) => ({ total_count, environments }) });
  }),
];

function workflowIn(call: Call, repository: E.Repository): E.Workflow {
  const name = call.params["workflow"] ?? "";
  return found(repository.workflows.find(({ id, path }) => String(id) === name || path.split("/").at(-1) === name));
}

function runIn(call: Call, repository: E.Repository): E.WorkflowRun {
  const run = found(call.world.find("WorkflowRun", numberIn(call, "run")));
  if (run.repository !== repository) throw notFound();
  return run;
}

function suiteIn(call: Call, repository: E.Repository): E.CheckSuite {
  const suite = found(call.world.find("CheckSuite", numberIn(call, "id")));
  if (suite.repository !== repository) throw notFound();
  return suite;
}

function checkRunIn(call: Call, repository: E.Repository): E.CheckRun {
  const run = found(call.world.find("CheckRun", numberIn(call, "id")));
  if (run.suite.repository !== repository) throw notFound();
  return run;
}

function deploymentIn(call: Call, repository: E.Repository): E.Deployment {
  return found(repository.deployments.find(({ id }) => id === numberIn(call, "deployment")));
}

function runs(call: Call, all: readonly E.WorkflowRun[]): Answer {
  const { query } = call;
  const searching = SEARCHING.some((name) => query.get(name) !== null);
  const is = (name: string, ...values: readonly (string | null)[]): boolean => query.get(name) === null || values.includes(query.get(name));
  const within = createdWithin(query.get("created"));
  const wanted = searching
    ? all.filter((run) => is("actor", run.actor.login) && is("branch", run.headBranch) && is("event", run.event) && is("head_sha", run.headSha) && is("status", run.status, run.conclusion) && is("check_suite_id", String(run.checkSuite.id)) && within(run.createdAt))
    : all;
  const shape = (run: E.WorkflowRun) => toWorkflowRun(call.s, run);
  return page(call, reversed(wanted), shape, { wrap: (workflow_runs, total_count) => ({ total_count, workflow_runs }), ...(searching ? { maxItems: MOST_FOUND } : {}) });
}

/** `>=2024-01-01`, `2024-01-01..2024-01-31`, `2024-01-01`: search's notation of times. */
export function createdWithin(text: string | null): (time: E.Millis) => boolean {
  if (text === null || text === "") return () => true;
  const whole = (day: string): number => (/^\d{4}-\d\d-\d\d$/.test(day) ? 86_400_000 - 1 : 999);
  const [from, to] = text.split("..");
  if (to !== undefined && from !== undefined) return (time) => (from === "*" || time >= Date.parse(from)) && (to === "*" || time <= Date.parse(to) + whole(to));
  const [, operator = "", value = ""] = /^(>=|<=|>|<)?(.*)$/.exec(text) ?? [];
  const time0 = Date.parse(value);
  switch (operator) {
    case ">":
      return (time) => time > time0 + whole(value);
    case ">=":
      return (time) => time >= time0;
    case "<":
      return (time) => time < time0;
    case "<=":
      return (time) => time <= time0 + whole(value);
    default:
      return (time) => time >= time0 && time <= time0 + whole(value);
  }
}
