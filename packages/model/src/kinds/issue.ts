import { part, type JsonObject } from "@octally/shared/json";
import { defineKind, type Sighting, type WebhookReader } from "../define-kind.ts";
import { actor, addedLater, count, date, flag, lowerKeyword, nullable, object, setOf, title } from "../field.ts";
import { placeOf } from "../place.ts";
import { isPullRequest, labelNames, milestoneRef, nodeId, numberKey, withAssignees, writing } from "../references.ts";
import { ISSUE_TIMELINE } from "../timeline-types.ts";
import { noWay, type Place, type Sources } from "../sources.ts";

/**
 * REST's list gives pull requests too, so that 100 of its items may be few issues. It is taken all the same: it alone gives the
 * type, and it tells in the same pages which pull requests there are and how all of them were reacted to.
 */
const sources: Sources = {
  graphql: {
    type: "Issue",
    key: "id fullDatabaseId number updatedAt",
    whole: noWay("GitHub's published GraphQL schema has no type of issues, and no apps among the assigned."),
    children: [ISSUE_TIMELINE],
  },
  rest: { toInput: (found) => (isPullRequest(found) ? null : found) },
  list: [
    {
      by: "rest",
      of: "repository",
      path: "/repos/{owner}/{repo}/issues?state=all",
      load: "sort=created&direction=desc",
      changed: { query: "sort=updated&direction=desc&since={since}", reads: "to the end" },
      items: "whole",
      also: ["reactions"],
    },
  ],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/issues/{key}", key: "number" }],
  count: { by: "graphql", of: "repository", field: "issues" },
  inventory: {
    by: "graphql",
    of: "repository",
    connection: { field: "issues", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 100 },
    latest: "orderBy: { field: UPDATED_AT, direction: DESC }",
    dated: true,
  },
  deletion: { events: ["issues.deleted", "issues.transferred"], answers410: true, listing: true },
  permission: { on: "repository", name: "issues", access: "read", scope: "repo" },
};

/**
 * Who closed it and which app wrote it: GraphQL does not say, so it is not here. Nor is the count of comments: an
 * `issue_comment` event carries the one from before it (recorded: `created` 0, `edited` a second later 1, `deleted` still 1)
 * under the `updated_at` from after it, so that no version could tell the old number from the new one.
 */
export const issue = defineKind({
  name: "issue",
  description: "An issue. Pull requests, which GitHub gives as issues too, are a kind of their own.",
  scope: "repository",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    number: count,
    title,
    ...writing,
    state: lowerKeyword,
    state_reason: addedLater(nullable(lowerKeyword), null),
    type: addedLater(nullable(object({ name: title })), null),
    labels: labelNames,
    assignees: setOf(actor),
    milestone: nullable(milestoneRef),
    locked: flag,
    active_lock_reason: addedLater(nullable(lowerKeyword), null),
    /** How many of them are done changes with them, and neither an event nor `updated_at` tells it of this one. */
    sub_issues_summary: addedLater(object({ total: count }), { total: 0 }),
    closed_at: nullable(date),
  },
  prepare: withAssignees,
  fromWebhook: {
    issues: (payload, { action }) => {
      const changes = part(payload, "changes");
      if (action === "transferred") {
        return [...sighted(part(payload, "issue"), undefined, true), ...sighted(part(changes, "new_issue"), placeOf(part(changes, "new_repository")))];
      }
      const seen = sighted(part(payload, "issue"), undefined, action === "deleted");
      const old = placeOf(part(changes, "old_repository"));
      // The new end of a transfer. Without the old end's repository it would be filed below the new one.
      return action === "opened" && old !== undefined ? [...seen, ...sighted(part(changes, "old_issue"), old, true)] : seen;
    },
    issue_comment: (payload) => sighted(part(payload, "issue")),
    sub_issues: bothEnds("parent_issue", "sub_issue"),
    issue_dependencies: bothEnds("blocked_issue", "blocking_issue"),
    // The related one is left out where it is of another repository.
    issue_relates_to: bothEnds("issue", "related_issue"),
  },
  sources,
});

/** Both are whole, and may lie in two repositories: the event names that of the other one. */
function bothEnds(...keys: readonly [string, string]): WebhookReader {
  return (payload) => keys.flatMap((key) => sighted(part(payload, key), placeOf(part(payload, `${key}_repo`))));
}

function sighted(input: JsonObject | undefined, place?: Place, gone = false): Sighting[] {
  if (input === undefined || isPullRequest(input)) return [];
  return gone ? [{ is: "deleted", input, place }] : [{ is: "present", input, place, key: numberKey(input) }];
}
