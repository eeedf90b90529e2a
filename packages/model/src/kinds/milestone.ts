import { defineKind } from "../define-kind.ts";
import { actor, count, date, link, lowerKeyword, nullable, prose, title } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { notYet } from "../sources.ts";

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
  fromWebhook: { milestone: objectAt("milestone") },
  sources: notYet,
});
