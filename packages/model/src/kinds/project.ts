import type { JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { actor, count, date, flag, nullable, prose, title } from "../field.ts";
import { toKey, toUser } from "../graphql-parts.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: {
    type: "ProjectV2",
    key: "id fullDatabaseId number updatedAt",
    whole: { fields: "title shortDescription public closedAt creator { ...actor } createdAt", lists: [], toInput: ofNode },
    children: [{ kind: "project-item", field: "items", first: 100 }],
  },
  rest: noWay("GraphQL gives the projects with their items."),
  list: [
    {
      by: "graphql",
      of: "organization",
      connection: { field: "projectsV2", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 20 },
      changed: "orderBy: { field: UPDATED_AT, direction: DESC }",
      with: ["project-item"],
    },
  ],
  one: [{ by: "node", atOnce: 100 }],
  count: { by: "graphql", of: "organization", field: "projectsV2" },
  inventory: { by: "graphql", of: "organization", connection: { field: "projectsV2", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 100 } },
  deletion: { events: ["projects_v2.deleted"], answers410: false, listing: true, hides: (document) => document["public"] !== true },
  permission: { on: "organization", name: "organization_projects", access: "read", scope: "read:project" },
};

/** Its long text is called `description` in events and `readme` in GraphQL, and is long: it is not here. */
export const project = defineKind({
  name: "project",
  description: "A project of the organisation: its title, and whether it is open.",
  scope: "organization",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    number: count,
    title,
    short_description: prose,
    public: flag,
    creator: actor,
    created_at: date,
    updated_at: date,
    closed_at: nullable(date),
  },
  fromWebhook: { projects_v2: objectAt("projects_v2") },
  sources,
});

function ofNode(node: JsonObject): JsonObject {
  return {
    ...toKey(node),
    title: node["title"],
    short_description: node["shortDescription"],
    public: node["public"],
    closed_at: node["closedAt"],
    creator: toUser(node["creator"]),
    created_at: node["createdAt"],
  };
}
