import { textAt } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { keyword } from "../field.ts";
import { refOfNode, refOfRest, refReaders } from "../ref.ts";
import { REPOSITORY_UP } from "../graphql-parts.ts";
import type { Sources } from "../sources.ts";

/** A name with a slash keeps it. GraphQL lists in the order of names; nothing tells which branch is new. */
const sources: Sources = {
  graphql: {
    type: "Ref",
    key: "id name",
    toKey: (node) => ({ name: textAt(node, "name") }),
    up: REPOSITORY_UP,
    whole: { fields: "target { oid }", lists: [], toInput: refOfNode },
    children: [],
  },
  rest: { toInput: (found) => refOfRest(found, "branch") },
  list: [
    { by: "graphql", of: "repository", connection: { field: "refs", args: 'refPrefix: "refs/heads/"', first: 100 }, changed: null, with: [] },
    { by: "rest", of: "repository", path: "/repos/{owner}/{repo}/branches", changed: null, items: "whole" },
  ],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/git/ref/heads/{+key}", key: "name" }],
  count: { by: "graphql", of: "repository", field: "refs", args: 'refPrefix: "refs/heads/"' },
  inventory: { by: "list" },
  deletion: { events: ["delete", "push"], answers410: false, listing: true },
  permission: { on: "repository", name: "contents", access: "read", scope: "repo" },
};

export const branch = defineKind({
  name: "branch",
  description: "A branch and the commit it points at.",
  scope: "repository",
  identity: ["@repository", "name"],
  fields: { name: keyword, sha: keyword },
  fromWebhook: refReaders("branch"),
  sources,
});
