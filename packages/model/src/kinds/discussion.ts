import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind, type Sighting } from "../define-kind.ts";
import { actorOrNobody, addedLater, count, date, flag, GHOST, keyword, link, lowerKeyword, nullable, object, orNothing, title } from "../field.ts";
import { placeOf } from "../place.ts";
import { labelNames, nodeId, numberKey, writing } from "../references.ts";
import { LABELS, REPOSITORY_UP, nodesAt, toLockReason, toNames, toUser, toWriting, WRITING } from "../graphql-parts.ts";
import { noWay, type Place, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: {
    type: "Discussion",
    key: "id databaseId number updatedAt",
    up: REPOSITORY_UP,
    whole: {
      fields: `${WRITING} title closed stateReason category { name slug isAnswerable } locked activeLockReason answer { url } answerChosenAt answerChosenBy { ...actor }`,
      lists: [LABELS],
      toInput: ofNode,
    },
    children: [{ kind: "discussion-comment", field: "comments", first: 10 }],
  },
  rest: noWay("REST does not know discussions."),
  list: [
    {
      by: "graphql",
      of: "repository",
      connection: { field: "discussions", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 25 },
      changed: "orderBy: { field: UPDATED_AT, direction: DESC }",
      with: ["discussion-comment"],
    },
  ],
  one: [{ by: "node", atOnce: 100 }],
  count: { by: "graphql", of: "repository", field: "discussions" },
  inventory: {
    by: "graphql",
    of: "repository",
    connection: { field: "discussions", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 100 },
    latest: "orderBy: { field: UPDATED_AT, direction: DESC }",
    dated: true,
  },
  deletion: { events: ["discussion.deleted", "discussion.transferred"], answers410: false, listing: true },
  permission: { on: "repository", name: "discussions", access: "read", scope: "repo" },
};

/** The count of comments is not here: GitHub's sources do not agree whether replies count. */
export const discussion = defineKind({
  name: "discussion",
  description: "A discussion of a repository, with its category and its answer.",
  scope: "repository",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    number: count,
    title,
    ...writing,
    /** `open` or `closed`; `locked` is a flag. */
    state: keyword,
    state_reason: addedLater(nullable(lowerKeyword), null),
    category: object({ name: title, slug: keyword, is_answerable: flag }),
    labels: addedLater(labelNames, []),
    locked: flag,
    active_lock_reason: addedLater(nullable(lowerKeyword), null),
    answer_html_url: orNothing(link),
    answer_chosen_at: nullable(date),
    answer_chosen_by: actorOrNobody,
  },
  // Whoever chose an answer and is null is a deleted user.
  prepare: (input) => ({ ...input, state: openOrClosed(input), ...(typeof input["answer_chosen_at"] === "string" && input["answer_chosen_by"] === null ? { answer_chosen_by: GHOST } : {}) }),
  fromWebhook: {
    discussion: (payload, { action }) => {
      const changes = part(payload, "changes");
      const seen = sighted(part(payload, "discussion"), undefined, action === "deleted" || action === "transferred");
      return action === "transferred" ? [...seen, ...sighted(part(changes, "new_discussion"), placeOf(part(changes, "new_repository")))] : seen;
    },
    discussion_comment: (payload) => sighted(part(payload, "discussion")),
  },
  sources,
});

function ofNode(node: JsonObject): JsonObject {
  const category = part(node, "category");
  return {
    ...toWriting(node),
    title: node["title"],
    state: node["closed"] === undefined ? undefined : node["closed"] === true ? "closed" : "open",
    state_reason: node["stateReason"],
    category: { name: category?.["name"], slug: category?.["slug"], is_answerable: category?.["isAnswerable"] },
    labels: toNames(nodesAt(node, "labels")),
    locked: node["locked"],
    active_lock_reason: toLockReason(node["activeLockReason"]),
    answer_html_url: node["answer"] === null ? null : textAt(part(node, "answer"), "url"),
    answer_chosen_at: node["answerChosenAt"],
    answer_chosen_by: toUser(node["answerChosenBy"]),
  };
}

function sighted(input: JsonObject | undefined, place?: Place, gone = false): Sighting[] {
  if (input === undefined) return [];
  return gone ? [{ is: "deleted", input, place }] : [{ is: "present", input, place, key: numberKey(input) }];
}

const REASONS_TO_CLOSE = new Set(["resolved", "outdated", "duplicate"]);

/** Webhooks put `locked`, `converting` and `transferring` in the place of the state; the reason of a closed one stays. */
function openOrClosed(input: JsonObject): JsonObject[string] {
  const state = textAt(input, "state")?.toLowerCase();
  if (state === undefined) return undefined;
  return state === "closed" || REASONS_TO_CLOSE.has(textAt(input, "state_reason")?.toLowerCase() ?? "") ? "closed" : "open";
}
