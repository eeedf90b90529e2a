import { part, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { account, count, date, flag, link, title } from "../field.ts";
import { placeOf } from "../place.ts";
import { nodeId } from "../references.ts";
import { placeOfNode, toKey, toUser } from "../graphql-parts.ts";
import type { Sources } from "../sources.ts";

const sources: Sources = {
  graphql: {
    type: "Repository",
    key: "id databaseId",
    place: (node) => placeOfNode({ repository: node["parent"] }),
    up: "parent { databaseId nameWithOwner owner { login } }",
    whole: { fields: "nameWithOwner owner { ...actor } isPrivate createdAt url", lists: [], toInput: ofNode },
    children: [],
  },
  rest: { toInput: (found) => found, place: (found) => placeOf(part(found, "parent")) },
  list: [
    { by: "graphql", of: "repository", connection: { field: "forks", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 100 }, changed: null, with: [] },
    { by: "rest", of: "repository", path: "/repos/{owner}/{repo}/forks?sort=newest", changed: null, items: "whole" },
  ],
  one: [{ by: "node", atOnce: 100 }],
  count: { by: "graphql", of: "repository", field: "forks" },
  inventory: { by: "graphql", of: "repository", connection: { field: "forks", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 100 } },
  deletion: { events: [], answers410: false, listing: true, hides: (document) => document["private"] === true },
  permission: { on: "repository", name: "metadata", access: "read", scope: "repo" },
};

/** GitHub tells when one is made, and never again: so it holds what does not change by itself. */
export const fork = defineKind({
  name: "fork",
  description: "A fork of a repository, whoever owns it. Its repository is the one it was made of.",
  parent: "repository",
  scope: "repository",
  identity: ["id"],
  fields: {
    /** The id of the new repository. */
    id: count,
    node_id: nodeId,
    full_name: title,
    owner: account,
    private: flag,
    created_at: date,
    html_url: link,
  },
  fromWebhook: {
    fork: (payload) => {
      const input = part(payload, "forkee");
      return input === undefined ? [] : [{ is: "present", input }];
    },
  },
  sources,
});

function ofNode(node: JsonObject): JsonObject {
  return { ...toKey(node), full_name: node["nameWithOwner"], owner: toUser(node["owner"]), private: node["isPrivate"], created_at: node["createdAt"], html_url: node["url"] };
}
