import { defineKind } from "../define-kind.ts";
import { count, flag, keyword, prose } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { notYet } from "../sources.ts";

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
  fromWebhook: { label: objectAt("label") },
  sources: notYet,
});
