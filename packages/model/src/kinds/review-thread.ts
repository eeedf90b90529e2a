import { objectsAt, part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { actor, actorOrNobody, addedLater, count, date, flag, keyword, lowerKeyword, nullable, upperKeyword } from "../field.ts";
import { databaseId, REPOSITORY_UP, toParent, toUser } from "../graphql-parts.ts";
import { nodeId, pullRequestRef } from "../references.ts";
import { noWay, type Around, type Sources } from "../sources.ts";

/** The first comment of each is a list again: 25 pull requests with up to 8 threads are 1 + 25 + 200 requests, 2 points. */
const sources: Sources = {
  graphql: {
    type: "PullRequestReviewThread",
    key: "id",
    up: `pullRequest { fullDatabaseId number } ${REPOSITORY_UP}`,
    whole: {
      fields: "isResolved resolvedBy { ...actor } path originalLine originalStartLine diffSide startDiffSide subjectType",
      lists: [{ field: "comments", first: 1, fields: "fullDatabaseId author { ...actor } createdAt state", beginning: true }],
      toInput: ofNode,
    },
    children: [],
  },
  rest: noWay("REST does not know threads."),
  list: [{ by: "parent", parent: "pull-request", first: 25 }],
  one: [{ by: "node", atOnce: 100 }],
  count: noWay("GitHub counts threads one pull request at a time."),
  inventory: { by: "list" },
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "repository", name: "pull_requests", access: "read", scope: "repo" },
};

/** GitHub's threads have no number of their own; the first comment, which every source gives, has one. Its line today ages with the diff: see review-comment. */
export const reviewThread = defineKind({
  name: "review-thread",
  description: "A conversation about a line or a file of a pull request's diff, resolved or not.",
  parent: "pull-request",
  scope: "repository",
  identity: ["id"],
  fields: {
    /** The id of the first comment. */
    id: count,
    /** The thread's. */
    node_id: nodeId,
    pull_request: pullRequestRef,
    is_resolved: flag,
    /** Null also where it was an app: GraphQL tells of people alone. */
    resolved_by: actorOrNobody,
    /** Who began it, and when. */
    user: actor,
    created_at: date,
    path: keyword,
    original_line: addedLater(nullable(count), null),
    original_start_line: addedLater(nullable(count), null),
    side: addedLater(nullable(upperKeyword), null),
    start_side: addedLater(nullable(upperKeyword), null),
    subject_type: addedLater(lowerKeyword, "line"),
  },
  prepare: (input) => ({ ...input, resolved_by: (textAt(part(input, "resolved_by"), "type") ?? "User") === "User" ? input["resolved_by"] : null }),
  fromWebhook: {
    pull_request_review_thread: (payload, { action }) => {
      const thread = part(payload, "thread");
      const first = objectsAt(thread, "comments").find((comment) => typeof comment["in_reply_to_id"] !== "number");
      if (thread === undefined) return [];
      const known = { node_id: textAt(thread, "node_id"), pull_request: part(payload, "pull_request") };
      // Any other action leaves open which of the two it is now.
      if (first === undefined || (action !== "resolved" && action !== "unresolved")) return [{ is: "changed", nodeId: known.node_id }];
      const resolved = action === "resolved";
      return [{ is: "present", input: { ...first, ...known, is_resolved: resolved, resolved_by: resolved ? (payload["sender"] ?? null) : null } }];
    },
  },
  sources,
});

/** One whose comments were never submitted is seen by its author alone. */
function ofNode(node: JsonObject, { below }: Around): JsonObject | null {
  const first = objectsAt(part(node, "comments"), "nodes")[0];
  if (first?.["state"] === "PENDING") return null;
  return {
    id: databaseId(first),
    node_id: textAt(node, "id"),
    pull_request: toParent(node, "pullRequest", below),
    is_resolved: node["isResolved"],
    resolved_by: toUser(node["resolvedBy"]),
    user: toUser(first?.["author"]),
    created_at: first?.["createdAt"],
    path: node["path"],
    original_line: node["originalLine"],
    original_start_line: node["originalStartLine"],
    side: node["diffSide"],
    start_side: node["startDiffSide"],
    subject_type: node["subjectType"],
  };
}
