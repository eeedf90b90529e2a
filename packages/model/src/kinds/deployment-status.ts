import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { actor, count, date, keyword, link, lowerKeyword, object, orNothing, prose } from "../field.ts";
import { toUser } from "../graphql-parts.ts";
import { numberInNodeId } from "../node-id-number.ts";
import { nodeId, numberInUrl } from "../references.ts";
import { noWay, type Around, type Sources } from "../sources.ts";

/** GitHub sends no event for the state `inactive`: the list of the deployment has it. */
const sources: Sources = {
  graphql: {
    type: "DeploymentStatus",
    key: "id updatedAt",
    toKey: (node, around) => ({ id: numberOf(node, around), node_id: textAt(node, "id"), updated_at: textAt(node, "updatedAt") }),
    whole: {
      fields: "state environment description creator { ...actor } logUrl environmentUrl createdAt",
      lists: [],
      toInput: ofNode,
    },
    children: [],
  },
  rest: { toInput: (found, { below }) => ({ ...found, deployment: { id: numberInUrl(found, "deployment_url") ?? below["id"] } }) },
  list: [
    { by: "parent", parent: "deployment", first: 100 },
    { by: "rest", of: { each: "deployment" }, path: "/repos/{owner}/{repo}/deployments/{id}/statuses", changed: null, items: "whole" },
  ],
  one: [{ by: "parent", parent: "deployment", key: "deployment.id" }],
  count: noWay("GitHub counts statuses one deployment at a time."),
  inventory: { by: "parent", parent: "deployment", first: 100 },
  deletion: { goesWith: "deployment" },
  permission: { on: "repository", name: "deployments", access: "read", scope: "repo" },
};

function numberOf(node: JsonObject, { repository }: Around): number | undefined {
  return repository === null ? undefined : numberInNodeId(textAt(node, "id") ?? "", "DES", repository.id);
}

function ofNode(node: JsonObject, around: Around): JsonObject {
  const id = numberOf(node, around);
  return {
    // Without its own number it is asked for by its deployment's.
    ...(id === undefined ? { number: around.below["id"] } : { id }),
    node_id: textAt(node, "id"),
    deployment: { id: around.below["id"] },
    state: node["state"],
    environment: node["environment"],
    description: node["description"],
    creator: toUser(node["creator"]),
    log_url: node["logUrl"],
    environment_url: node["environmentUrl"],
    created_at: node["createdAt"],
    updated_at: node["updatedAt"],
  };
}

/** GraphQL names them by their node ids alone: the number is taken from there (node-id-number.ts). */
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
