import { defineKind } from "../define-kind.ts";
import { actor, count, date, keyword, nullable, prose } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { part } from "@octally/shared/json";
import { nodeId } from "../references.ts";
import { notYet } from "../sources.ts";

/** `payload` is whatever its maker put there, in any shape: it stays in the archive. */
export const deployment = defineKind({
  name: "deployment",
  description: "A deployment of a commit to an environment.",
  scope: "repository",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    sha: keyword,
    ref: nullable(keyword),
    task: nullable(keyword),
    environment: nullable(keyword),
    original_environment: nullable(keyword),
    description: prose,
    creator: actor,
    created_at: date,
    updated_at: date,
  },
  fromWebhook: {
    deployment: objectAt("deployment"),
    deployment_status: (payload) => {
      const input = part(payload, "deployment");
      return input === undefined ? [] : [{ is: "present", input }];
    },
  },
  sources: notYet,
});
