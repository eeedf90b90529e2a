/** What GitHub sent before it added a key, and what older Enterprise Servers send today. */
import { describe, expect, test } from "@jest/globals";
import { documentIn, recorded, seen } from "../test/recorded.ts";

describe("servers from before a key was there", () => {
  test("one assignee at most, or nobody", () => {
    for (const [kind, event, key] of [["issue", "issues", "issue"], ["pull-request", "pull_request", "pull_request"]] as const) {
      const payload = recorded(event);
      payload[key].assignee = { id: 3, login: "ada", type: "User" };
      delete payload[key].assignees;
      expect(documentIn(kind, event, payload)["assignees"]).toEqual([{ id: 3, login: "ada", type: "User" }]);
      payload[key].assignee = null;
      expect(documentIn(kind, event, payload)["assignees"]).toEqual([]);
      delete payload[key].assignee;
      expect(seen(kind, event, payload)).toEqual([]);
    }
  });

  test.each([
    ["repository", "watch", "repository", { license: null, has_projects: false }],
    ["pull-request", "pull_request", "pull_request", { requested_reviewers: [], requested_teams: [], draft: false }],
    ["review", "pull_request_review", "review", { commit_id: null }],
    ["review-comment", "pull_request_review_comment", "comment", { pull_request_review_id: null }],
    ["deployment", "deployment", "deployment", { original_environment: "production" }],
  ])("%s in %s has what it would have had", (kind, event, key, before) => {
    const payload = recorded(event);
    for (const name of Object.keys(before)) delete payload[key][name];
    expect(documentIn(kind, event, payload)).toMatchObject(before);
  });
});
