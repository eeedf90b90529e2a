import { defineKind } from "../define-kind.ts";
import { account } from "../field.ts";
import { toUser } from "../graphql-parts.ts";
import type { Sources } from "../sources.ts";

const sources: Sources = {
  graphql: {
    type: "User",
    key: "...actor",
    toKey: (node) => ({ user: toUser(node) }),
    whole: { fields: "", lists: [], toInput: (node) => ({ user: toUser(node) }) },
    children: [],
  },
  rest: { toInput: (user) => ({ user }) },
  list: [
    { by: "graphql", of: "repository", connection: { field: "watchers", first: 100 }, changed: null, with: [] },
    { by: "rest", of: "repository", path: "/repos/{owner}/{repo}/subscribers", changed: null, items: "whole" },
  ],
  one: [{ by: "list" }],
  count: { by: "graphql", of: "repository", field: "watchers" },
  inventory: { by: "list" },
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "repository", name: "metadata", access: "read", scope: "repo" },
};

/** No event tells of it: `watch` is about stars. */
export const watcher = defineKind({
  name: "watcher",
  description: "That somebody watches a repository.",
  scope: "repository",
  identity: ["@repository", "user"],
  fields: { user: account },
  fromWebhook: {},
  sources,
});
