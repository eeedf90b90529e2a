import { part } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { addedLater, count, nullable, object } from "../field.ts";
import { nodeId, writing } from "../references.ts";
import { notYet } from "../sources.ts";

/** Whether it is the answer is said by the discussion, which is told when that changes. */
export const discussionComment = defineKind({
  name: "discussion-comment",
  description: "A comment in a discussion, or a reply to one.",
  parent: "discussion",
  scope: "repository",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    discussion: object({ id: count, number: count }),
    parent_id: addedLater(nullable(count), null),
    ...writing,
  },
  fromWebhook: {
    discussion_comment: (payload, { action }) => {
      const [comment, discussion] = [part(payload, "comment"), part(payload, "discussion")];
      return comment === undefined ? [] : [{ is: action === "deleted" ? "deleted" : "present", input: { ...comment, discussion } }];
    },
  },
  sources: notYet,
});
