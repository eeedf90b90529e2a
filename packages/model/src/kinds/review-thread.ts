import { objectsAt, part, textAt } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { actor, actorOrNobody, addedLater, count, date, flag, keyword, lowerKeyword, nullable, upperKeyword } from "../field.ts";
import { nodeId, pullRequestRef } from "../references.ts";

/** GitHub's threads have no number of their own; the first comment, which every source gives, has one. */
export const reviewThread = defineKind({
  name: "review-thread",
  description: "A conversation about a line or a file of a pull request's diff, resolved or not.",
  parent: "pull-request",
  scope: "repository",
  identity: ["id"],
  fields: {
    /** The id of the first comment. */
    id: count,
    /** The thread's. */
    node_id: nodeId,
    pull_request: pullRequestRef,
    is_resolved: flag,
    resolved_by: actorOrNobody,
    /** Who began it, and when. */
    user: actor,
    created_at: date,
    path: keyword,
    line: addedLater(nullable(count), null),
    original_line: addedLater(nullable(count), null),
    start_line: addedLater(nullable(count), null),
    side: addedLater(nullable(upperKeyword), null),
    start_side: addedLater(nullable(upperKeyword), null),
    subject_type: addedLater(lowerKeyword, "line"),
  },
  fromWebhook: {
    pull_request_review_thread: (payload, { action }) => {
      const thread = part(payload, "thread");
      const first = objectsAt(thread, "comments").find((comment) => typeof comment["in_reply_to_id"] !== "number");
      if (thread === undefined) return [];
      const known = { node_id: textAt(thread, "node_id"), pull_request: part(payload, "pull_request") };
      // Any other action leaves open which of the two it is now.
      if (first === undefined || (action !== "resolved" && action !== "unresolved")) return [{ is: "changed", nodeId: known.node_id }];
      const resolved = action === "resolved";
      return [{ is: "present", input: { ...first, ...known, is_resolved: resolved, resolved_by: resolved ? (payload["sender"] ?? null) : null } }];
    },
  },
});
