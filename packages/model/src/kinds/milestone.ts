import { defineKind } from "../define-kind.ts";
import { actor, count, date, link, lowerKeyword, nullable, prose, title } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: noWay("GraphQL has no id of milestones beside their number."),
  rest: { toInput: (found) => found },
  list: [{ by: "rest", of: "repository", path: "/repos/{owner}/{repo}/milestones?state=all", changed: null, items: "whole" }],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/milestones/{key}", key: "number" }],
  count: { by: "graphql", of: "repository", field: "milestones" },
  inventory: { by: "list" },
  deletion: { events: ["milestone.deleted"], answers410: false, listing: true },
  permission: { on: "repository", name: "issues", access: "read", scope: "repo" },
};

export const milestone = defineKind({
  name: "milestone",
  description: "A milestone: its due date and how much of it is done.",
  scope: "repository",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    number: count,
    title,
    description: prose,
    state: lowerKeyword,
    creator: actor,
    open_issues: count,
    closed_issues: count,
    created_at: date,
    updated_at: date,
    closed_at: nullable(date),
    due_on: nullable(date),
    html_url: link,
  },
  fromWebhook: { milestone: objectAt("milestone", "number") },
  sources,
});
