import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { account, date } from "../field.ts";
import { toUser } from "../graphql-parts.ts";
import type { Sources } from "../sources.ts";

/** REST ends after 40,000; GraphQL does not. */
const sources: Sources = {
  graphql: {
    type: "StargazerEdge",
    key: "starredAt node { ...actor }",
    toKey: ofEdge,
    whole: { fields: "", lists: [], toInput: ofEdge },
    children: [],
  },
  rest: { toInput: (found) => ({ user: found["user"], starred_at: found["starred_at"] }) },
  list: [
    { by: "graphql", of: "repository", connection: { field: "stargazers", args: "orderBy: { field: STARRED_AT, direction: DESC }", first: 100, edges: true }, changed: "orderBy: { field: STARRED_AT, direction: DESC }", with: [] },
    { by: "rest", of: "repository", path: "/repos/{owner}/{repo}/stargazers", accept: "application/vnd.github.star+json", changed: null, cap: { items: 40_000, beyond: "graphql" }, items: "whole" },
  ],
  one: [{ by: "list" }],
  count: { by: "graphql", of: "repository", field: "stargazerCount", scalar: true },
  inventory: { by: "list" },
  deletion: { events: ["star.deleted"], answers410: false, listing: true },
  permission: { on: "repository", name: "metadata", access: "read", scope: "repo" },
};

/** GitHub tells of a star twice; the older event, `watch`, does not know the time and is not read. */
export const star = defineKind({
  name: "star",
  description: "That somebody has starred a repository.",
  scope: "repository",
  identity: ["@repository", "user"],
  fields: { user: account, starred_at: date },
  fromWebhook: {
    star: (payload, { action }) => {
      const user = part(payload, "sender");
      if (user === undefined) return [];
      const input = { user, starred_at: payload["starred_at"] };
      return [action === "deleted" ? { is: "deleted", input } : { is: "present", input, key: textAt(user, "login") }];
    },
  },
  sources,
});

function ofEdge(edge: JsonObject): JsonObject {
  return { user: toUser(edge["node"]), starred_at: edge["starredAt"] };
}
