import { toCheckRun, toCheckSuite, toSuiteCore } from "../shapes/check.ts";
import { findCommit, toCommit } from "../shapes/commit.ts";
import { toDeployment, toDeploymentStatus } from "../shapes/deployment.ts";
import { avatar, fullName, iso, isoZone, type Json, repoApi, type Shaping, without } from "../shapes/shaping.ts";
import { toWorkflow, toWorkflowJob, toWorkflowRun } from "../shapes/workflow.ts";
import type { HappeningOf } from "../world/happening.ts";

export function workflowRunBody(s: Shaping, { run }: HappeningOf<"workflow_run">): Json {
  return { workflow_run: toWorkflowRun(s, run), workflow: toWorkflow(s, run.workflow) };
}

export function workflowJobBody(s: Shaping, { job }: HappeningOf<"workflow_job">): Json {
  return { workflow_job: toWorkflowJob(s, job) };
}

export function workflowDispatchBody({ ref, workflow }: HappeningOf<"workflow_dispatch">): Json {
  return { inputs: null, ref, workflow: workflow.path };
}

/** The suite stands whole inside its run, without its repository. */
export function checkRunBody(s: Shaping, { action, run }: HappeningOf<"check_run">): Json {
  const checkRun = { ...toCheckRun(s, run), check_suite: toSuiteCore(s, run.suite) };
  return { check_run: checkRun, ...(action === "requested_action" ? { requested_action: { identifier: "fix" } } : {}) };
}

export function checkSuiteBody(s: Shaping, { suite }: HappeningOf<"check_suite">): Json {
  return { check_suite: without(toCheckSuite(s, suite), "repository") };
}

export function statusBody(s: Shaping, { status }: HappeningOf<"status">): Json {
  const { repository } = status;
  const commit = findCommit(s, repository, status.sha);
  return {
    id: status.id,
    sha: status.sha,
    name: fullName(repository),
    avatar_url: avatar(s, status.creator),
    target_url: status.targetUrl,
    context: status.context,
    description: status.description,
    state: status.state,
    commit: commit === null ? null : toCommit(s, commit, repository),
    branches: repository.branches
      .filter(({ name }) => status.branches.includes(name))
      .map(({ name, head, protected: isProtected }) => ({ name, commit: { sha: head.sha, url: `${repoApi(s, repository)}/commits/${head.sha}` }, protected: isProtected })),
    created_at: isoZone(status.createdAt),
    updated_at: isoZone(status.createdAt),
  };
}

/** The workflow and its run are named when it was Actions that deployed. */
export function deploymentBody(s: Shaping, { deployment }: HappeningOf<"deployment">): Json {
  return { deployment: toDeployment(s, deployment), workflow: null, workflow_run: null };
}

export function deploymentStatusBody(s: Shaping, { status }: HappeningOf<"deployment_status">): Json {
  return { deployment_status: toDeploymentStatus(s, status), deployment: toDeployment(s, status.deployment), check_run: null, workflow: null, workflow_run: null };
}

export function mergeGroupBody({ action, pullRequest, headSha, baseSha, actor, at }: HappeningOf<"merge_group">): Json {
  const { number, baseRef, commits } = pullRequest;
  return {
    ...(action === "destroyed" ? { reason: pullRequest.mergedAt === null ? "dequeued" : "merged" } : {}),
    merge_group: {
      head_sha: headSha,
      head_ref: `refs/heads/gh-readonly-queue/${baseRef}/pr-${number}-${baseSha}`,
      base_sha: baseSha,
      base_ref: `refs/heads/${baseRef}`,
      head_commit: {
        id: headSha,
        tree_id: commits.at(-1)?.tree ?? headSha,
        message: `Merge pull request #${number}`,
        timestamp: iso(at),
        author: { name: actor.login, email: actor.email ?? "noreply@github.com" },
        committer: { name: "GitHub", email: "noreply@github.com" },
      },
    },
  };
}
