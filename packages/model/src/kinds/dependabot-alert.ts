import { part } from "@octally/shared/json";
import { alertAt } from "../alert-at.ts";
import { defineKind } from "../define-kind.ts";
import { actorOrNobody, addedLater, count, date, decimal, keyword, link, lowerKeyword, nullable, object, orNothing, prose, title } from "../field.ts";
import { placeOf } from "../place.ts";
import { noWay, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: noWay("GraphQL has no time of the alerts' last change."),
  rest: { toInput: (found) => found, place: (found) => placeOf(part(found, "repository")) },
  list: [
    {
      by: "rest",
      of: "repository",
      path: "/repos/{owner}/{repo}/dependabot/alerts",
      load: "sort=created&direction=desc",
      changed: null,
      items: "whole",
    },
    {
      by: "rest",
      of: "organization",
      path: "/orgs/{org}/dependabot/alerts",
      load: "sort=created&direction=desc",
      changed: null,
      items: "whole",
    },
  ],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/dependabot/alerts/{key}", key: "number" }],
  count: { by: "graphql", of: "repository", field: "vulnerabilityAlerts" },
  inventory: { by: "list" },
  deletion: { never: "GitHub keeps alerts: they are fixed or dismissed.", shown: true },
  permission: { on: "repository", name: "vulnerability_alerts", access: "read", scope: "repo" },
};

/**
 * GraphQL lacks its `updated_at`: the sources are webhooks and REST. What GitHub learns of the vulnerability changes all its alerts and moves
 * none of their times: a poll reads all of them.
 */
export const dependabotAlert = defineKind({
  name: "dependabot-alert",
  description: "That a dependency of a repository is known to be vulnerable, and what was done about it.",
  scope: "repository",
  identity: ["@repository", "number"],
  updatedAt: "updated_at",
  fields: {
    number: count,
    state: lowerKeyword,
    dependency: object({
      package: object({ ecosystem: lowerKeyword, name: keyword }),
      manifest_path: keyword,
      scope: addedLater(nullable(lowerKeyword), null),
    }),
    security_advisory: object({
      ghsa_id: keyword,
      cve_id: nullable(keyword),
      summary: title,
      severity: lowerKeyword,
      cvss: object({ score: nullable(decimal) }),
    }),
    security_vulnerability: object({
      vulnerable_version_range: keyword,
      first_patched_version: nullable(object({ identifier: keyword })),
    }),
    created_at: date,
    updated_at: date,
    fixed_at: nullable(date),
    auto_dismissed_at: addedLater(nullable(date), null),
    dismissed_at: nullable(date),
    dismissed_by: actorOrNobody,
    dismissed_reason: orNothing(lowerKeyword),
    dismissed_comment: prose,
    html_url: link,
  },
  fromWebhook: { dependabot_alert: alertAt },
  sources,
});
