import { part } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { actor, count, date, keyword, link, lowerKeyword, object, orNothing, prose } from "../field.ts";
import { nodeId, numberInUrl } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

/** GitHub sends no event for the state `inactive`: the list of the deployment has it. */
const sources: Sources = {
  graphql: noWay("GraphQL has no id of a deployment's statuses."),
  rest: { toInput: (found, { below }) => ({ ...found, deployment: { id: numberInUrl(found, "deployment_url") ?? below["id"] } }) },
  list: [{ by: "rest", of: { each: "deployment" }, path: "/repos/{owner}/{repo}/deployments/{id}/statuses", changed: null, items: "whole" }],
  one: [{ by: "parent", parent: "deployment", key: "deployment.id" }],
  count: noWay("GitHub counts statuses one deployment at a time."),
  inventory: { by: "list" },
  deletion: { goesWith: "deployment" },
  permission: { on: "repository", name: "deployments", access: "read", scope: "repo" },
};

/** GraphQL has no id of them: the sources are webhooks (none for `inactive`) and REST. */
export const deploymentStatus = defineKind({
  name: "deployment-status",
  description: "What became of a deployment, step by step.",
  parent: "deployment",
  scope: "repository",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    deployment: object({ id: count }),
    state: lowerKeyword,
    environment: orNothing(keyword),
    description: prose,
    creator: actor,
    log_url: orNothing(link),
    environment_url: orNothing(link),
    created_at: date,
    updated_at: date,
  },
  // `target_url` is the older name of the same address.
  prepare: (input) => ({ ...input, log_url: input["log_url"] ?? input["target_url"] }),
  fromWebhook: {
    deployment_status: (payload) => {
      const [seen, deployment] = [part(payload, "deployment_status"), part(payload, "deployment")];
      return seen === undefined ? [] : [{ is: "present", input: { ...seen, deployment } }];
    },
  },
  sources,
});
