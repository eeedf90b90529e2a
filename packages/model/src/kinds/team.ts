import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind, type Sighting, type WebhookReader } from "../define-kind.ts";
import { addedLater, count, keyword, link, lowerKeyword, nullable, prose, title } from "../field.ts";
import { nodeId, teamRef } from "../references.ts";
import { toKey, toTeamName } from "../graphql-parts.ts";
import type { Sources } from "../sources.ts";

const sources: Sources = {
  graphql: {
    type: "Team",
    key: "id databaseId slug name",
    toKey: (node) => ({ ...toKey(node), ...toTeamName(node) }),
    whole: { fields: "description privacy notificationSetting parentTeam { databaseId slug name } url", lists: [], toInput: ofNode },
    children: [
      { kind: "team-member", field: "members", args: "membership: IMMEDIATE", first: 100, edges: true },
      { kind: "team-repository", field: "repositories", first: 100, edges: true },
    ],
  },
  rest: { toInput: (found) => found },
  list: [
    { by: "graphql", of: "organization", connection: { field: "teams", first: 49 }, changed: null, with: ["team-member", "team-repository"] },
    { by: "rest", of: "organization", path: "/orgs/{org}/teams", changed: null, items: "whole" },
  ],
  one: [
    { by: "node", atOnce: 100 },
    { by: "rest", path: "/orgs/{org}/teams/{key}", key: "slug" },
  ],
  count: { by: "graphql", of: "organization", field: "teams" },
  inventory: { by: "graphql", of: "organization", connection: { field: "teams", first: 100 } },
  deletion: { events: ["team.deleted"], answers410: false, listing: true, hides: (document) => document["privacy"] === "secret" },
  permission: { on: "organization", name: "members", access: "read", scope: "read:org" },
};

/** A team's default `permission` is closing down, and GraphQL does not have it; team-repository says what it may. */
export const team = defineKind({
  name: "team",
  description: "A team of the organisation.",
  scope: "organization",
  identity: ["id"],
  fields: {
    id: count,
    node_id: nodeId,
    name: title,
    slug: keyword,
    description: prose,
    /** `secret` or `closed` (visible to all members). */
    privacy: lowerKeyword,
    notification_setting: addedLater(lowerKeyword, "notifications_enabled"),
    parent: addedLater(nullable(teamRef), null),
    html_url: link,
  },
  fromWebhook: {
    team: (payload, { action }) => sighted(part(payload, "team"), action === "deleted"),
    team_add: inPassing(),
    membership: inPassing(),
  },
  sources,
});

function ofNode(node: JsonObject): JsonObject {
  const parent = part(node, "parentTeam");
  return {
    ...toKey(node),
    ...toTeamName(node),
    description: node["description"],
    privacy: node["privacy"] === "VISIBLE" ? "closed" : node["privacy"],
    notification_setting: node["notificationSetting"],
    parent: parent === undefined ? node["parentTeam"] : toTeamName(parent),
    html_url: node["url"],
  };
}

function sighted(input: JsonObject | undefined, gone: boolean): Sighting[] {
  if (input === undefined) return [];
  // Of a team that is gone, later events give the id and the name.
  if (gone || input["deleted"] === true) return [{ is: "deleted", input }];
  return [{ is: "present", input, key: textAt(input, "slug") }];
}

function inPassing(): WebhookReader {
  return (payload) => sighted(part(payload, "team"), false).map((sighting) => (sighting.is === "present" ? { ...sighting, inPassing: true } : sighting));
}
