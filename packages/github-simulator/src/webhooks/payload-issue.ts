import { toUser } from "../shapes/account.ts";
import { toDiscussion, toDiscussionCategory, toDiscussionComment } from "../shapes/discussion.ts";
import { toIssueComment } from "../shapes/issue-comment.ts";
import { toIssueType, toWebhookIssue } from "../shapes/issue.ts";
import { toLabel } from "../shapes/label.ts";
import { toMilestone } from "../shapes/milestone.ts";
import { toWebhookRepository } from "../shapes/repository.ts";
import type { Json, Shaping } from "../shapes/shaping.ts";
import type { Discussion, Issue } from "../world/entities.ts";
import type { HappeningOf, Transfer } from "../world/happening.ts";
import { toChanges } from "./payload-changes.ts";

export function issuesBody(s: Shaping, happening: HappeningOf<"issues">): Json {
  const { issue, transfer, label, assignee, milestone } = happening;
  if (transfer !== undefined) return transferBody(s, happening.action === "transferred", "issue", transfer, (moved) => toWebhookIssue(s, moved));
  return {
    issue: toWebhookIssue(s, issue),
    ...toChanges(happening),
    ...(assignee === undefined ? {} : { assignee: toUser(s, assignee) }),
    ...(label === undefined ? {} : { label: toLabel(s, label) }),
    ...(milestone === undefined ? {} : { milestone: toMilestone(s, milestone) }),
    ...(happening.action === "typed" && issue.issueType !== null ? { type: toIssueType(s, issue, issue.issueType) } : {}),
  };
}

/** Of a transfer the old place is told where it went, the new place where it came from. The old form has the old number and id. */
function transferBody<T extends Issue | Discussion>(s: Shaping, atOldPlace: boolean, name: "issue" | "discussion", { from, to }: Transfer<T>, toShape: (thing: T) => Json): Json {
  const before = toShape({ ...to, repository: from.repository, number: from.number, id: from.id });
  const after = toShape(to);
  return atOldPlace
    ? { [name]: before, changes: { [`new_${name}`]: after, new_repository: toWebhookRepository(s, to.repository) } }
    : { [name]: after, changes: { [`old_${name}`]: before, old_repository: toWebhookRepository(s, from.repository) } };
}

/** Told to the repository of each of the two; the other's repository is named with it. */
export function subIssuesBody(s: Shaping, { action, parent, child }: HappeningOf<"sub_issues">): Json {
  return {
    sub_issue_id: child.id,
    sub_issue: toWebhookIssue(s, child),
    ...(action.startsWith("sub_issue") ? { sub_issue_repo: toWebhookRepository(s, child.repository) } : {}),
    parent_issue_id: parent.id,
    parent_issue: toWebhookIssue(s, parent),
    ...(action.startsWith("parent_issue") ? { parent_issue_repo: toWebhookRepository(s, parent.repository) } : {}),
  };
}

export function issueCommentBody(s: Shaping, happening: HappeningOf<"issue_comment">): Json {
  return { ...toChanges(happening), issue: toWebhookIssue(s, happening.comment.on), comment: toIssueComment(s, happening.comment) };
}

export function labelBody(s: Shaping, happening: HappeningOf<"label">): Json {
  return { label: toLabel(s, happening.label), ...toChanges(happening) };
}

export function milestoneBody(s: Shaping, happening: HappeningOf<"milestone">): Json {
  return { ...toChanges(happening), milestone: toMilestone(s, happening.milestone) };
}

export function discussionBody(s: Shaping, happening: HappeningOf<"discussion">): Json {
  const { action, discussion, transfer, label, answer, fromCategory } = happening;
  if (transfer !== undefined && action === "transferred") return transferBody(s, true, "discussion", transfer, (moved) => toDiscussion(s, moved));
  return {
    discussion: toDiscussion(s, discussion),
    ...toChanges(happening),
    ...(fromCategory === undefined ? {} : { changes: { category: { from: toDiscussionCategory(s, fromCategory) } } }),
    ...(answer === undefined ? {} : { [action === "unanswered" ? "old_answer" : "answer"]: toDiscussionComment(s, answer) }),
    ...(label === undefined ? {} : { label: toLabel(s, label) }),
  };
}

export function discussionCommentBody(s: Shaping, happening: HappeningOf<"discussion_comment">): Json {
  return { ...toChanges(happening), comment: toDiscussionComment(s, happening.comment), discussion: toDiscussion(s, happening.comment.discussion) };
}
