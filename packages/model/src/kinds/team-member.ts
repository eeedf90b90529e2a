import { part, textAt } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { account } from "../field.ts";
import { teamRef } from "../references.ts";
import { notYet } from "../sources.ts";

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
  sources: notYet,
});
