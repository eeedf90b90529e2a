import { expect, test } from "@jest/globals";
import { subjectOf, wholeNumber } from "./subject.ts";

test.each([
  ["the object that bears the event's name", "pull_request", { pull_request: { id: 1, number: 7, title: "Mend it", html_url: "https://x" } }, { type: "pull_request", id: "1", number: 7, title: "Mend it", html_url: "https://x" }],
  ["an alert, which has no id", "dependabot_alert", { alert: { number: 3 } }, { type: "alert", id: null, number: 3, title: null, html_url: null }],
  ["the first of several that is there", "discussion_comment", { discussion: { id: 2, title: "Which?" } }, { type: "discussion", id: "2", number: null, title: "Which?", html_url: null }],
  ["a name or login where there is no title", "member", { member: { id: 4, login: "octocat" } }, { type: "member", id: "4", number: null, title: "octocat", html_url: null }],
  ["a node id where there is no id", "projects_v2", { projects_v2: { node_id: "PVT_1" } }, { type: "projects_v2", id: "PVT_1", number: null, title: null, html_url: null }],
  ["the sub-issue", "sub_issues", { parent_issue: { id: 1 }, sub_issue: { id: 2, number: 5, title: "A part" } }, { type: "sub_issue", id: "2", number: 5, title: "A part", html_url: null }],
  ["the issue that waits", "issue_dependencies", { blocking_issue: { id: 1 }, blocked_issue: { id: 2, number: 5 } }, { type: "blocked_issue", id: "2", number: 5, title: null, html_url: null }],
  ["the commit that has a status, which has no id", "status", { commit: { sha: "c0ffee", node_id: "C_1", html_url: "https://x" } }, { type: "commit", id: "C_1", number: null, title: null, html_url: "https://x" }],
  ["nothing", "push", { ref: "refs/heads/main" }, null],
  ["nothing, though something has its name", "label", { label: "bug" }, null],
  ["nothing that every object has", "constructor", {}, null],
  ["nothing from a prototype", "__proto__", {}, null],
  ["no number that is none", "issues", { issue: { id: { x: 1 }, number: 1.5, title: 3 } }, { type: "issue", id: null, number: null, title: null, html_url: null }],
])("a delivery is about %s", (_what, event, payload, expected) => {
  expect(subjectOf(event, payload)).toEqual(expected);
});

test.each([[1, 1], [undefined, null], [1.5, null], [2 ** 60, null], [Number.NaN, null], [Number.POSITIVE_INFINITY, null]])("whole number: %s is %s", (value, expected) => {
  expect(wholeNumber(value)).toBe(expected);
});
