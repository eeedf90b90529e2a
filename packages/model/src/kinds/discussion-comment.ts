import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { addedLater, count, nullable, object } from "../field.ts";
import { nodeId, writing } from "../references.ts";
import { REPOSITORY_UP, databaseId, placeOfNode, toKey, toWriting, WRITING } from "../graphql-parts.ts";
import { noWay, type Sources } from "../sources.ts";

/** Ten comments with five replies each: 25 discussions are 1 + 25 + 25 + 250 requests, 3 points. */
const sources: Sources = {
  graphql: {
    type: "DiscussionComment",
    key: "id databaseId updatedAt deletedAt",
    toKey: (node) => (isPlaceholder(node) ? null : toKey(node)),
    place: (node) => placeOfNode(part(node, "discussion") ?? {}),
    up: `discussion { databaseId number ${REPOSITORY_UP} }`,
    whole: {
      fields: `${WRITING} replyTo { databaseId } discussion { databaseId number }`,
      lists: [],
      toInput: ofNode,
    },
    children: [{ kind: "discussion-comment", field: "replies", first: 5 }],
  },
  rest: noWay("REST does not know discussions."),
  list: [{ by: "parent", parent: "discussion", first: 25 }],
  one: [{ by: "node", atOnce: 100 }],
  count: noWay("GitHub counts the comments of discussions one discussion at a time."),
  inventory: { by: "parent", parent: "discussion", first: 25 },
  deletion: { events: ["discussion_comment.deleted"], answers410: false, listing: true },
  permission: { on: "repository", name: "discussions", access: "read", scope: "repo" },
};

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
  sources,
});

/** A deleted comment that has replies stays as a place without words. */
function isPlaceholder(node: JsonObject): boolean {
  return textAt(node, "deletedAt") !== undefined;
}

function ofNode(node: JsonObject): JsonObject | null {
  if (isPlaceholder(node)) return null;
  const [discussion, parent] = [part(node, "discussion"), node["replyTo"]];
  return {
    ...toWriting(node),
    discussion: { id: databaseId(discussion), number: discussion?.["number"] },
    parent_id: parent === null ? null : databaseId(part(node, "replyTo")),
  };
}
