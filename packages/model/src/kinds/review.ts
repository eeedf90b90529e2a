import { part } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { actor, count, date, keyword, link, lowerKeyword, nullable, prose } from "../field.ts";
import { authorAssociation, nodeId, pullRequestRef } from "../references.ts";

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
    commit_id: nullable(keyword),
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
});
