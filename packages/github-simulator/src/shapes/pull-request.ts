/** Pull requests: whole (one GET, `pull_request` events), as a list item, and the few facts that stand inside runs and suites. */
import type { Account, PullRequest, Repository } from "../world/entities.ts";
import { toUser, toUserOrNull, toUserUnlessDeleted } from "./account.ts";
import { toLabel } from "./label.ts";
import { toMilestoneOrNull } from "./milestone.ts";
import { toRepository, toRepositoryReference } from "./repository.ts";
import { iso, isoOrNull, type Json, repoApi, repoHtml, type Shaping } from "./shaping.ts";
import { toTeam } from "./team.ts";

type RepositoryShape = (s: Shaping, repository: Repository) => Json;

/** The item of a list; webhook payloads about reviews hold this form too. */
export function toPullRequestItem(s: Shaping, pullRequest: PullRequest, repositoryShape: RepositoryShape = toRepository): Json {
  const { repository, number } = pullRequest;
  const api = repoApi(s, repository);
  const url = `${api}/pulls/${number}`;
  const html = `${repoHtml(s, repository)}/pull/${number}`;
  const issueUrl = `${api}/issues/${number}`;
  const links = {
    commits: `${url}/commits`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    comments: `${issueUrl}/comments`,
    statuses: `${api}/statuses/${pullRequest.headSha}`,
  };
  const { headRepository } = pullRequest;
  return {
    url,
    id: pullRequest.id,
    node_id: s.nodeId("PullRequest", repository.id, pullRequest.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issueUrl,
    number,
    state: pullRequest.state,
    locked: pullRequest.locked,
    title: pullRequest.title,
    user: toUser(s, pullRequest.author),
    body: pullRequest.body,
    created_at: iso(pullRequest.createdAt),
    updated_at: iso(pullRequest.updatedAt),
    closed_at: isoOrNull(pullRequest.closedAt),
    merged_at: isoOrNull(pullRequest.mergedAt),
    merge_commit_sha: pullRequest.mergeCommitSha,
    assignee: toUserOrNull(s, pullRequest.assignees[0] ?? null),
    assignees: pullRequest.assignees.map((user) => toUser(s, user)),
    requested_reviewers: pullRequest.requestedReviewers.map((user) => toUser(s, user)),
    requested_teams: pullRequest.requestedTeams.map((team) => toTeam(s, team)),
    labels: pullRequest.labels.map((label) => toLabel(s, label)),
    milestone: toMilestoneOrNull(s, pullRequest.milestone),
    draft: pullRequest.draft,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: toEnd(s, pullRequest.headOwner, pullRequest.headRef, pullRequest.headSha, headRepository === null || headRepository.deleted ? null : repositoryShape(s, headRepository)),
    base: toEnd(s, repository.owner, pullRequest.baseRef, pullRequest.baseSha, repositoryShape(s, repository)),
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: issueUrl },
      comments: { href: links.comments },
      review_comments: { href: links.review_comments },
      review_comment: { href: links.review_comment },
      commits: { href: links.commits },
      statuses: { href: links.statuses },
    },
    author_association: pullRequest.authorAssociation,
    auto_merge: toAutoMerge(s, pullRequest),
    active_lock_reason: pullRequest.lockReason,
  };
}

/**
 * Whole. GitHub works out `mergeable` after it was asked for the first time: an event that changes the head says `unknown`, a later GET knows.
 * The comments counted are those of the conversation, apart from those on lines.
 */
export function toPullRequest(s: Shaping, pullRequest: PullRequest, mergeabilityKnown = true, repositoryShape: RepositoryShape = toRepository): Json {
  const known = mergeabilityKnown && pullRequest.state === "open";
  return {
    ...toPullRequestItem(s, pullRequest, repositoryShape),
    merged: pullRequest.mergedAt !== null,
    mergeable: known ? true : null,
    rebaseable: known ? true : null,
    mergeable_state: !known ? "unknown" : pullRequest.draft ? "draft" : "clean",
    merged_by: toUserUnlessDeleted(s, pullRequest.mergedBy),
    comments: pullRequest.comments.length,
    review_comments: pullRequest.threads.reduce((sum, thread) => sum + thread.comments.length, 0),
    maintainer_can_modify: pullRequest.state === "open" && pullRequest.headRepository !== null && pullRequest.headRepository !== pullRequest.repository,
    commits: pullRequest.commits.length,
    additions: pullRequest.additions,
    deletions: pullRequest.deletions,
    changed_files: pullRequest.changedFiles,
  };
}

/** Inside workflow runs, check suites and check runs. GitHub leaves out those whose fork is gone. */
export function toPullRequestReferences(s: Shaping, pullRequest: PullRequest | null): readonly Json[] {
  return pullRequest === null || pullRequest.headRepository === null ? [] : [toPullRequestReference(s, pullRequest, pullRequest.headRepository)];
}

export function toPullRequestReference(s: Shaping, pullRequest: PullRequest, headRepository: Repository): Json {
  return {
    url: `${repoApi(s, pullRequest.repository)}/pulls/${pullRequest.number}`,
    id: pullRequest.id,
    number: pullRequest.number,
    head: { ref: pullRequest.headRef, sha: pullRequest.headSha, repo: toRepositoryReference(s, headRepository) },
    base: { ref: pullRequest.baseRef, sha: pullRequest.baseSha, repo: toRepositoryReference(s, pullRequest.repository) },
  };
}

function toEnd(s: Shaping, owner: Account, ref: string, sha: string, repo: Json | null): Json {
  const user = owner.type === "Organization" ? toUser(s, owner) : toUserUnlessDeleted(s, owner);
  return { label: `${owner.login}:${ref}`, ref, sha, user, repo };
}

function toAutoMerge(s: Shaping, { autoMerge, title, number }: PullRequest): Json | null {
  if (autoMerge === null) return null;
  return { enabled_by: toUser(s, autoMerge.enabledBy), merge_method: autoMerge.method, commit_title: autoMerge.method === "rebase" ? "" : `${title} (#${number})`, commit_message: "" };
}
