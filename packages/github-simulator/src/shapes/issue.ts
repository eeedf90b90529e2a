/** Issues, and pull requests as the issue endpoints know them: by another id, with a `pull_request` key. */
import type { Issue, IssueType, PullRequest } from "../world/entities.ts";
import { toUser, toUserOrNull } from "./account.ts";
import { toPerformingApp } from "./app.ts";
import { toLabel } from "./label.ts";
import { toMilestoneOrNull } from "./milestone.ts";
import { toReactions } from "./reaction.ts";
import { iso, isoOrNull, type Json, repoApi, repoHtml, type Shaping } from "./shaping.ts";

/** REST's form, of one and in lists. */
export function toIssue(s: Shaping, issue: Issue | PullRequest): Json {
  // Clients read the type of whatever is in a list of issues.
  return { ...toWebhookIssue(s, issue), ...(issue.type === "issue" ? {} : { type: null }), closed_by: toUserOrNull(s, issue.closedBy), pinned_comment: null };
}

/** In webhook payloads it is not said who closed it. */
export function toWebhookIssue(s: Shaping, issue: Issue | PullRequest): Json {
  const url = `${repoApi(s, issue.repository)}/issues/${issue.number}`;
  const isIssue = issue.type === "issue";
  const html = `${repoHtml(s, issue.repository)}/${isIssue ? "issues" : "pull"}/${issue.number}`;
  const [assignee] = issue.assignees;
  return {
    url,
    repository_url: repoApi(s, issue.repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: isIssue ? issue.id : issue.issueId,
    node_id: s.nodeId(isIssue ? "Issue" : "PullRequest", issue.repository.id, issue.id),
    number: issue.number,
    title: issue.title,
    user: toUser(s, issue.author),
    labels: issue.labels.map((label) => toLabel(s, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: toUserOrNull(s, assignee ?? null),
    assignees: issue.assignees.map((user) => toUser(s, user)),
    milestone: toMilestoneOrNull(s, issue.milestone),
    comments: issue.comments.length,
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: isoOrNull(issue.closedAt),
    author_association: issue.authorAssociation,
    ...(isIssue ? ofIssue(s, issue) : ofPullRequest(s, issue)),
    body: issue.body,
    reactions: toReactions(url, issue.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: toPerformingApp(s, issue.author),
    state_reason: isIssue ? issue.stateReason : null,
  };
}

function ofIssue(s: Shaping, issue: Issue): Json {
  return {
    type: issue.issueType === null ? null : toIssueType(s, issue, issue.issueType),
    active_lock_reason: issue.lockReason,
    sub_issues_summary: toSubIssuesSummary(issue),
    issue_dependencies_summary: { blocked_by: 0, total_blocked_by: 0, blocking: 0, total_blocking: 0 },
    ...(issue.parentIssue === null ? {} : { parent_issue_url: `${repoApi(s, issue.parentIssue.repository)}/issues/${issue.parentIssue.number}` }),
  };
}

function ofPullRequest(s: Shaping, pullRequest: PullRequest): Json {
  const html = `${repoHtml(s, pullRequest.repository)}/pull/${pullRequest.number}`;
  return {
    active_lock_reason: pullRequest.lockReason,
    draft: pullRequest.draft,
    pull_request: {
      url: `${repoApi(s, pullRequest.repository)}/pulls/${pullRequest.number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: isoOrNull(pullRequest.mergedAt),
    },
  };
}

function toSubIssuesSummary(issue: Issue): Json {
  const total = issue.subIssues.length;
  const completed = issue.subIssues.filter((child) => child.state === "closed").length;
  return { total, completed, percent_completed: total === 0 ? 0 : Math.floor((100 * completed) / total) };
}

export function toIssueType(s: Shaping, issue: Issue, type: IssueType): Json {
  const { owner } = issue.repository;
  return {
    id: type.id,
    node_id: s.nodeId("IssueType", owner.id, type.id),
    name: type.name,
    description: type.description,
    color: type.color,
    created_at: iso(owner.createdAt),
    updated_at: iso(owner.createdAt),
    is_enabled: true,
  };
}
