import { textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { count, flag, keyword, prose } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { numberInNodeId } from "../node-id-number.ts";
import { nodeId } from "../references.ts";
import type { Around, Sources } from "../sources.ts";

const sources: Sources = {
  graphql: {
    type: "Label",
    key: "id",
    toKey: (node, around) => ({ id: numberOf(node, around), node_id: textAt(node, "id") }),
    whole: { fields: "name color description isDefault", lists: [], toInput: ofNode },
    children: [],
  },
  rest: { toInput: (found) => found },
  list: [
    { by: "graphql", of: "repository", connection: { field: "labels", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 100 }, changed: null, with: [] },
    { by: "rest", of: "repository", path: "/repos/{owner}/{repo}/labels", changed: null, items: "whole" },
  ],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/labels/{key}", key: "name" }],
  count: { by: "graphql", of: "repository", field: "labels" },
  inventory: { by: "list" },
  deletion: { events: ["label.deleted"], answers410: false, listing: true },
  permission: { on: "repository", name: "issues", access: "read", scope: "repo" },
};

function numberOf(node: JsonObject, { repository }: Around): number | undefined {
  return repository === null ? undefined : numberInNodeId(textAt(node, "id") ?? "", "LA", repository.id);
}

/** Its number is within its node id; where it is not, it is asked for by its name. */
function ofNode(node: JsonObject, around: Around): JsonObject {
  const id = numberOf(node, around);
  return { ...(id === undefined ? { number: node["name"] } : { id }), node_id: textAt(node, "id"), name: node["name"], color: node["color"], description: node["description"], default: node["isDefault"] };
}

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
