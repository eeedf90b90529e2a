import { part } from "@octally/shared/json";
import { alertAt } from "../alert-at.ts";
import { defineKind } from "../define-kind.ts";
import { actorOrNobody, addedLater, count, date, flag, keyword, link, lowerKeyword, nullable, orNothing, prose, title } from "../field.ts";
import { placeOf } from "../place.ts";
import { noWay, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: noWay("GraphQL does not know the alerts of secret scanning."),
  rest: { toInput: (found) => found, place: (found) => placeOf(part(found, "repository")) },
  list: [
    {
      by: "rest",
      of: "repository",
      path: "/repos/{owner}/{repo}/secret-scanning/alerts?hide_secret=true",
      load: "sort=created&direction=desc",
      changed: { query: "sort=updated&direction=desc", reads: "to the watermark" },
      items: "whole",
    },
    {
      by: "rest",
      of: "organization",
      path: "/orgs/{org}/secret-scanning/alerts?hide_secret=true",
      load: "sort=created&direction=desc",
      changed: { query: "sort=updated&direction=desc", reads: "to the watermark" },
      items: "whole",
    },
  ],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/secret-scanning/alerts/{key}?hide_secret=true", key: "number" }],
  count: noWay("GitHub does not count the alerts of secret scanning."),
  inventory: { by: "list" },
  deletion: { never: "GitHub keeps alerts: they are resolved.", shown: true },
  permission: { on: "repository", name: "secret_scanning_alerts", access: "read", scope: "repo" },
};

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
  sources,
});
