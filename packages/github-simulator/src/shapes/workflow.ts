/** GitHub Actions: workflows, their runs, the jobs of these. */
import type { JobStep, Workflow, WorkflowJob, WorkflowRun } from "../world/entities.ts";
import { toUser } from "./account.ts";
import { findCommit, toSimpleCommit } from "./commit.ts";
import { toPullRequestReferences } from "./pull-request.ts";
import { toMinimalRepository } from "./repository.ts";
import { iso, isoMillis, isoOrNull, type Json, repoApi, repoHtml, type Shaping } from "./shaping.ts";

export function toWorkflow(s: Shaping, workflow: Workflow): Json {
  const { repository } = workflow;
  const file = workflow.path.split("/").at(-1) ?? workflow.path;
  return {
    id: workflow.id,
    node_id: s.nodeId("Workflow", repository.id, workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: isoMillis(workflow.createdAt),
    updated_at: isoMillis(workflow.updatedAt),
    url: `${repoApi(s, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${repoHtml(s, repository)}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${repoHtml(s, repository)}/actions/workflows/${file}/badge.svg`,
  };
}

export function toWorkflowRun(s: Shaping, run: WorkflowRun): Json {
  const { repository, workflow } = run;
  const api = repoApi(s, repository);
  const url = `${api}/actions/runs/${run.id}`;
  const head = run.pullRequest?.headRepository ?? repository;
  const commit = findCommit(s, repository, run.headSha);
  return {
    id: run.id,
    name: workflow.name,
    node_id: s.nodeId("WorkflowRun", repository.id, run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: workflow.path,
    display_title: run.displayTitle,
    run_number: run.runNumber,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflow.id,
    check_suite_id: run.checkSuite.id,
    check_suite_node_id: s.nodeId("CheckSuite", repository.id, run.checkSuite.id),
    url,
    html_url: `${repoHtml(s, repository)}/actions/runs/${run.id}`,
    pull_requests: toPullRequestReferences(s, run.pullRequest),
    created_at: iso(run.createdAt),
    updated_at: iso(run.updatedAt),
    actor: toUser(s, run.actor),
    run_attempt: run.runAttempt,
    referenced_workflows: [],
    run_started_at: iso(run.startedAt),
    triggering_actor: toUser(s, run.triggeringActor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.checkSuite.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.runAttempt > 1 ? `${url}/attempts/${run.runAttempt - 1}` : null,
    workflow_url: `${api}/actions/workflows/${workflow.id}`,
    head_commit: commit === null ? null : toSimpleCommit(commit),
    repository: toMinimalRepository(s, repository),
    head_repository: toMinimalRepository(s, head),
  };
}

export function toWorkflowJob(s: Shaping, job: WorkflowJob): Json {
  const { run, runner } = job;
  const api = repoApi(s, run.repository);
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflow.name,
    head_branch: run.headBranch,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: s.nodeId("CheckRun", run.repository.id, job.id),
    head_sha: run.headSha,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${repoHtml(s, run.repository)}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: iso(job.createdAt),
    started_at: iso(job.startedAt),
    completed_at: isoOrNull(job.completedAt),
    name: job.name,
    steps: job.steps.map(toStep),
    check_run_url: `${api}/check-runs/${job.checkRun.id}`,
    labels: job.labels,
    runner_id: runner?.id ?? null,
    runner_name: runner?.name ?? null,
    runner_group_id: runner?.groupId ?? null,
    runner_group_name: runner?.groupName ?? null,
  };
}

function toStep(step: JobStep): Json {
  return { name: step.name, status: step.status, conclusion: step.conclusion, number: step.number, started_at: isoOrNull(step.startedAt), completed_at: isoOrNull(step.completedAt) };
}
