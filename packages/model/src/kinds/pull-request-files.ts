import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { count, keyword, lowerKeyword, object, setOf } from "../field.ts";
import { nodesAt, REPOSITORY_UP, toKey } from "../graphql-parts.ts";
import { numberKey, pullRequestRef } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

const STATUS: Readonly<Record<string, string>> = { DELETED: "removed" };

/** 50 pull requests with one list each: 1 point. */
const sources: Sources = {
  graphql: {
    type: "PullRequest",
    key: "id fullDatabaseId number",
    toKey: (node) => ({ pull_request: toKey(node), node_id: textAt(node, "id") }),
    up: REPOSITORY_UP,
    whole: { fields: "headRefOid", lists: [{ field: "files", first: 100, fields: "path changeType additions deletions" }], toInput: ofNode },
    children: [],
  },
  rest: noWay("REST ends after 3,000 files, and counts a page for each pull request."),
  list: [
    {
      by: "graphql",
      of: "repository",
      connection: { field: "pullRequests", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 50 },
      changed: null,
      with: [],
    },
  ],
  one: [{ by: "node", atOnce: 50 }],
  count: { by: "graphql", of: "repository", field: "pullRequests" },
  inventory: { by: "graphql", of: "repository", connection: { field: "pullRequests", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 100 }, dated: true },
  deletion: { goesWith: "pull-request" },
  permission: { on: "repository", name: "pull_requests", access: "read", scope: "repo" },
};

/**
 * One document for all files of a pull request: what a push takes away goes with the next one, and no path is too long to be an `_id`.
 * GraphQL has neither the contents nor the name before a renaming.
 */
export const pullRequestFiles = defineKind({
  name: "pull-request-files",
  description: "The files that a pull request changes, all of them, and by how many lines.",
  parent: "pull-request",
  scope: "repository",
  identity: ["pull_request"],
  fields: {
    pull_request: pullRequestRef,
    head: object({ sha: keyword }),
    files: setOf(object({ filename: keyword, status: lowerKeyword, additions: count, deletions: count })),
  },
  fromWebhook: {
    // No event holds the files. A change of the base changes them as a push does.
    pull_request: (payload, { action }) => {
      const input = part(payload, "pull_request");
      const changes = action === "opened" || action === "synchronize" || (action === "edited" && part(part(payload, "changes"), "base") !== undefined);
      return input === undefined || !changes ? [] : [{ is: "changed", nodeId: textAt(input, "node_id"), key: numberKey(input) }];
    },
  },
  sources,
});

function ofNode(node: JsonObject): JsonObject {
  return {
    pull_request: toKey(node),
    node_id: textAt(node, "id"),
    head: { sha: node["headRefOid"] },
    files: nodesAt(node, "files")?.map((file) => ({
      filename: file["path"],
      status: STATUS[textAt(file, "changeType") ?? ""] ?? file["changeType"],
      additions: file["additions"],
      deletions: file["deletions"],
    })),
  };
}
