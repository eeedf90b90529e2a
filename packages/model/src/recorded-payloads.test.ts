/**
 * What the kinds see in everything that was recorded. Payloads whose repository belongs to somebody else than their
 * organisation (contributors anonymised one and not the other) write no repository: that is the difference in many rows.
 */
import { expect, test } from "@jest/globals";
import { observe, recordings } from "../test/recorded.ts";

const EXPECTED = {
  branch_protection_rule: "5 payloads, repository 5",
  check_run: "9 payloads, check-run 9, repository 6",
  check_suite: "9 payloads, repository 6",
  code_scanning_alert: "6 payloads, code-scanning-alert 6, repository 2",
  commit_comment: "5 payloads, commit-comment 5, repository 3",
  create: "5 payloads, refresh tag 5, repository 4",
  delete: "4 payloads, repository 3, tag deleted 4",
  dependabot_alert: "3 payloads, dependabot-alert 3, repository 3",
  deploy_key: "2 payloads, repository 2",
  deployment: "4 payloads, deployment 4, repository 3",
  deployment_review: "1 payloads, repository 1",
  deployment_status: "4 payloads, deployment 4, deployment-status 4, repository 3",
  discussion: "15 payloads, discussion 15, discussion deleted 1, repository 15, transfer 1",
  discussion_comment: "4 payloads, discussion 4, discussion-comment 3, discussion-comment deleted 1, repository 4",
  fork: "3 payloads, fork 3, repository 3",
  github_app_authorization: "2 payloads",
  gollum: "3 payloads, repository 3",
  installation: "7 payloads",
  installation_repositories: "3 payloads",
  issue_comment: "9 payloads, issue 9, issue-comment 7, issue-comment deleted 2, repository 4",
  issues: "29 payloads, issue 22, issue deleted 3, refresh issue 2, refresh pull-request 4, repository 19, transfer 2",
  label: "6 payloads, label 4, label deleted 2, repository 6",
  marketplace_purchase: "4 payloads",
  member: "4 payloads, refresh collaborator 4, repository 4",
  membership: "5 payloads, team 4, team deleted 1, team-member 1, team-member deleted 4",
  merge_group: "2 payloads, repository 2",
  meta: "2 payloads, repository 2",
  milestone: "5 payloads, milestone 4, milestone deleted 1, repository 5",
  organization: "5 payloads, member 3, refresh organization 1",
  org_block: "4 payloads",
  package: "3 payloads, repository 2",
  page_build: "3 payloads, repository 3",
  ping: "4 payloads, repository 3",
  project: "3 payloads, repository 3",
  project_card: "9 payloads, repository 7",
  project_column: "4 payloads, repository 4",
  projects_v2_item: "7 payloads, project-item 7",
  public: "3 payloads, repository 3",
  pull_request: "29 payloads, pull-request 29, refresh pull-request-commit 5, refresh pull-request-files 5, repository 16",
  pull_request_review: "4 payloads, refresh pull-request 4, repository 2, review 4",
  pull_request_review_comment: "5 payloads, refresh pull-request 5, repository 4, review-comment 4, review-comment deleted 1",
  pull_request_review_thread: "3 payloads, refresh pull-request 3, repository 3, review-thread 3",
  push: "7 payloads, branch 2, commit 2, repository 5, tag 1, tag deleted 4",
  release: "13 payloads, release 11, release deleted 2, repository 13",
  repository_dispatch: "2 payloads, repository 2",
  repository: "13 payloads, relocate-repository renamed 1, relocate-repository transferred 3, repository 13, transfer 3",
  repository_import: "2 payloads",
  repository_vulnerability_alert: "4 payloads, repository 4",
  security_advisory: "4 payloads, security-advisory 4",
  sponsorship: "4 payloads",
  star: "3 payloads, repository 3, star 2, star deleted 1",
  status: "4 payloads, repository 4, status 4",
  team: "6 payloads, repository 3, team 5, team deleted 1, team-repository 2, team-repository deleted 1",
  team_add: "3 payloads, refresh team-repository 3, repository 3, team 3",
  watch: "3 payloads, repository 3",
  workflow_dispatch: "2 payloads, repository 2",
  workflow_job: "8 payloads, repository 8, workflow-job 8",
  workflow_run: "5 payloads, repository 5, workflow-run 5",
};

test("documents, deletions and jobs of each recorded event", () => {
  expect(Object.fromEntries(recordings.map(({ name, examples }) => [name, tally(name, examples)]))).toEqual(EXPECTED);
});

function tally(event: string, payloads: (typeof recordings)[number]["examples"]): string {
  const counts = new Map<string, number>();
  for (const payload of payloads) {
    const { observations, jobs } = observe(event, payload);
    for (const { kind, deletedAt } of observations) add(counts, deletedAt === null ? kind : `${kind} deleted`);
    for (const job of jobs) add(counts, job.type === "refresh" ? `refresh ${job.kind}` : `${job.type} ${job.change}`);
  }
  const rows = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([what, count]) => `, ${what} ${count}`);
  return `${payloads.length} payloads${rows.join("")}`;
}

function add(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
