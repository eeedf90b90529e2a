import { defineKind } from "../define-kind.ts";
import { count, flag, keyword, prose } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: noWay("GraphQL has no number of labels."),
  rest: { toInput: (found) => found },
  list: [{ by: "rest", of: "repository", path: "/repos/{owner}/{repo}/labels", changed: null, items: "whole" }],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/labels/{key}", key: "name" }],
  count: { by: "graphql", of: "repository", field: "labels" },
  inventory: { by: "list" },
  deletion: { events: ["label.deleted"], answers410: false, listing: true },
  permission: { on: "repository", name: "issues", access: "read", scope: "repo" },
};

export const label = defineKind({
  name: "label",
  description: "A label of a repository.",
  scope: "repository",
  identity: ["id"],
  fields: {
    id: count,
    node_id: nodeId,
    name: keyword,
    color: keyword,
    default: flag,
    description: prose,
  },
  fromWebhook: { label: objectAt("label", "name") },
  sources,
});
