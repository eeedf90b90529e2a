import { isJsonObject, part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind, type WebhookReader } from "../define-kind.ts";
import { account, actor, actorOrNobody, addedLater, count, date, flag, GHOST, keyword, lowerKeyword, nullable, object, setOf, title } from "../field.ts";
import { ASSIGNEES, LABELS, REPOSITORY_UP, nodesAt, toLockReason, toNames, toRepositoryName, toTeamName, toUser, toUsers, toWriting, totalAt, WRITING } from "../graphql-parts.ts";
import { isPullRequest, labelNames, milestoneRef, nodeId, numberKey, repositoryRef, teamRef, withAssignees, writing } from "../references.ts";
import type { Sources } from "../sources.ts";
import { PULL_REQUEST_TIMELINE } from "../timeline-types.ts";

/**
 * Six lists a pull request: 40 of them are 1 + 240 requests of GitHub's own counting, 2 points. Comments come by REST's list of
 * the repository, which has those of issues too.
 */
const sources: Sources = {
  graphql: {
    type: "PullRequest",
    key: "id fullDatabaseId number updatedAt",
    up: REPOSITORY_UP,
    whole: {
      fields: `${WRITING} title state isDraft merged mergedAt mergedBy { ...actor } mergeCommit { oid } autoMergeRequest { enabledBy { ...actor } mergeMethod }
        closedAt milestone { number title } locked activeLockReason headRefName headRefOid headRepository { databaseId nameWithOwner } baseRefName baseRefOid
        additions deletions changedFiles`,
      lists: [
        LABELS,
        ASSIGNEES,
        { field: "reviewRequests", first: 20, fields: "requestedReviewer { __typename ...actor ... on Team { databaseId slug name } }" },
      ],
      counts: ["comments", "commits"],
      toInput: ofNode,
    },
    children: [
      // Without the pending ones, which nobody but their author sees.
      { kind: "review", field: "reviews", args: "states: [APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED]", first: 50 },
      { kind: "pull-request-commit", field: "commits", first: 50 },
      { kind: "review-thread", field: "reviewThreads", first: 8 },
      PULL_REQUEST_TIMELINE,
    ],
  },
  rest: { toInput: (found) => found },
  list: [
    {
      by: "graphql",
      of: "repository",
      connection: { field: "pullRequests", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 40 },
      changed: "orderBy: { field: UPDATED_AT, direction: DESC }",
      with: ["review", "pull-request-commit"],
    },
    {
      by: "rest",
      of: "repository",
      path: "/repos/{owner}/{repo}/pulls?state=all",
      load: "sort=created&direction=desc",
      changed: { query: "sort=updated&direction=desc", reads: "to the watermark" },
      items: "shortened",
    },
  ],
  one: [
    { by: "node", atOnce: 40 },
    { by: "rest", path: "/repos/{owner}/{repo}/pulls/{key}", key: "number" },
  ],
  count: { by: "graphql", of: "repository", field: "pullRequests" },
  inventory: {
    by: "graphql",
    of: "repository",
    connection: { field: "pullRequests", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 100 },
    latest: "orderBy: { field: UPDATED_AT, direction: DESC }",
    dated: true,
  },
  // With the account of a spammer, or by GitHub's support: nobody is told.
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "repository", name: "pull_requests", access: "read", scope: "repo" },
};

/**
 * Without what GitHub computes lazily or for the viewer (`mergeable`, `mergeable_state`, `rebaseable`), and without the
 * count of review comments, which GraphQL does not have.
 */
export const pullRequest = defineKind({
  name: "pull-request",
  description: "A pull request: its state, its branches, its size, who is asked to review it.",
  scope: "repository",
  identity: ["id"],
  updatedAt: "updated_at",
  otherRepositories: ["head.repo.id"],
  fields: {
    id: count,
    node_id: nodeId,
    number: count,
    title,
    ...writing,
    state: lowerKeyword,
    draft: addedLater(flag, false),
    merged: flag,
    merged_at: nullable(date),
    merged_by: actorOrNobody,
    merge_commit_sha: nullable(keyword),
    auto_merge: addedLater(nullable(object({ enabled_by: actor, merge_method: lowerKeyword })), null),
    closed_at: nullable(date),
    labels: labelNames,
    assignees: setOf(actor),
    requested_reviewers: addedLater(setOf(account), []),
    requested_teams: addedLater(setOf(teamRef), []),
    milestone: nullable(milestoneRef),
    locked: flag,
    active_lock_reason: addedLater(nullable(lowerKeyword), null),
    /** `repo` is null when the fork is gone. */
    head: object({ ref: keyword, sha: keyword, repo: nullable(repositoryRef) }),
    base: object({ ref: keyword, sha: keyword }),
    comments: count,
    commits: count,
    additions: count,
    deletions: count,
    changed_files: count,
  },
  // Of an open pull request it names GitHub's trial merge: a passing value. Whoever merged and is null is a deleted user.
  prepare: (input) => ({ ...withAssignees(input), ...(input["merged"] !== true ? { merge_commit_sha: null } : input["merged_by"] === null ? { merged_by: GHOST } : {}) }),
  fromWebhook: {
    pull_request: (payload) => {
      const input = part(payload, "pull_request");
      return input === undefined ? [] : [{ is: "present", input, key: numberKey(input) }];
    },
    pull_request_review: shortened("pull_request"),
    pull_request_review_comment: shortened("pull_request"),
    pull_request_review_thread: shortened("pull_request"),
    issues: shortened("issue"),
    issue_comment: shortened("issue"),
  },
  sources,
});

function ofNode(node: JsonObject): JsonObject {
  const auto = node["autoMergeRequest"];
  const requests = nodesAt(node, "reviewRequests");
  const seen = requests?.map((request) => part(request, "requestedReviewer")).filter((reviewer) => reviewer !== undefined);
  // One that the token may not see: the list is not whole.
  const requested = seen?.length === requests?.length ? seen : undefined;
  return {
    ...toWriting(node),
    title: node["title"],
    state: node["state"] === "MERGED" ? "closed" : node["state"],
    draft: node["isDraft"],
    merged: node["merged"],
    merged_at: node["mergedAt"],
    merged_by: toUser(node["mergedBy"]),
    merge_commit_sha: node["mergeCommit"] === null ? null : textAt(part(node, "mergeCommit"), "oid"),
    auto_merge: isJsonObject(auto) ? { enabled_by: toUser(auto["enabledBy"]), merge_method: auto["mergeMethod"] } : auto,
    closed_at: node["closedAt"],
    labels: toNames(nodesAt(node, "labels")),
    assignees: toUsers(nodesAt(node, "assignees")),
    requested_reviewers: toUsers(requested?.filter((reviewer) => !isTeam(reviewer))),
    requested_teams: requested?.filter(isTeam).map(toTeamName),
    milestone: node["milestone"],
    locked: node["locked"],
    active_lock_reason: toLockReason(node["activeLockReason"]),
    head: { ref: node["headRefName"], sha: node["headRefOid"], repo: toRepositoryName(node["headRepository"]) },
    base: { ref: node["baseRefName"], sha: node["baseRefOid"] },
    comments: totalAt(node, "comments"),
    commits: totalAt(node, "commits"),
    additions: node["additions"],
    deletions: node["deletions"],
    changed_files: node["changedFiles"],
  };
}

function isTeam(reviewer: JsonObject): boolean {
  return reviewer["__typename"] === "Team";
}

/** In these events it lacks its counts, or has the form of an issue. */
function shortened(key: "pull_request" | "issue"): WebhookReader {
  return (payload) => {
    const input = part(payload, key);
    if (input === undefined || (key === "issue" && !isPullRequest(input))) return [];
    return [{ is: "changed", nodeId: textAt(input, "node_id"), key: numberKey(input) }];
  };
}
