import { textAt, type JsonObject } from "@octally/shared/json";
import { COMMITS_OF_PULL_REQUESTS } from "../commits-of-pull-requests.ts";
import { defineKind } from "../define-kind.ts";
import { date, keyword, link, lowerKeyword, orNothing, prose } from "../field.ts";
import { noWay, type Around, type Sources } from "../sources.ts";

/** Of the default branch's commits and of all that were ever a pull request's. An item of REST's does not name its commit; its address does. */
const sources: Sources = {
  graphql: {
    type: "StatusContext",
    key: "id context createdAt",
    toKey: (node, { below }) => ({ sha: below["sha"], context: node["context"], updated_at: node["createdAt"] }),
    whole: { fields: "state description targetUrl", lists: [], toInput: ofNode },
    children: [],
  },
  rest: { toInput: (found) => ({ ...found, sha: found["sha"] ?? /\/statuses\/([0-9a-f]+)$/i.exec(textAt(found, "url") ?? "")?.[1] }) },
  list: [
    { by: "parent", parent: "commit", first: 100 },
    COMMITS_OF_PULL_REQUESTS,
    { by: "rest", of: { each: "pull-request" }, path: "/repos/{owner}/{repo}/commits/{head.sha}/statuses", changed: null, items: "whole" },
  ],
  one: noWay("GitHub gives no status by itself: the list of its commit has it."),
  count: noWay("GitHub counts statuses one commit at a time."),
  inventory: { by: "list" },
  deletion: { never: "A status is never deleted: a newer one of its context takes its place." },
  permission: { on: "repository", name: "statuses", access: "read", scope: "repo" },
};

function ofNode(node: JsonObject, { below }: Around): JsonObject {
  return {
    sha: below["sha"],
    context: node["context"],
    state: node["state"],
    description: node["description"],
    target_url: node["targetUrl"],
    created_at: node["createdAt"],
    // It is never changed.
    updated_at: node["createdAt"],
  };
}

/** Known by what it is about, not by its number: GraphQL has none, and gives the latest of each context, which is the one that counts. */
export const status = defineKind({
  name: "status",
  description: "What a context says of a commit: the latest status that somebody set.",
  scope: "repository",
  identity: ["@repository", "sha", "context"],
  updatedAt: "updated_at",
  fields: {
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
