import { part, textAt } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { account, count, keyword, lowerKeyword, object } from "../field.ts";
import { notYet } from "../sources.ts";

/** `membership.state` is not here: who is invited is not a member, and recorded `member_added` events still say "pending". */
export const member = defineKind({
  name: "member",
  description: "That somebody is a member of the organisation, and in which role.",
  scope: "organization",
  identity: ["organization", "user"],
  fields: {
    organization: object({ id: count, login: keyword }),
    user: account,
    /** `admin` (an owner) or `member`. */
    role: lowerKeyword,
  },
  fromWebhook: {
    organization: (payload, { action }) => {
      const [membership, organization] = [part(payload, "membership"), part(payload, "organization")];
      if (membership === undefined || action === "member_invited") return [];
      const input = { ...membership, organization };
      if (action === "member_removed") return [{ is: "deleted", input }];
      return [{ is: "present", input, key: textAt(part(membership, "user"), "login") }];
    },
  },
  sources: notYet,
});
