import { alertAt } from "../alert-at.ts";
import { defineKind } from "../define-kind.ts";
import { actorOrNobody, addedLater, count, date, flag, keyword, link, lowerKeyword, nullable, orNothing, prose, title } from "../field.ts";
import { notYet } from "../sources.ts";

/** The secret itself, which REST gives, is never kept. */
export const secretScanningAlert = defineKind({
  name: "secret-scanning-alert",
  description: "That a secret was found in a repository, and what was done about it.",
  scope: "repository",
  identity: ["@repository", "number"],
  updatedAt: "updated_at",
  fields: {
    number: count,
    state: lowerKeyword,
    secret_type: keyword,
    secret_type_display_name: orNothing(title),
    validity: addedLater(nullable(lowerKeyword), null),
    publicly_leaked: addedLater(nullable(flag), null),
    multi_repo: addedLater(nullable(flag), null),
    resolution: orNothing(lowerKeyword),
    resolution_comment: prose,
    resolved_at: addedLater(nullable(date), null),
    resolved_by: addedLater(actorOrNobody, null),
    push_protection_bypassed: addedLater(nullable(flag), null),
    push_protection_bypassed_at: addedLater(nullable(date), null),
    push_protection_bypassed_by: addedLater(actorOrNobody, null),
    created_at: date,
    updated_at: date,
    html_url: link,
  },
  // Events have no `state`, and one that was never touched has no `updated_at`.
  prepare: (input) => ({
    ...input,
    state: input["state"] ?? ((input["resolution"] ?? null) === null ? "open" : "resolved"),
    updated_at: input["updated_at"] ?? input["created_at"],
  }),
  fromWebhook: { secret_scanning_alert: alertAt, secret_scanning_alert_location: alertAt },
  sources: notYet,
});
