import { part, textAt } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { count, keyword, nullable } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId, writing } from "../references.ts";
import { REPOSITORY_UP, toWriting, WRITING } from "../graphql-parts.ts";
import type { Sources } from "../sources.ts";

const sources: Sources = {
  graphql: {
    type: "CommitComment",
    key: "id databaseId updatedAt",
    up: REPOSITORY_UP,
    whole: {
      fields: `${WRITING} commit { oid } path position`,
      lists: [],
      toInput: (node) => ({ ...toWriting(node), commit_id: textAt(part(node, "commit"), "oid"), path: node["path"], position: node["position"] }),
    },
    children: [],
  },
  rest: { toInput: (found) => found },
  list: [
    { by: "rest", of: "repository", path: "/repos/{owner}/{repo}/comments", changed: null, items: "whole" },
    { by: "graphql", of: "repository", connection: { field: "commitComments", first: 100 }, changed: null, with: [] },
  ],
  one: [
    { by: "node", atOnce: 100 },
    { by: "rest", path: "/repos/{owner}/{repo}/comments/{key}", key: "id" },
  ],
  count: { by: "graphql", of: "repository", field: "commitComments" },
  inventory: { by: "graphql", of: "repository", connection: { field: "commitComments", first: 100 } },
  deletion: { events: ["commit_comment.deleted"], answers410: false, listing: true },
  permission: { on: "repository", name: "contents", access: "read", scope: "repo" },
};

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
  fromWebhook: { commit_comment: objectAt("comment", "id") },
  sources,
});
