import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { actor, addedLater, count, date, keyword, link, lowerKeyword, nullable, prose } from "../field.ts";
import { REPOSITORY_UP, toParent, toWriting, WRITING } from "../graphql-parts.ts";
import { authorAssociation, nodeId, pullRequestRef } from "../references.ts";
import { noWay, type Around, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: {
    type: "PullRequestReview",
    key: "id fullDatabaseId updatedAt",
    up: `pullRequest { fullDatabaseId number } ${REPOSITORY_UP}`,
    whole: { fields: `${WRITING} state submittedAt commit { oid }`, lists: [], toInput: ofNode },
    children: [],
  },
  rest: { toInput: (found, { below }) => (isPending(found) ? null : { ...found, pull_request: below }) },
  list: [
    { by: "parent", parent: "pull-request", first: 50 },
    { by: "rest", of: { each: "pull-request" }, path: "/repos/{owner}/{repo}/pulls/{number}/reviews", changed: null, items: "whole" },
  ],
  one: [{ by: "node", atOnce: 100 }],
  count: noWay("GitHub counts reviews one pull request at a time."),
  inventory: { by: "parent", parent: "pull-request", first: 100 },
  // One that holds nothing but comments goes with the last of them, and nobody is told.
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "repository", name: "pull_requests", access: "read", scope: "repo" },
};

/** A pending review is seen by its author alone, in API reads; no webhook tells of it. */
export const review = defineKind({
  name: "review",
  description: "A review of a pull request: approval, request for changes, comment or dismissal.",
  parent: "pull-request",
  scope: "repository",
  identity: ["id"],
  fields: {
    id: count,
    node_id: nodeId,
    pull_request: pullRequestRef,
    user: actor,
    author_association: authorAssociation,
    state: lowerKeyword,
    body: prose,
    commit_id: addedLater(nullable(keyword), null),
    submitted_at: nullable(date),
    html_url: link,
  },
  fromWebhook: {
    // A review has no `updated_at` in every source: an edit and a dismissal are told apart by the time of the observation.
    pull_request_review: (payload) => {
      const [seen, pullRequest] = [part(payload, "review"), part(payload, "pull_request")];
      return seen === undefined || pullRequest === undefined ? [] : [{ is: "present", input: { ...seen, pull_request: pullRequest } }];
    },
  },
  sources,
});

function ofNode(node: JsonObject, { below }: Around): JsonObject | null {
  if (isPending(node)) return null;
  const commit = node["commit"];
  return {
    ...toWriting(node),
    pull_request: toParent(node, "pullRequest", below),
    state: node["state"],
    commit_id: commit === null ? null : textAt(part(node, "commit"), "oid"),
    submitted_at: node["submittedAt"],
  };
}

function isPending(found: JsonObject): boolean {
  return textAt(found, "state")?.toUpperCase() === "PENDING";
}
