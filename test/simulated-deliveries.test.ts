/**
 * What Octally's kinds see in every webhook that the simulator can send. "refresh" stands only where GitHub itself sends too little: shortened pull requests, a
 * comment on a pull request, a created branch or tag without its commit.
 */
import { expect, test } from "@jest/globals";
import { shaping } from "../packages/github-simulator/test/tiny-world.ts";
import { smallWorld } from "../packages/github-simulator/test/small-world.ts";
import { tellStory } from "../packages/github-simulator/test/story.ts";
import { EVERY_HAPPENING } from "../packages/github-simulator/test/every-happening.ts";
import { makeShaping } from "../packages/github-simulator/src/shapes/shaping.ts";
import { toPayload } from "../packages/github-simulator/src/webhooks/payload.ts";
import type { Happening } from "../packages/github-simulator/src/world/happening.ts";
import { encodeNodeId } from "../packages/github-simulator/src/world/node-id.ts";
import type { JsonObject } from "../packages/shared/src/json.ts";
import { observe } from "../packages/model/test/recorded.ts";

const EXPECTED = {
  issues: "20 payloads, issue 19, issue deleted 3, reactions 18, reactions deleted 2, repository 20, transfer 2",
  sub_issues: "4 payloads, issue 8, repository 4",
  issue_comment: "4 payloads, issue 3, issue-comment 3, issue-comment deleted 1, reactions 7, reactions deleted 1, refresh pull-request 1, repository 4",
  pull_request: "24 payloads, pull-request 24, refresh pull-request-commit 3, refresh pull-request-files 3, repository 24",
  pull_request_review: "3 payloads, refresh pull-request 3, repository 3, review 3",
  pull_request_review_comment: "3 payloads, refresh pull-request 3, repository 3, review-comment 2, review-comment deleted 1",
  pull_request_review_thread: "2 payloads, refresh pull-request 2, repository 2, review-thread 2",
  commit_comment: "1 payloads, commit-comment 1, repository 1",
  discussion: "16 payloads, discussion 15, discussion deleted 2, repository 16, transfer 1",
  discussion_comment: "3 payloads, discussion 3, discussion-comment 2, discussion-comment deleted 1, repository 3",
  push: "3 payloads, branch 1, branch deleted 1, commit 1, repository 3, tag 1",
  create: "2 payloads, refresh branch 1, refresh tag 1, repository 2",
  delete: "2 payloads, branch deleted 1, repository 2, tag deleted 1",
  release: "7 payloads, release 6, release deleted 1, repository 7",
  label: "3 payloads, label 2, label deleted 1, repository 3",
  milestone: "5 payloads, milestone 4, milestone deleted 1, repository 5",
  star: "2 payloads, repository 2, star 1, star deleted 1",
  watch: "1 payloads, repository 1",
  fork: "1 payloads, fork 1, repository 1",
  repository: "10 payloads, relocate-repository deleted 1, relocate-repository renamed 1, relocate-repository transferred 2, repository 9, repository deleted 1, transfer 2",
  public: "1 payloads, repository 1",
  member: "3 payloads, collaborator 1, collaborator deleted 1, refresh collaborator 1, repository 3",
  team_add: "1 payloads, refresh team-repository 1, repository 1, team 1",
  team: "6 payloads, repository 3, team 5, team deleted 1, team-repository 2, team-repository deleted 1",
  membership: "2 payloads, team 2, team-member 1, team-member deleted 1",
  organization: "5 payloads, member 2, member deleted 1, organization deleted 1, refresh organization 1",
  org_block: "2 payloads",
  workflow_run: "3 payloads, repository 3, workflow-run 3",
  workflow_job: "4 payloads, repository 4, workflow-job 4",
  workflow_dispatch: "1 payloads, repository 1",
  repository_dispatch: "1 payloads, repository 1",
  check_suite: "3 payloads, repository 3",
  check_run: "4 payloads, check-run 4, repository 4",
  status: "1 payloads, repository 1, status 1",
  deployment: "1 payloads, deployment 1, repository 1",
  deployment_status: "1 payloads, deployment 1, deployment-status 1, repository 1",
  dependabot_alert: "7 payloads, dependabot-alert 7, repository 7",
  repository_vulnerability_alert: "4 payloads, repository 4",
  code_scanning_alert: "6 payloads, code-scanning-alert 6, repository 6",
  secret_scanning_alert: "5 payloads, repository 5, secret-scanning-alert 5",
  secret_scanning_alert_location: "1 payloads, repository 1, secret-scanning-alert 1",
  repository_advisory: "2 payloads, repository 2, security-advisory 2",
  security_advisory: "3 payloads, security-advisory 3",
  projects_v2: "5 payloads, project 4, project deleted 1",
  projects_v2_item: "7 payloads, project-item 6, project-item deleted 1",
  branch_protection_rule: "3 payloads, repository 3",
  deploy_key: "2 payloads, repository 2",
  gollum: "1 payloads, repository 1",
  page_build: "1 payloads, repository 1",
  package: "2 payloads, repository 2",
  registry_package: "2 payloads, repository 2",
  merge_group: "2 payloads, repository 2",
  meta: "1 payloads, repository 1",
  ping: "3 payloads, repository 1",
};

test("documents, deletions and jobs of each simulated event", () => {
  expect(Object.fromEntries(Object.entries(EVERY_HAPPENING).map(([event, happenings]) => [event, tally(happenings)]))).toEqual(EXPECTED);
});

/** Rendered at the moment each thing happens. What is not here becomes a document from the webhook alone. */
test("what has to be asked for again after what the operations tell", () => {
  const at = smallWorld();
  const asked = new Set<string>();
  at.world.listen((happening) => {
    const { event, action, payload } = toPayload(happening, makeShaping(at.world, (type, scope, id) => encodeNodeId({ type, scope, id }, "new")), { id: 1 });
    for (const job of observe(event, JSON.parse(JSON.stringify(payload)) as JsonObject).jobs) asked.add(`${event} ${action ?? ""}: ${job.type === "refresh" ? `refresh ${job.kind}` : `${job.type} ${job.change}`}`);
  });
  tellStory(at);
  expect([...asked].toSorted()).toEqual([
    "create : refresh branch",
    "create : refresh tag",
    "issue_comment created: refresh pull-request",
    "member edited: refresh collaborator",
    "organization renamed: refresh organization",
    "pull_request opened: refresh pull-request-commit",
    "pull_request opened: refresh pull-request-files",
    "pull_request synchronize: refresh pull-request-commit",
    "pull_request synchronize: refresh pull-request-files",
    "pull_request_review dismissed: refresh pull-request",
    "pull_request_review edited: refresh pull-request",
    "pull_request_review submitted: refresh pull-request",
    "pull_request_review_comment created: refresh pull-request",
    "pull_request_review_comment deleted: refresh pull-request",
    "pull_request_review_comment edited: refresh pull-request",
    "pull_request_review_thread resolved: refresh pull-request",
    "pull_request_review_thread unresolved: refresh pull-request",
    "repository deleted: relocate-repository deleted",
    "repository renamed: relocate-repository renamed",
    "repository transferred: relocate-repository transferred",
    "team_add : refresh team-repository",
  ]);
});

function tally(happenings: readonly Happening[]): string {
  const counts = new Map<string, number>();
  const add = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const happening of happenings) {
    const { event, payload } = toPayload(happening, shaping(), { id: 1 });
    const { observations, jobs } = observe(event, JSON.parse(JSON.stringify(payload)) as JsonObject);
    for (const { kind, deletedAt } of observations) add(deletedAt === null ? kind : `${kind} deleted`);
    for (const job of jobs) add(job.type === "refresh" ? `refresh ${job.kind}` : `${job.type} ${job.change}`);
  }
  const rows = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([what, count]) => `, ${what} ${count}`);
  return `${happenings.length} payloads${rows.join("")}`;
}
