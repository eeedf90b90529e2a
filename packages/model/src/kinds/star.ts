import { part, textAt } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { account, date } from "../field.ts";
import { notYet } from "../sources.ts";

/** GitHub tells of a star twice; the older event, `watch`, does not know the time and is not read. */
export const star = defineKind({
  name: "star",
  description: "That somebody has starred a repository.",
  scope: "repository",
  identity: ["@repository", "user"],
  fields: { user: account, starred_at: date },
  fromWebhook: {
    star: (payload, { action }) => {
      const user = part(payload, "sender");
      if (user === undefined) return [];
      const input = { user, starred_at: payload["starred_at"] };
      return [action === "deleted" ? { is: "deleted", input } : { is: "present", input, key: textAt(user, "login") }];
    },
  },
  sources: notYet,
});
