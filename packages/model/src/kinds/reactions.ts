import { numberAt, part, type JsonObject } from "@octally/shared/json";
import { defineKind, type WebhookReader } from "../define-kind.ts";
import { count, keyword, object } from "../field.ts";
import { isPullRequest } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

/** The lists of issues (with pull requests), of their comments and of comments on diffs hold them by the way. */
const sources: Sources = {
  graphql: noWay("GraphQL counts reactions by one more list for each of eight sorts."),
  rest: { toInput: ofItem },
  list: [
    {
      by: "rest",
      of: "repository",
      path: "/repos/{owner}/{repo}/issues?state=all",
      load: "sort=created&direction=desc",
      changed: null,
      items: "whole",
      and: [{ path: "/repos/{owner}/{repo}/issues/comments" }, { path: "/repos/{owner}/{repo}/pulls/comments" }],
    },
  ],
  one: [{ by: "list" }],
  count: noWay("GitHub does not count what was reacted to."),
  inventory: { by: "list" },
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "repository", name: "issues", access: "read", scope: "repo" },
};

/**
 * A reaction moves no `updated_at` and sends no event; pull requests in events have none. So they are a document of their own, for what
 * has any: when the last is taken back, the list tells that it has none.
 */
export const reactions = defineKind({
  name: "reactions",
  description: "How often an issue, a pull request or a comment was reacted to, by sort.",
  scope: "repository",
  identity: ["@repository", "subject_kind", "subject_key"],
  fields: {
    /** `issue`, `pull-request`, `issue-comment` or `review-comment`. */
    subject_kind: keyword,
    /** The number of an issue or pull request; the id of a comment. */
    subject_key: count,
    reactions: object({ total_count: count, "+1": count, "-1": count, laugh: count, hooray: count, confused: count, heart: count, rocket: count, eyes: count }),
  },
  fromWebhook: {
    issues: inPassing("issue"),
    issue_comment: (payload, context) => [...inPassing("issue")(payload, { ...context, action: null }), ...inPassing("comment")(payload, context)],
    pull_request_review_comment: inPassing("comment"),
  },
  sources,
});

function inPassing(key: string): WebhookReader {
  return (payload, { action }) => {
    const found = part(payload, key);
    const input = found === undefined ? null : ofItem(found);
    if (input === null) return [];
    return [action === "deleted" || action === "transferred" ? { is: "deleted", input } : { is: "present", input, inPassing: true }];
  };
}

function ofItem(found: JsonObject): JsonObject | null {
  const counts = part(found, "reactions");
  if (counts === undefined || numberAt(counts, "total_count") === 0) return null;
  return { ...subjectOf(found), reactions: counts };
}

function subjectOf(found: JsonObject): JsonObject {
  if (Object.hasOwn(found, "pull_request_review_id")) return { subject_kind: "review-comment", subject_key: found["id"] };
  if (Object.hasOwn(found, "issue_url")) return { subject_kind: "issue-comment", subject_key: found["id"] };
  return { subject_kind: isPullRequest(found) ? "pull-request" : "issue", subject_key: found["number"] };
}
