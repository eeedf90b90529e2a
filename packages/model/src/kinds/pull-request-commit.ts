import { part, textAt, type Json, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { date, keyword, link, nullable, object, prose } from "../field.ts";
import { REPOSITORY_UP, toParent } from "../graphql-parts.ts";
import { numberKey, pullRequestRef } from "../references.ts";
import type { Around, Sources } from "../sources.ts";

/** GraphQL comes with the pull request and has no end; REST ends after 250. */
const sources: Sources = {
  graphql: {
    type: "PullRequestCommit",
    key: "id commit { oid }",
    toKey: (node, { below }) => ({ sha: textAt(part(node, "commit"), "oid"), pull_request: below }),
    up: `pullRequest { fullDatabaseId number ${REPOSITORY_UP} }`,
    whole: {
      fields: "commit { oid message url author { name email date user { login } } committer { name email date } }",
      lists: [],
      toInput: ofNode,
    },
    children: [],
  },
  rest: { toInput: (found, { below }) => ({ ...found, pull_request: below }) },
  list: [
    { by: "parent", parent: "pull-request", first: 50 },
    { by: "rest", of: { each: "pull-request" }, path: "/repos/{owner}/{repo}/pulls/{number}/commits", changed: null, cap: { items: 250, beyond: "graphql" }, items: "whole" },
  ],
  one: [{ by: "parent", parent: "pull-request", key: "pull_request.number" }],
  count: { by: "parents", parent: "pull-request", field: "commits" },
  inventory: { by: "parent", parent: "pull-request", first: 100 },
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "repository", name: "pull_requests", access: "read", scope: "repo" },
};

/** A forced push takes commits away: those of a pull request are always fetched all together. */
export const pullRequestCommit = defineKind({
  name: "pull-request-commit",
  description: "A commit of a pull request's branch, as it is now.",
  parent: "pull-request",
  scope: "repository",
  identity: ["pull_request", "sha"],
  fields: {
    pull_request: pullRequestRef,
    sha: keyword,
    commit: object({ message: prose, author: object({ name: keyword, email: keyword, date }), committer: object({ name: keyword, email: keyword, date }) }),
    /** Null where GitHub knows no account for the e-mail address. */
    author: nullable(object({ login: keyword })),
    html_url: link,
  },
  fromWebhook: {
    // No event holds the commits. A change of the base changes them as a push does.
    pull_request: (payload, { action }) => {
      const input = part(payload, "pull_request");
      const changes = action === "opened" || action === "synchronize" || (action === "edited" && part(part(payload, "changes"), "base") !== undefined);
      return input === undefined || !changes ? [] : [{ is: "changed", nodeId: textAt(input, "node_id"), key: numberKey(input) }];
    },
  },
  sources,
});

function ofNode(node: JsonObject, { below }: Around): JsonObject {
  const commit = part(node, "commit");
  const author = part(commit, "author");
  return {
    pull_request: toParent(node, "pullRequest", below),
    sha: textAt(commit, "oid"),
    commit: { message: commit?.["message"], author: signatureOf(author), committer: signatureOf(part(commit, "committer")) },
    author: accountOf(author),
    html_url: commit?.["url"],
  };
}

/** Git lets both be empty, and GraphQL then sends null. */
function signatureOf(person: JsonObject | undefined): JsonObject {
  return { name: textAt(person, "name") ?? "", email: textAt(person, "email") ?? "", date: person?.["date"] };
}

/** GraphQL names the accounts of people alone. Apps commit with an address that holds their login. */
function accountOf(author: JsonObject | undefined): Json {
  const login = textAt(part(author, "user"), "login") ?? /^(?:\d+\+)?([^+@]+\[bot\])@users\.noreply\.github\.com$/.exec(textAt(author, "email") ?? "")?.[1];
  return login === undefined ? null : { login };
}
