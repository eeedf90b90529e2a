import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind, type Sighting } from "../define-kind.ts";
import { keyword } from "../field.ts";
import { highestPermission } from "../permission.ts";
import { teamRef } from "../references.ts";
import { notYet } from "../sources.ts";

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
  sources: notYet,
});

function sighted(payload: JsonObject, gone: boolean): Sighting[] {
  const [team, repository] = [part(payload, "team"), part(payload, "repository")];
  if (team === undefined || repository === undefined) return [];
  if (gone) return [{ is: "deleted", input: { team } }];
  const permission = highestPermission(part(repository, "permissions"));
  if (permission === undefined) return [{ is: "changed", key: textAt(team, "slug") }];
  return [{ is: "present", input: { team, permission }, key: textAt(team, "slug") }];
}
