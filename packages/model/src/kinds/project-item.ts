import { defineKind } from "../define-kind.ts";
import { actor, count, date, flag, keyword, nullable } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { notYet } from "../sources.ts";

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
  sources: notYet,
});
