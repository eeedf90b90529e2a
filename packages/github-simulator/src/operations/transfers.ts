/** Issues and discussions that move to another repository, or become one another: a new record with a new id, and a sign at the old place. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { associationOf } from "./associations.ts";
import { countInMilestone, takeNumber } from "./conversations.ts";
import { addDiscussion, addDiscussionComment, takeOutDiscussion } from "./discussions.ts";
import { freshId } from "./first-ids.ts";
import { addIssue, takeOut } from "./issues.ts";
import { record } from "./timeline.ts";
import { listOf } from "./touch.ts";

type By = { readonly actor: E.User };

/** Told at the old place, then at the new one. Labels and a milestone come along where the new repository has them by the same name. */
export function transferIssue(world: World, { actor, issue, to: repository }: By & { readonly issue: E.Issue; readonly to: E.Repository }): E.Issue {
  const { repository: old, number, id } = issue;
  const now = world.now();
  const moved: E.Issue = {
    ...issue, id: freshId(world, "issue"), repository, number: takeNumber(world, repository), authorAssociation: associationOf(repository, issue.author), updatedAt: now,
    labels: listOf(repository.labels.filter((label) => issue.labels.some(({ name }) => name === label.name))),
    assignees: listOf(issue.assignees), milestone: repository.milestones.find(({ title }) => title === issue.milestone?.title) ?? null,
    comments: NONE, timeline: NONE, reactions: listOf(issue.reactions), subIssues: listOf(issue.subIssues),
  };
  takeOut(world, issue);
  addIssue(world, moved);
  countInMilestone(world, moved.milestone, moved, 1);
  for (const child of moved.subIssues) world.journal.set(child, "parentIssue", moved);
  if (moved.parentIssue !== null) world.journal.push(moved.parentIssue, "subIssues", moved);
  for (const comment of issue.comments) copyComment(world, comment, moved);
  for (const event of issue.timeline) copyEvent(world, event, moved);
  record(world, { on: moved, type: "transferred", actor, subject: { is: "transfer", from: old } });
  world.journal.put(old.movedTo, number, moved);
  const transfer = { from: { repository: old, number, id }, to: moved };
  world.emit({ at: now, actor, event: "issues", action: "transferred", repository: old, issue, transfer });
  world.emit({ at: now, actor, event: "issues", action: "opened", repository, issue: moved, transfer });
  return moved;
}

export function transferDiscussion(world: World, { actor, discussion, to: repository, category }: By & { readonly discussion: E.Discussion; readonly to: E.Repository; readonly category: E.DiscussionCategory }): E.Discussion {
  const { repository: old, number, id, author, title, body, createdAt, closedAt, state, stateReason } = discussion;
  takeOutDiscussion(world, discussion);
  const moved = addDiscussion(world, { repository, author, title, body, category, createdAt });
  world.journal.assign<E.Discussion>(moved, { state, stateReason, closedAt, reactions: listOf(discussion.reactions) });
  for (const comment of discussion.comments) {
    const copy = addDiscussionComment(world, { discussion: moved, author: comment.author, body: comment.body, replyTo: null, createdAt: comment.createdAt });
    for (const reply of comment.replies) addDiscussionComment(world, { discussion: moved, author: reply.author, body: reply.body, replyTo: copy, createdAt: reply.createdAt });
    if (discussion.answer === comment) world.journal.assign<E.Discussion>(moved, { answer: copy, answerChosenAt: discussion.answerChosenAt, answerChosenBy: discussion.answerChosenBy });
  }
  world.journal.put(old.movedTo, number, moved);
  const transfer = { from: { repository: old, number, id }, to: moved };
  world.emit({ at: world.now(), actor, event: "discussion", action: "transferred", repository: old, discussion, transfer });
  return moved;
}

/** The issue is gone, and its number leads to the discussion. */
export function convertToDiscussion(world: World, { actor, issue, category }: By & { readonly issue: E.Issue; readonly category: E.DiscussionCategory }): E.Discussion {
  const { repository, author, title, body, number, createdAt } = issue;
  takeOut(world, issue);
  const discussion = addDiscussion(world, { repository, author, title, body: body ?? "", category, createdAt });
  for (const comment of issue.comments) addDiscussionComment(world, { discussion, author: comment.author, body: comment.body, replyTo: null, createdAt: comment.createdAt });
  world.journal.put(repository.movedTo, number, discussion);
  world.emit({ at: world.now(), actor, event: "discussion", action: "created", repository, discussion });
  world.emit({ at: world.now(), actor, event: "issues", action: "deleted", repository, issue });
  return discussion;
}

function copyComment(world: World, comment: E.IssueComment, on: E.Issue): void {
  const copy: E.IssueComment = { ...comment, id: freshId(world, "issueComment"), on, reactions: listOf(comment.reactions) };
  world.journal.push(on, "comments", copy);
  world.journal.push(on.repository, "issueComments", copy);
  world.register("IssueComment", copy.id, copy);
}

function copyEvent(world: World, event: E.TimelineEvent, on: E.Issue): void {
  const copy: E.TimelineEvent = { ...event, id: freshId(world, "timelineEvent"), on };
  world.journal.push(on, "timeline", copy);
  if (copy.type !== "cross-referenced") world.journal.push(on.repository, "issueEvents", copy);
  world.register("TimelineEvent", copy.id, copy);
}
