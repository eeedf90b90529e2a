import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { account } from "../field.ts";
import { teamRef } from "../references.ts";
import { toUser } from "../graphql-parts.ts";
import { noWay, type Around, type Sources } from "../sources.ts";

/** The subject of a refresh is the team, by its slug: all its members are read again. */
const sources: Sources = {
  graphql: {
    type: "TeamMemberEdge",
    key: "node { ...actor }",
    toKey: ofEdge,
    whole: { fields: "", lists: [], toInput: ofEdge },
    children: [],
  },
  // Members of the teams below a team are listed as members of it too.
  rest: { toInput: (found, { below }) => (found["inherited"] === true ? null : { team: below, user: found }) },
  list: [
    { by: "parent", parent: "team", first: 99 },
    { by: "rest", of: { each: "team" }, path: "/orgs/{org}/teams/{slug}/members", changed: null, items: "whole" },
  ],
  one: [{ by: "parent", parent: "team", key: "team.slug" }],
  count: noWay("GitHub counts members one team at a time."),
  inventory: { by: "parent", parent: "team", first: 99 },
  deletion: { events: ["membership.removed"], answers410: false, listing: true, below: "team.id" },
  permission: { on: "organization", name: "members", access: "read", scope: "read:org" },
};

/** The role in the team (maintainer or member) changes without an event, and none tells it: it is not here. */
export const teamMember = defineKind({
  name: "team-member",
  description: "That somebody is a member of a team.",
  parent: "team",
  scope: "organization",
  identity: ["team", "user"],
  fields: { team: teamRef, user: account },
  fromWebhook: {
    membership: (payload, { action }) => {
      const [team, user] = [part(payload, "team"), part(payload, "member")];
      if (team === undefined || user === undefined) return [];
      if (action === "removed" || team["deleted"] === true) return [{ is: "deleted", input: { team, user } }];
      return [{ is: "present", input: { team, user }, key: textAt(team, "slug") }];
    },
  },
  sources,
});

function ofEdge(edge: JsonObject, { below }: Around): JsonObject {
  return { team: below, user: toUser(edge["node"]) };
}
