import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind, type Sighting, type WebhookReader } from "../define-kind.ts";
import { addedLater, count, keyword, link, lowerKeyword, nullable, prose, title } from "../field.ts";
import { nodeId, teamRef } from "../references.ts";
import { notYet } from "../sources.ts";

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
  sources: notYet,
});

function sighted(input: JsonObject | undefined, gone: boolean): Sighting[] {
  if (input === undefined) return [];
  // Of a team that is gone, later events give the id and the name.
  if (gone || input["deleted"] === true) return [{ is: "deleted", input }];
  return [{ is: "present", input, key: textAt(input, "slug") }];
}

function inPassing(): WebhookReader {
  return (payload) => sighted(part(payload, "team"), false).map((sighting) => (sighting.is === "present" ? { ...sighting, inPassing: true } : sighting));
}
