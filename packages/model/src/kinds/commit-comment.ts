import { defineKind } from "../define-kind.ts";
import { count, keyword, nullable } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId, writing } from "../references.ts";
import { notYet } from "../sources.ts";

/** Another series of ids than the comments of issues: a kind of its own. */
export const commitComment = defineKind({
  name: "commit-comment",
  description: "A comment on a commit, or on a line of it.",
  parent: "commit",
  scope: "repository",
  group: "comment",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    commit_id: keyword,
    path: nullable(keyword),
    /** The place in the diff. The line is missing in GraphQL. */
    position: nullable(count),
    ...writing,
  },
  fromWebhook: { commit_comment: objectAt("comment") },
  sources: notYet,
});
