import { textAt } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { count, date, keyword, link, lowerKeyword, orNothing, prose } from "../field.ts";
import { noWay, type Sources } from "../sources.ts";

/** GitHub lists them commit by commit: those of pull requests' heads. An item does not name its commit; its address does. */
const sources: Sources = {
  graphql: noWay("GraphQL has no id of statuses."),
  rest: { toInput: (found) => ({ ...found, sha: found["sha"] ?? /\/statuses\/([0-9a-f]+)$/i.exec(textAt(found, "url") ?? "")?.[1] }) },
  list: [{ by: "rest", of: { each: "pull-request" }, path: "/repos/{owner}/{repo}/commits/{head.sha}/statuses", changed: null, items: "whole" }],
  one: noWay("GitHub gives no status by itself: the list of its commit has it."),
  count: noWay("GitHub counts statuses one commit at a time."),
  inventory: noWay("GitHub lists statuses one commit at a time."),
  deletion: { never: "A status is never deleted: a newer one of its context takes its place." },
  permission: { on: "repository", name: "statuses", access: "read", scope: "repo" },
};

/** GraphQL has no id of statuses: the sources are webhooks and REST. */
export const status = defineKind({
  name: "status",
  description: "A status that somebody set on a commit; the latest of each context counts.",
  scope: "repository",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    sha: keyword,
    context: keyword,
    state: lowerKeyword,
    description: prose,
    target_url: orNothing(link),
    created_at: date,
    updated_at: date,
  },
  // The event is the status: it has no object of its own.
  fromWebhook: { status: (payload, { repository }) => (repository === null ? [] : [{ is: "present", input: payload }]) },
  sources,
});
