/** Check suites and check runs. */
import type { CheckRun, CheckSuite } from "../world/entities.ts";
import { toApp } from "./app.ts";
import { findCommit, toSimpleCommit } from "./commit.ts";
import { toPullRequestReferences } from "./pull-request.ts";
import { toMinimalRepository } from "./repository.ts";
import { iso, isoOrNull, type Json, repoApi, repoHtml, type Shaping } from "./shaping.ts";

/** What a suite is in REST, in `check_suite` events and inside a check run of an event; each adds to it. */
export function toSuiteCore(s: Shaping, suite: CheckSuite): Json {
  const commit = findCommit(s, suite.repository, suite.headSha);
  return {
    id: suite.id,
    node_id: s.nodeId("CheckSuite", suite.repository.id, suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: suite.status,
    conclusion: suite.conclusion,
    url: `${repoApi(s, suite.repository)}/check-suites/${suite.id}`,
    before: commit?.parents[0] ?? null,
    after: suite.headSha,
    pull_requests: toPullRequestReferences(s, suite.pullRequest),
    app: toApp(s, suite.app),
    created_at: iso(suite.createdAt),
    updated_at: iso(suite.updatedAt),
  };
}

export function toCheckSuite(s: Shaping, suite: CheckSuite): Json {
  const commit = findCommit(s, suite.repository, suite.headSha);
  return {
    ...toSuiteCore(s, suite),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: suite.checkRuns.length,
    check_runs_url: `${repoApi(s, suite.repository)}/check-suites/${suite.id}/check-runs`,
    head_commit: commit === null ? null : toSimpleCommit(commit),
    repository: toMinimalRepository(s, suite.repository),
  };
}

export function toCheckRun(s: Shaping, run: CheckRun): Json {
  const { repository } = run.suite;
  const url = `${repoApi(s, repository)}/check-runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: s.nodeId("CheckRun", repository.id, run.id),
    head_sha: run.suite.headSha,
    external_id: "",
    url,
    html_url: `${repoHtml(s, repository)}/runs/${run.id}`,
    details_url: `https://${run.suite.app.slug}.example.com/runs/${run.id}`,
    status: run.status,
    conclusion: run.conclusion,
    started_at: iso(run.startedAt),
    completed_at: isoOrNull(run.completedAt),
    output: { title: run.outputTitle, summary: run.outputSummary, text: null, annotations_count: run.annotations, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suite.id },
    app: toApp(s, run.suite.app),
    pull_requests: toPullRequestReferences(s, run.suite.pullRequest),
  };
}
