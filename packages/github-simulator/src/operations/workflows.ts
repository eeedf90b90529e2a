/** Workflows, their runs and jobs. Each run has a check suite of Actions, each job a check run with the same id. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { createApp } from "./accounts.ts";
import { completeCheckSuite, createCheckSuite, finishRun } from "./checks.ts";
import { freshId } from "./first-ids.ts";
import { listOf, touch } from "./touch.ts";

type By = { readonly actor: E.User };
type Of = By & { readonly run: E.WorkflowRun };

/** GitHub's own app and its bot, with their real ids; made when it is first needed. */
export function actionsApp(world: World): { readonly app: E.App; readonly bot: E.User } {
  const bot = world.users.get(41_898_282);
  if (bot !== undefined && bot.app !== null) return { app: bot.app, bot };
  return createApp(world, { slug: "github-actions", name: "GitHub Actions", owner: world.accountsByLogin.get("github") ?? world.ghost, id: 15_368, botId: 41_898_282 });
}

export function createWorkflow(world: World, { repository, name, path }: Pick<E.Workflow, "repository" | "name" | "path">): E.Workflow {
  const workflow: E.Workflow = { id: freshId(world, "workflow"), repository, name, path, state: "active", createdAt: world.now(), updatedAt: world.now() };
  world.journal.push(repository, "workflows", workflow);
  world.register("Workflow", workflow.id, workflow);
  return workflow;
}

export function setWorkflowState(world: World, { workflow, state }: { readonly workflow: E.Workflow; readonly state: E.Workflow["state"] }): void {
  world.journal.set(workflow, "state", state);
  touch(world, workflow);
}

/** Pressed on the page, or asked for by API: the run follows as its own operation. */
export function dispatchWorkflow(world: World, { actor, workflow, ref }: By & { readonly workflow: E.Workflow; readonly ref: string }): void {
  world.emit({ at: world.now(), actor, event: "workflow_dispatch", action: null, repository: workflow.repository, workflow, ref });
}

type NewRun = By & { readonly workflow: E.Workflow; readonly event: E.WorkflowRun["event"]; readonly branch: string; readonly sha: string; readonly title?: string };

/** Jobs are queued one by one (queueJob). */
export function requestWorkflowRun(world: World, { actor, workflow, event, branch, sha, title }: NewRun): E.WorkflowRun {
  const { repository } = workflow;
  const now = world.now();
  const suite = createCheckSuite(world, { repository, app: actionsApp(world).app, branch, sha });
  const run: E.WorkflowRun = {
    id: freshId(world, "workflowRun"), repository, workflow, checkSuite: suite, runNumber: nextRunNumber(workflow), runAttempt: 1, event, status: "queued", conclusion: null, headBranch: branch, headSha: sha,
    displayTitle: title ?? suite.pullRequest?.title ?? world.commits.get(sha)?.message.split("\n")[0] ?? workflow.name, actor, triggeringActor: actor, pullRequest: suite.pullRequest, jobs: NONE, formerJobs: NONE, createdAt: now, updatedAt: now, startedAt: now,
  };
  world.journal.push(repository, "workflowRuns", run);
  world.register("WorkflowRun", run.id, run);
  world.emit({ at: now, actor, event: "workflow_run", action: "requested", repository, run });
  return run;
}

function nextRunNumber(workflow: E.Workflow): number {
  const last = workflow.repository.workflowRuns.findLast((run) => run.workflow === workflow);
  return (last?.runNumber ?? 0) + 1;
}

/** `waiting`: for somebody's approval or for a free place. */
export function queueJob(world: World, { actor, run, name, labels = ["ubuntu-latest"], steps = NONE, waiting = false }: Of & { readonly name: string; readonly labels?: readonly string[]; readonly steps?: readonly string[]; readonly waiting?: boolean }): E.WorkflowJob {
  const { repository, checkSuite: suite } = run;
  const now = world.now();
  const id = freshId(world, "checkRun");
  const status = waiting ? "waiting" : "queued";
  const checkRun: E.CheckRun = { id, suite, name, status, conclusion: null, startedAt: now, completedAt: null, outputTitle: null, outputSummary: null, annotations: 0 };
  const job: E.WorkflowJob = {
    id, run, attempt: run.runAttempt, name, checkRun, status, conclusion: null, labels, runner: null, createdAt: now, startedAt: now, completedAt: null,
    steps: listOf(steps.map((step, index) => ({ name: step, number: index + 1, status: "queued" as const, conclusion: null, startedAt: null, completedAt: null }))),
  };
  world.journal.push(suite, "checkRuns", checkRun);
  world.journal.push(run, "jobs", job);
  world.register("CheckRun", id, checkRun);
  world.register("WorkflowJob", id, job);
  touch(world, run, suite);
  world.emit({ at: now, actor, event: "workflow_job", action: status, repository, job });
  world.emit({ at: now, actor, event: "check_run", action: "created", repository, run: checkRun });
  return job;
}

/** The first job to start starts its run. */
export function startJob(world: World, { actor, job }: By & { readonly job: E.WorkflowJob }): void {
  const { run } = job;
  const now = world.now();
  world.journal.assign<E.WorkflowJob>(job, { status: "in_progress", startedAt: now, runner: { id: (job.id % 900) + 1, name: `GitHub Actions ${(job.id % 900) + 1}`, groupId: 2, groupName: "GitHub Actions" } });
  world.journal.assign<E.CheckRun>(job.checkRun, { status: "in_progress", startedAt: now });
  const [first] = job.steps;
  if (first !== undefined) world.journal.assign<E.JobStep>(first, { status: "in_progress", startedAt: now });
  const isFirst = run.status !== "in_progress";
  if (isFirst) {
    world.journal.set(run, "status", "in_progress");
    world.journal.set(run.checkSuite, "status", "in_progress");
  }
  touch(world, run, run.checkSuite);
  world.emit({ at: now, actor, event: "workflow_job", action: "in_progress", repository: run.repository, job });
  if (isFirst) world.emit({ at: now, actor, event: "workflow_run", action: "in_progress", repository: run.repository, run });
}

/** The last job to complete completes its run and the suite. */
export function completeJob(world: World, { actor, job, conclusion }: By & { readonly job: E.WorkflowJob; readonly conclusion: E.Conclusion }): void {
  const { run } = job;
  const now = world.now();
  world.journal.assign<E.WorkflowJob>(job, { status: "completed", conclusion, completedAt: now });
  completeSteps(world, job, conclusion);
  finishRun(world, { run: job.checkRun, conclusion });
  touch(world, run);
  world.emit({ at: now, actor, event: "check_run", action: "completed", repository: run.repository, run: job.checkRun });
  world.emit({ at: now, actor, event: "workflow_job", action: "completed", repository: run.repository, job });
  if (run.jobs.every(({ status }) => status === "completed")) completeRun(world, actor, run);
}

function completeRun(world: World, actor: E.User, run: E.WorkflowRun): void {
  const conclusion = completeCheckSuite(world, { actor, suite: run.checkSuite });
  world.journal.assign<E.WorkflowRun>(run, { status: "completed", conclusion });
  touch(world, run);
  world.emit({ at: world.now(), actor, event: "workflow_run", action: "completed", repository: run.repository, run });
}

/** The time of a job is shared out among its steps; a failed one ends it, the rest is skipped. */
function completeSteps(world: World, job: E.WorkflowJob, conclusion: E.Conclusion): void {
  const { steps, startedAt } = job;
  const [now, failing] = [world.now(), conclusion === "success" ? steps.length : Math.ceil(steps.length / 2) - 1];
  for (const [index, step] of steps.entries()) {
    const share = (part: number): number => startedAt + Math.floor(((now - startedAt) * part) / steps.length / 1000) * 1000;
    const outcome = index < failing ? "success" : index === failing ? conclusion : "skipped";
    world.journal.assign<E.JobStep>(step, { status: "completed", conclusion: outcome, startedAt: share(index), completedAt: share(index + 1) });
  }
}

/** The same run with a new attempt; the jobs of the former ones are still there for whoever asks for all. */
export function rerun(world: World, { actor, run }: Of): void {
  const now = world.now();
  world.journal.assign<E.WorkflowRun>(run, { runAttempt: run.runAttempt + 1, status: "queued", conclusion: null, triggeringActor: actor, startedAt: now, jobs: NONE, formerJobs: listOf([...run.formerJobs, ...run.jobs]) });
  const { checkSuite: suite } = run;
  world.journal.assign<E.CheckSuite>(suite, { status: "queued", conclusion: null, checkRuns: NONE, formerRuns: listOf([...suite.formerRuns, ...suite.checkRuns]) });
  touch(world, run, run.checkSuite);
  world.emit({ at: now, actor, event: "workflow_run", action: "requested", repository: run.repository, run });
}
