import { isJsonObject, part, textAt, type Json, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { addedLater, count, keyword, lowerKeyword, nullable, object, verbatim } from "../field.ts";
import { REPOSITORY_UP, databaseId, toParent, toWriting, WRITING } from "../graphql-parts.ts";
import { nodeId, numberInUrl, writing } from "../references.ts";
import { noWay, type Around, type Sources } from "../sources.ts";

/** REST's list of the repository is three requests for 100 pull requests with three comments each, and needs no pull request. */
const sources: Sources = {
  graphql: {
    type: "PullRequestReviewComment",
    key: "id fullDatabaseId updatedAt",
    up: `pullRequest { fullDatabaseId number } ${REPOSITORY_UP}`,
    whole: {
      fields: `${WRITING} state pullRequestReview { fullDatabaseId } replyTo { fullDatabaseId } path diffHunk originalCommit { oid }
        originalLine originalStartLine subjectType`,
      lists: [],
      toInput: ofNode,
    },
    children: [],
  },
  rest: { toInput: (found) => ({ ...found, pull_request: { number: numberInUrl(found, "pull_request_url") } }) },
  list: [
    {
      by: "rest",
      of: "repository",
      path: "/repos/{owner}/{repo}/pulls/comments",
      load: "sort=created&direction=desc",
      changed: { query: "sort=updated&direction=desc&since={since}", reads: "to the end" },
      cap: { items: 40_000, beyond: { window: "sort=updated&direction=asc&since={since}" } },
      items: "whole",
      also: ["reactions"],
    },
  ],
  one: [
    { by: "node", atOnce: 100 },
    { by: "rest", path: "/repos/{owner}/{repo}/pulls/comments/{key}", key: "id" },
  ],
  count: noWay("GitHub counts the comments of diffs one pull request at a time."),
  inventory: { by: "list" },
  deletion: { events: ["pull_request_review_comment.deleted"], answers410: false, listing: true },
  permission: { on: "repository", name: "pull_requests", access: "read", scope: "repo" },
};

/**
 * What ages with the diff is not here: `position`, `line`, `start_line` and `commit_id` change with every push, and neither an event nor
 * `updated_at` tells. GraphQL has no side of single comments (threads have one).
 */
export const reviewComment = defineKind({
  name: "review-comment",
  description: "A comment on a line or a file of a pull request's diff.",
  parent: "pull-request",
  scope: "repository",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    /** REST's list of a repository's review comments knows the number only. */
    pull_request: object({ number: count }),
    /** Null before there were reviews. */
    pull_request_review_id: addedLater(nullable(count), null),
    /** GitHub leaves the key out of the first comment of a thread. */
    in_reply_to_id: addedLater(nullable(count), null),
    ...writing,
    path: keyword,
    diff_hunk: verbatim,
    original_commit_id: keyword,
    original_line: addedLater(nullable(count), null),
    original_start_line: addedLater(nullable(count), null),
    subject_type: addedLater(lowerKeyword, "line"),
  },
  fromWebhook: {
    pull_request_review_comment: (payload, { action }) => {
      const [comment, pullRequest] = [part(payload, "comment"), part(payload, "pull_request")];
      if (comment === undefined) return [];
      return [{ is: action === "deleted" ? "deleted" : "present", input: { ...comment, pull_request: pullRequest } }];
    },
  },
  sources,
});

/** Those of a review that was not submitted are seen by their author alone. */
function ofNode(node: JsonObject, { below }: Around): JsonObject | null {
  if (node["state"] === "PENDING") return null;
  return {
    ...toWriting(node),
    pull_request: toParent(node, "pullRequest", below),
    pull_request_review_id: idOrNull(node["pullRequestReview"]),
    in_reply_to_id: idOrNull(node["replyTo"]),
    path: node["path"],
    diff_hunk: node["diffHunk"],
    original_commit_id: textAt(part(node, "originalCommit"), "oid"),
    original_line: node["originalLine"],
    original_start_line: node["originalStartLine"],
    subject_type: node["subjectType"],
  };
}

function idOrNull(value: Json | undefined): Json | undefined {
  return isJsonObject(value) ? databaseId(value) : value;
}
