import { part, textAt } from "@octally/shared/json";
import { defineKind, type WebhookReader } from "../define-kind.ts";
import { account, actor, actorOrNobody, addedLater, count, date, flag, keyword, lowerKeyword, nullable, object, setOf, title } from "../field.ts";
import { isPullRequest, labelNames, milestoneRef, nodeId, numberKey, repositoryRef, teamRef, writing } from "../references.ts";

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
    requested_reviewers: setOf(account),
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
  // Of an open pull request it names GitHub's trial merge: a passing value.
  prepare: (input) => (input["merged"] === true ? input : { ...input, merge_commit_sha: null }),
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
});

/** In these events it lacks its counts, or has the form of an issue. */
function shortened(key: "pull_request" | "issue"): WebhookReader {
  return (payload) => {
    const input = part(payload, key);
    if (input === undefined || (key === "issue" && !isPullRequest(input))) return [];
    return [{ is: "changed", nodeId: textAt(input, "node_id"), key: numberKey(input) }];
  };
}
