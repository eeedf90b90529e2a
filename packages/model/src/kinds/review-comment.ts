import { part } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { addedLater, count, keyword, lowerKeyword, nullable, object, verbatim } from "../field.ts";
import { nodeId, writing } from "../references.ts";

/** `position` ages with the diff, and GraphQL has no side of single comments (threads have one): neither is here. */
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
    pull_request_review_id: nullable(count),
    /** GitHub leaves the key out of the first comment of a thread. */
    in_reply_to_id: addedLater(nullable(count), null),
    ...writing,
    path: keyword,
    diff_hunk: verbatim,
    commit_id: keyword,
    original_commit_id: keyword,
    line: addedLater(nullable(count), null),
    original_line: addedLater(nullable(count), null),
    start_line: addedLater(nullable(count), null),
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
});
