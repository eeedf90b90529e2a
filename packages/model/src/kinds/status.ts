import { defineKind } from "../define-kind.ts";
import { count, date, keyword, link, lowerKeyword, orNothing, prose } from "../field.ts";
import { notYet } from "../sources.ts";

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
  sources: notYet,
});
