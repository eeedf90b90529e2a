import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { actor, count, date, flag, keyword, nullable } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { toKey, toUser } from "../graphql-parts.ts";
import { noWay, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: {
    type: "ProjectV2Item",
    key: "id fullDatabaseId updatedAt type",
    isHidden,
    whole: {
      fields: "project { id } content { ... on Issue { id } ... on PullRequest { id } ... on DraftIssue { id } } creator { ...actor } isArchived createdAt",
      lists: [],
      toInput: ofNode,
    },
    children: [],
  },
  rest: noWay("GraphQL gives the items with their project."),
  list: [{ by: "parent", parent: "project", first: 20 }],
  one: [{ by: "node", atOnce: 100 }],
  count: noWay("GitHub counts items one project at a time."),
  inventory: { by: "parent", parent: "project", first: 20 },
  deletion: { events: ["projects_v2_item.deleted"], answers410: false, listing: true, below: "project_node_id" },
  permission: { on: "organization", name: "organization_projects", access: "read", scope: "read:project" },
};

/** The values of its fields change with their own `updated_at`, and events do not carry them: they are not here. */
export const projectItem = defineKind({
  name: "project-item",
  description: "An issue, a pull request or a draft that stands in a project of the organisation.",
  scope: "organization",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    project_node_id: keyword,
    content_node_id: nullable(keyword),
    /** `Issue`, `PullRequest` or `DraftIssue`. */
    content_type: keyword,
    creator: actor,
    /** GraphQL knows whether, not when. */
    archived: flag,
    created_at: date,
    updated_at: date,
  },
  prepare: (input) => ({ ...input, archived: input["archived_at"] === undefined ? input["archived"] : input["archived_at"] !== null }),
  fromWebhook: { projects_v2_item: objectAt("projects_v2_item") },
  sources,
});

const CONTENT: Readonly<Record<string, string>> = { ISSUE: "Issue", PULL_REQUEST: "PullRequest", DRAFT_ISSUE: "DraftIssue" };

/** What is redacted the token may not see. */
/** What it shows may not be seen by this token. */
function isHidden(node: JsonObject): boolean {
  return node["type"] === "REDACTED";
}

function ofNode(node: JsonObject): JsonObject | null {
  if (isHidden(node)) return null;
  return {
    ...toKey(node),
    project_node_id: textAt(part(node, "project"), "id"),
    content_node_id: textAt(part(node, "content"), "id"),
    content_type: CONTENT[textAt(node, "type") ?? ""],
    creator: toUser(node["creator"]),
    archived: node["isArchived"],
    created_at: node["createdAt"],
  };
}
