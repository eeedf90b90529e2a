import { defineKind } from "../define-kind.ts";
import { actor, count, date, keyword, nullable, prose } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { part } from "@octally/shared/json";
import { nodeId } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: {
    type: "Deployment",
    key: "id databaseId updatedAt",
    whole: noWay("GraphQL does not say what was deployed once the branch or tag is gone."),
    children: [{ kind: "deployment-status", field: "statuses", first: 20 }],
  },
  rest: { toInput: (found) => found },
  list: [{ by: "rest", of: "repository", path: "/repos/{owner}/{repo}/deployments", changed: null, items: "whole" }],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/deployments/{key}", key: "id" }],
  count: { by: "graphql", of: "repository", field: "deployments" },
  inventory: { by: "graphql", of: "repository", connection: { field: "deployments", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 100 } },
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "repository", name: "deployments", access: "read", scope: "repo" },
};

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
  prepare: (input) => ({ ...input, original_environment: input["original_environment"] === undefined ? input["environment"] : input["original_environment"] }),
  fromWebhook: {
    deployment: objectAt("deployment", "id"),
    deployment_status: (payload) => {
      const input = part(payload, "deployment");
      return input === undefined ? [] : [{ is: "present", input }];
    },
  },
  sources,
});
