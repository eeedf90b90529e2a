/**
 * A generated payload has the keys and types of the recorded payloads of its event. Where it has not, the reason is here: every difference must be in the
 * table, and every row of the table must be one that is met.
 */
import { expect, test } from "@jest/globals";
import { EVERY_HAPPENING } from "../../test/every-happening.ts";
import type { Json } from "../../test/form.ts";
import { differencesFromRecorded, recordings } from "../../test/recorded-form.ts";
import { shaping } from "../../test/tiny-world.ts";
import type { Happening } from "../world/happening.ts";
import { toPayload } from "./payload.ts";

const NEWER = "in @octokit/openapi 23.0.2, newer than the recordings and than openapi-webhooks 12.1.0";
const UNEVEN = "GitHub sends it in every such object; the schema of this event was not brought up to date";
const EITHER = "one of two keys; all recordings happen to have the other";

const DIFFERENCES: readonly { readonly problem: string; readonly where: RegExp; readonly why: string }[] = [
  { problem: "surplus", where: /\.(has_pull_requests|pull_request_creation_policy)$/, why: NEWER },
  { problem: "surplus", where: /^dependabot_alert\.\w+ alert\.(assignees|security_advisory\.classification)$/, why: NEWER },
  { problem: "surplus", where: /issue\.parent_issue_url$/, why: NEWER },
  { problem: "surplus", where: /^secret_scanning_alert_location\.created location\.details\.html_url$/, why: NEWER },
  { problem: "surplus", where: /\.user_view_type$/, why: UNEVEN },
  { problem: "surplus", where: /requested_team(s\[\])?(\.parent)?\.(notification_setting|organization_id|type)$/, why: UNEVEN },
  { problem: "surplus", where: /^pull_request_review_thread\.\w+ pull_request\.(base|head)\.repo\.(merge_commit_|squash_merge_commit_|use_squash_pr_title_as_default)/, why: UNEVEN },
  { problem: "surplus", where: /^code_scanning_alert\.\w+ alert\.rule\.security_severity_level$/, why: "in REST's schema of the same alert" },
  { problem: "surplus", where: /^fork\. forkee\.has_discussions$/, why: UNEVEN },
  { problem: "surplus", where: /^sub_issues\.\w+ (sub|parent)_issue_repo\.custom_properties$/, why: UNEVEN },
  { problem: "missing", where: /^issue(s|_comment)\.\w+ (issue|changes\.(new|old)_issue)\.draft$/, why: "recorded in 2019 and 2021; today only pull requests have it" },
  { problem: "missing", where: /^issues\.(de)?milestoned issue\.pull_request$/, why: "the recordings are of pull requests; both kinds have milestones" },
  { problem: "missing", where: /^code_scanning_alert\.\w+ alert\.instances$/, why: "replaced by most_recent_instance" },
  { problem: "missing", where: /\.permissions\.\w+$/, why: "each app has its own permissions" },
  { problem: "missing", where: /^branch_protection_rule\.edited changes\./, why: "only what was changed is named" },
  { problem: "missing", where: /^(pull_request\w*|issues)\.\w+ (pull_request\.head\.repo|repository)\.custom_properties$/, why: "only repositories of organisations have them; the recordings were rewritten to have them everywhere" },
  { problem: "missing", where: /^pull_request\.review_request(ed|_removed) requested_reviewer$/, why: EITHER },
  { problem: "missing", where: /^repository\.transferred changes\.owner\.from\.user$/, why: EITHER },
  { problem: "type", where: /^issue_comment\.\w+ issue\.milestone\.(closed_at|description)$/, why: "nullable in every other event" },
  { problem: "type", where: /^fork\. forkee\.(language|topics\[\])$/, why: "none of the recorded forks had any" },
  { problem: "type", where: /^projects_v2_item\.edited changes\.field_value\.from$/, why: "there was no value before" },
  { problem: "type", where: /^repository_advisory\.\w+ repository_advisory\.private_fork$/, why: "nullable in REST's schema; the webhook's lost the mark" },
  { problem: "type", where: /^code_scanning_alert\.fixed alert\.fixed_at$/, why: "the schema says null of it also when it is fixed; REST says when" },
];

/** Recorded, but not of this world. */
const NOT_HERE: Readonly<Record<string, string>> = {
  deployment_review: "environments with reviewers are not simulated",
  github_app_authorization: "users authorise no apps here",
  installation: "the installation of the app is given when the server starts and never changes",
  installation_repositories: "as installation",
  marketplace_purchase: "there is no marketplace",
  project: "classic projects ended in 2024",
  project_card: "classic projects ended in 2024",
  project_column: "classic projects ended in 2024",
  repository_import: "nothing is imported",
  sponsorship: "nobody is sponsored",
};

const happenings = Object.values(EVERY_HAPPENING).flat() as readonly Happening[];

test("every difference from the recorded payloads is explained, and every explanation is needed", () => {
  const found = happenings.flatMap((happening) => {
    const { event, action, payload } = toPayload(happening, shaping(), { id: 7 });
    return differencesFromRecorded(event, action, JSON.parse(JSON.stringify(payload)) as { readonly [key: string]: Json }).map(({ problem, path, detail }) => ({ problem, where: `${event}.${action ?? ""} ${path}`, detail }));
  });
  const explains = (row: (typeof DIFFERENCES)[number], { problem, where }: { readonly problem: string; readonly where: string }): boolean => row.problem === problem && row.where.test(where);
  expect(found.filter((difference) => !DIFFERENCES.some((row) => explains(row, difference)))).toEqual([]);
  expect(DIFFERENCES.filter((row) => !found.some((difference) => explains(row, difference)))).toEqual([]);
});

test("every recorded event and action happens, or it is said why not", () => {
  const made = new Set(happenings.map(({ event, action }) => `${event}.${action ?? ""}`));
  const recorded = recordings.flatMap(({ name, examples }) => examples.map(({ action }) => [name, `${name}.${typeof action === "string" ? action : ""}`] as const));
  expect([...new Set(recorded.filter(([, name]) => !made.has(name)).map(([event]) => event))].toSorted()).toEqual(Object.keys(NOT_HERE));
});

test("a hook of a repository or organisation knows of no installation, one of an app does", () => {
  const [star] = EVERY_HAPPENING.star;
  expect(toPayload(star!, shaping()).payload).not.toHaveProperty("installation");
  expect(toPayload(star!, shaping(), { id: 7 }).payload).toMatchObject({ action: "created", starred_at: "2026-03-02T09:44:00Z", installation: { id: 7, node_id: "MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9uNw==" } });
});

test("what GitHub does differently from event to event", () => {
  const payloadOf = (event: keyof typeof EVERY_HAPPENING, index = 0) => toPayload(EVERY_HAPPENING[event][index]!, shaping()).payload;
  expect(payloadOf("push")).toMatchObject({
    repository: { created_at: 1772442120, pushed_at: 1772442300, updated_at: "2026-03-02T09:03:00Z", owner: { name: "octo-demo", login: "octo-demo" }, master_branch: "main" },
    compare: "https://github.com/octo-demo/hello/compare/cccccccccccc...aaaaaaaaaaaa",
    commits: [{ id: "a".repeat(40), added: ["src/hello world.ts"], modified: ["README.md"], removed: [], author: { username: "alice" }, committer: { name: "GitHub" } }],
    head_commit: { id: "a".repeat(40) },
  });
  expect(payloadOf("push", 2)).toMatchObject({ deleted: true, head_commit: null, commits: [] });
  expect(payloadOf("pull_request_review")).toMatchObject({ review: { state: "approved", body: null, user: { login: "alice" } } });
  expect(payloadOf("pull_request_review")["pull_request"]).not.toHaveProperty("mergeable");
  expect(payloadOf("pull_request")).toMatchObject({ number: 3, pull_request: { mergeable: null, mergeable_state: "unknown", additions: 3, review_comments: 2, merged: false } });
  expect(payloadOf("issue_comment")).toMatchObject({ comment: { user: { login: "ghost", id: 10137 } } });
  const transferred = EVERY_HAPPENING.issues.findIndex(({ action }) => action === "transferred");
  expect(payloadOf("issues", transferred)).toMatchObject({
    issue: { id: 500, number: 2, url: "https://api.github.com/repos/octo-demo/hello/issues/2" },
    changes: { new_issue: { id: 502, number: 9, url: "https://api.github.com/repos/octo-demo/elsewhere/issues/9" }, new_repository: { name: "elsewhere" } },
    repository: { name: "hello" },
  });
  const edited = EVERY_HAPPENING.pull_request.findIndex(({ action }) => action === "edited");
  expect(payloadOf("pull_request", edited)["changes"]).toEqual({ title: { from: "Hello" }, base: { ref: { from: "next" }, sha: { from: "e".repeat(40) } } });
  expect(payloadOf("security_advisory")).not.toHaveProperty("sender");
});
