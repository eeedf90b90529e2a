/**
 * Issue events (`…/issues/events`) and the timeline of one issue or pull request, where comments, reviews and commits join them. The actor of an event
 * whose account is gone is null, not ghost.
 */
import type { Commit, IssueComment, Issue, PullRequest, Review, TimelineEvent } from "../world/entities.ts";
import { toUser, toUserUnlessDeleted } from "./account.ts";
import { toPerformingApp } from "./app.ts";
import { toGitCommit } from "./commit.ts";
import { toIssueComment } from "./issue-comment.ts";
import { toIssue } from "./issue.ts";
import { toReview } from "./review.ts";
import { iso, type Json, once, repoApi, type Shaping } from "./shaping.ts";
import { toTeam } from "./team.ts";

/** Of the whole repository, or one by its id: with the issue. */
export function toIssueEvent(s: Shaping, event: TimelineEvent): Json {
  return { ...toEventOfIssue(s, event), issue: once(s, "issue-of-event", event.on, () => toIssue(s, event.on)) };
}

/** `…/issues/{n}/events`. */
export function toEventOfIssue(s: Shaping, event: TimelineEvent): Json {
  const { repository } = event.on;
  const sha = event.subject?.is === "commit" ? event.subject.sha : null;
  return {
    id: event.id,
    node_id: s.nodeId("TimelineEvent", repository.id, event.id),
    url: `${repoApi(s, repository)}/issues/events/${event.id}`,
    actor: toUserUnlessDeleted(s, event.actor),
    event: event.type,
    commit_id: sha,
    commit_url: sha === null ? null : `${repoApi(s, repository)}/commits/${sha}`,
    created_at: iso(event.createdAt),
    ...subjectOf(s, event),
    performed_via_github_app: toPerformingApp(s, event.actor),
  };
}

/** The timeline's form of an event; a cross-reference has neither id nor address there. */
export function toTimelineEvent(s: Shaping, event: TimelineEvent): Json {
  if (event.type !== "cross-referenced" || event.subject?.is !== "source") return toEventOfIssue(s, event);
  return {
    actor: toUserUnlessDeleted(s, event.actor),
    created_at: iso(event.createdAt),
    updated_at: iso(event.createdAt),
    source: { type: "issue", issue: toIssue(s, event.subject.source) },
    event: event.type,
  };
}

export function toCommentedEvent(s: Shaping, comment: IssueComment): Json {
  return { ...toIssueComment(s, comment), event: "commented", actor: toUser(s, comment.author) };
}

export function toReviewedEvent(s: Shaping, review: Review): Json {
  return { ...toReview(s, review), state: review.state, body: review.body, event: "reviewed" };
}

export function toCommittedEvent(s: Shaping, commit: Commit, pullRequest: PullRequest): Json {
  return { ...toGitCommit(s, commit, pullRequest.repository), event: "committed" };
}

function subjectOf(s: Shaping, { type, subject, actor, on }: TimelineEvent): Json {
  if (type === "closed") return { state_reason: on.type === "issue" && on.stateReason !== "reopened" ? on.stateReason : null };
  switch (subject?.is) {
    case undefined:
      return {};
    case "label":
      return { label: { name: subject.name, color: subject.color } };
    case "user":
      return type === "review_requested" || type === "review_request_removed"
        ? { review_requester: toUserUnlessDeleted(s, actor), requested_reviewer: toUser(s, subject.user) }
        : { assignee: toUser(s, subject.user), assigner: toUser(s, actor) };
    case "team":
      return { review_requester: toUserUnlessDeleted(s, actor), requested_team: toTeam(s, subject.team) };
    case "milestone":
      return { milestone: { title: subject.title } };
    case "rename":
      return { rename: { from: subject.from, to: subject.to } };
    case "lock":
      return { lock_reason: subject.reason };
    case "review":
      return { dismissed_review: { state: "approved", review_id: subject.review.id, dismissal_message: subject.message } };
    case "source":
      return relatedIssue(s, type, subject.source);
    case "commit":
    case "transfer":
    case "force-push":
    case "ref":
      return {};
    default:
      return subject satisfies never;
  }
}

function relatedIssue(s: Shaping, type: TimelineEvent["type"], source: Issue | PullRequest): Json {
  if (type === "parent_issue_added") return { parent_issue: toIssue(s, source) };
  return type === "sub_issue_added" ? { sub_issue: toIssue(s, source) } : {};
}
