import { isJsonObject, part, textAt, type Json, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { actor, actorOrNobody, count, date, flag, keyword, lowerKeyword, nullable, object, prose, title } from "../field.ts";
import { databaseId, toLockReason, toRepositoryName, toTeamName, toUser } from "../graphql-parts.ts";
import { repositoryRef, teamRef } from "../references.ts";
import { noWay, type Around, type Sources } from "../sources.ts";

/** Comments, reviews and commits stand in the timeline too, and are kinds of their own. */
const sources: Sources = {
  graphql: {
    type: "Node",
    key: "__typename ... on Node { id }",
    toKey: (node) => ({ node_id: textAt(node, "id") }),
    whole: { fields: "...timelineEvent", lists: [], toInput: ofNode },
    children: [],
  },
  rest: noWay("REST has no id of cross-references."),
  list: [
    { by: "parent", parent: "pull-request", first: 50 },
    { by: "parent", parent: "issue", first: 50 },
  ],
  one: [
    { by: "parent", parent: "pull-request", key: "subject.number" },
    { by: "parent", parent: "issue", key: "subject.number" },
  ],
  count: noWay("GitHub counts events one issue at a time."),
  inventory: { by: "list" },
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "repository", name: "issues", access: "read", scope: "repo" },
};

const reference = object({ kind: keyword, number: count, repository: object({ full_name: keyword }) });

/**
 * GraphQL's events have no number: their node id, which the client asks for in one format always, identifies them. Names are
 * REST's.
 */
export const timelineEvent = defineKind({
  name: "timeline-event",
  description: "What happened to an issue or a pull request: labelled, assigned, asked for review, renamed, closed, referred to.",
  parent: "issue",
  scope: "repository",
  identity: ["node_id"],
  otherRepositories: ["source.repository.full_name", "from_repository.id"],
  fields: {
    node_id: keyword,
    /** `issue` or `pull-request`. */
    subject_kind: keyword,
    subject: object({ id: count, number: count }),
    event: keyword,
    actor,
    created_at: date,
    label: nullable(object({ name: keyword })),
    assignee: actorOrNobody,
    requested_reviewer: actorOrNobody,
    requested_team: nullable(teamRef),
    dismissed_review: nullable(object({ review_id: nullable(count), state: lowerKeyword, dismissal_message: prose })),
    milestone: nullable(object({ title })),
    /** Of the title, or of the branch that is merged into. */
    rename: nullable(object({ from: keyword, to: keyword })),
    /** A forced push. */
    before_commit: nullable(keyword),
    commit_id: nullable(keyword),
    state_reason: nullable(lowerKeyword),
    lock_reason: nullable(lowerKeyword),
    /** The other issue or pull request: what refers to it, is its parent or part, is the same. Null where the token may not see it. */
    source: nullable(reference),
    will_close_target: nullable(flag),
    from_repository: nullable(repositoryRef),
  },
  fromWebhook: {},
  sources,
});

const NAMES: Readonly<Record<string, string>> = { CrossReferenced: "cross-referenced", RenamedTitle: "renamed" };

/** `HeadRefForcePushedEvent` is `head_ref_force_pushed` in REST. */
function eventName(type: string): string {
  const name = type.replace(/Event$/, "");
  return NAMES[name] ?? name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

function ofNode(node: JsonObject, { below }: Around): JsonObject | null {
  const type = textAt(node, "__typename");
  if (type === undefined) return null;
  const asked = node["requestedReviewer"];
  const isTeam = isJsonObject(asked) && asked["__typename"] === "Team";
  const [from, to] = [textAt(node, "previousTitle") ?? textAt(node, "previousRefName"), textAt(node, "currentTitle") ?? textAt(node, "currentRefName")];
  return {
    node_id: textAt(node, "id"),
    subject_kind: below["kind"],
    subject: { id: below["id"], number: below["number"] },
    event: eventName(type),
    actor: toUser(node["actor"]),
    created_at: node["createdAt"],
    label: nameOf(part(node, "label")),
    assignee: toUser(node["assignee"]) ?? null,
    requested_reviewer: isTeam ? null : (toUser(asked) ?? null),
    requested_team: isTeam ? toTeamName(asked) : null,
    dismissed_review: dismissalOf(node),
    milestone: textAt(node, "milestoneTitle") === undefined ? null : { title: textAt(node, "milestoneTitle") },
    rename: from === undefined || to === undefined ? null : { from, to },
    before_commit: textAt(part(node, "beforeCommit"), "oid") ?? null,
    commit_id: textAt(part(node, "afterCommit"), "oid") ?? textAt(part(node, "commit"), "oid") ?? null,
    state_reason: node["stateReason"] ?? null,
    lock_reason: toLockReason(node["lockReason"]) ?? null,
    source: referenceOf(part(node, "source") ?? part(node, "canonical") ?? part(node, "parent") ?? part(node, "subIssue")),
    will_close_target: node["willCloseTarget"] ?? null,
    from_repository: toRepositoryName(node["fromRepository"]) ?? null,
  };
}

function nameOf(label: JsonObject | undefined): Json {
  return label === undefined ? null : { name: label["name"] };
}

function dismissalOf(node: JsonObject): Json {
  const state = textAt(node, "previousReviewState");
  return state === undefined ? null : { review_id: databaseId(part(node, "review")) ?? null, state, dismissal_message: node["dismissalMessage"] ?? null };
}

function referenceOf(subject: JsonObject | undefined): Json {
  const [number, name] = [subject?.["number"], textAt(part(subject, "repository"), "nameWithOwner")];
  if (number === undefined || name === undefined) return null;
  return { kind: subject?.["__typename"] === "PullRequest" ? "pull-request" : "issue", number, repository: { full_name: name } };
}
