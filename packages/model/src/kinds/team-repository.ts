import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind, type Sighting } from "../define-kind.ts";
import { keyword } from "../field.ts";
import { highestPermission, permissionOfRole } from "../permission.ts";
import { placeOf } from "../place.ts";
import { teamRef } from "../references.ts";
import { placeOfNode } from "../graphql-parts.ts";
import { noWay, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: {
    type: "TeamRepositoryEdge",
    key: "node { databaseId nameWithOwner owner { login } }",
    toKey: (_, { below }) => ({ team: below }),
    place: (edge) => placeOfNode({ repository: edge["node"] }),
    whole: { fields: "permission", lists: [], toInput: (edge, { below }) => ({ team: below, permission: permissionOfRole(textAt(edge, "permission") ?? "") }) },
    children: [],
  },
  rest: {
    toInput: (found, { below }) => ({ team: below, permission: permissionOfRole(textAt(found, "role_name") ?? "") ?? highestPermission(part(found, "permissions")) }),
    place: placeOf,
  },
  list: [
    { by: "parent", parent: "team", first: 99 },
    { by: "rest", of: { each: "team" }, path: "/orgs/{org}/teams/{slug}/repos", changed: null, items: "whole" },
  ],
  one: [{ by: "parent", parent: "team", key: "team.slug" }],
  count: noWay("GitHub counts repositories one team at a time."),
  inventory: { by: "parent", parent: "team", first: 99 },
  deletion: { events: ["team.removed_from_repository"], answers410: false, listing: true, below: "team.id", hiddenWithRepository: true },
  permission: { on: "organization", name: "members", access: "read", scope: "read:org" },
};

export const teamRepository = defineKind({
  name: "team-repository",
  description: "What a team may do in a repository.",
  parent: "team",
  scope: "repository",
  identity: ["team", "@repository"],
  fields: {
    team: teamRef,
    /** `pull`, `triage`, `push`, `maintain` or `admin`, as for collaborators. */
    permission: keyword,
  },
  fromWebhook: {
    team: (payload, { action }) => {
      if (action === "removed_from_repository") return sighted(payload, true);
      // An edit carries the repository only where it changed what the team may do there.
      return action === "added_to_repository" || action === "edited" ? sighted(payload, false) : [];
    },
    team_add: (payload) => sighted(payload, false),
  },
  sources,
});

function sighted(payload: JsonObject, gone: boolean): Sighting[] {
  const [team, repository] = [part(payload, "team"), part(payload, "repository")];
  if (team === undefined || repository === undefined) return [];
  if (gone) return [{ is: "deleted", input: { team } }];
  const permission = highestPermission(part(repository, "permissions"));
  if (permission === undefined) return [{ is: "changed", key: textAt(team, "slug") }];
  return [{ is: "present", input: { team, permission }, key: textAt(team, "slug") }];
}
