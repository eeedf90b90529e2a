import { objectsAt, part, type JsonObject } from "@octally/shared/json";
import { alertAt } from "../alert-at.ts";
import { defineKind } from "../define-kind.ts";
import { actorOrNobody, addedLater, count, date, keyword, link, lowerKeyword, nullable, object, orNothing, prose, setOf, title } from "../field.ts";
import { noWay, type Sources } from "../sources.ts";

/** The organisation's list knows default branches only: each repository is asked. */
const sources: Sources = {
  graphql: noWay("GraphQL does not know the alerts of code scanning."),
  rest: { toInput: (found) => found },
  list: [
    {
      by: "rest",
      of: "repository",
      path: "/repos/{owner}/{repo}/code-scanning/alerts",
      load: "sort=created&direction=desc",
      changed: { query: "sort=updated&direction=desc", reads: "to the watermark" },
      items: "whole",
    },
  ],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/code-scanning/alerts/{key}", key: "number" }],
  count: noWay("GitHub does not count the alerts of code scanning."),
  inventory: { by: "list" },
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "repository", name: "security_events", access: "read", scope: "repo" },
};

const instance = object({
  ref: keyword,
  state: lowerKeyword,
  commit_sha: addedLater(nullable(keyword), null),
  location: addedLater(nullable(object({ path: keyword, start_line: count, end_line: count })), null),
});

/** Events leave its `updated_at` out, mostly: the time of the observation decides. */
export const codeScanningAlert = defineKind({
  name: "code-scanning-alert",
  description: "What a code scanner found in a repository, and what was done about it.",
  scope: "repository",
  identity: ["@repository", "number"],
  fields: {
    number: count,
    state: nullable(lowerKeyword),
    rule: object({
      id: keyword,
      description: title,
      severity: orNothing(lowerKeyword),
      security_severity_level: orNothing(lowerKeyword),
      tags: setOf(keyword),
    }),
    tool: object({ name: keyword, version: orNothing(keyword) }),
    most_recent_instance: nullable(instance),
    created_at: date,
    fixed_at: addedLater(nullable(date), null),
    dismissed_at: nullable(date),
    dismissed_by: actorOrNobody,
    dismissed_reason: orNothing(lowerKeyword),
    dismissed_comment: prose,
    html_url: link,
  },
  prepare: (input) => {
    const rule = part(input, "rule");
    return {
      ...input,
      rule: rule === undefined ? input["rule"] : { ...rule, tags: rule["tags"] ?? [] },
      most_recent_instance: input["most_recent_instance"] ?? onlyInstance(input),
    };
  },
  fromWebhook: { code_scanning_alert: alertAt },
  sources,
});

/** Older events have the list only, and do not say which of several is the most recent. */
function onlyInstance(input: JsonObject): JsonObject | null {
  const instances = objectsAt(input, "instances");
  return instances.length === 1 ? (instances[0] ?? null) : null;
}
