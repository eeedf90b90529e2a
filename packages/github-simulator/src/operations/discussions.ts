/** Discussions: their numbers are those of issues and pull requests; they have neither timeline nor events of that list. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { associationOf } from "./associations.ts";
import { takeNumber } from "./conversations.ts";
import { freshId } from "./first-ids.ts";
import { edit, isEmpty, touch } from "./touch.ts";

type Of = { readonly actor: E.User; readonly discussion: E.Discussion };

const DEFAULT_CATEGORIES: readonly (readonly [name: string, emoji: string, description: string, isAnswerable: boolean])[] = [
  ["Announcements", ":mega:", "Updates from maintainers", false],
  ["General", ":speech_balloon:", "Chat about anything and everything here", false],
  ["Ideas", ":bulb:", "Share ideas for new features", false],
  ["Polls", ":ballot_box:", "Take a vote from the community", false],
  ["Q&A", ":pray:", "Ask the community for help", true],
  ["Show and tell", ":raised_hands:", "Show off something you've made", false],
];

/** The setting, and the categories that GitHub begins with. */
export function enableDiscussions(world: World, { repository }: { readonly repository: E.Repository }): void {
  world.journal.set(repository, "hasDiscussions", true);
  if (repository.discussionCategories.length > 0) return;
  for (const [name, emoji, description, isAnswerable] of DEFAULT_CATEGORIES) createCategory(world, { repository, name, emoji, description, isAnswerable });
}

export function createCategory(world: World, { repository, name, emoji = ":hash:", description = "", isAnswerable = false }: Pick<E.DiscussionCategory, "repository" | "name"> & Partial<Pick<E.DiscussionCategory, "emoji" | "description" | "isAnswerable">>): E.DiscussionCategory {
  const slug = name.toLowerCase().replaceAll("&", "-").replaceAll(/[^a-z0-9-]+/g, "-");
  const category: E.DiscussionCategory = { id: freshId(world, "discussionCategory"), repository, name, slug, emoji, description, isAnswerable, createdAt: world.now() };
  world.journal.push(repository, "discussionCategories", category);
  world.register("DiscussionCategory", category.id, category);
  return category;
}

export function createDiscussion(world: World, { actor, repository, title, body, category }: { readonly actor: E.User; readonly repository: E.Repository; readonly title: string; readonly body: string; readonly category: E.DiscussionCategory }): E.Discussion {
  const discussion = addDiscussion(world, { repository, author: actor, title, body, category, createdAt: world.now() });
  world.emit({ at: world.now(), actor, event: "discussion", action: "created", repository, discussion });
  return discussion;
}

export function addDiscussion(world: World, { repository, author, title, body, category, createdAt }: Pick<E.Discussion, "repository" | "author" | "title" | "body" | "category" | "createdAt">): E.Discussion {
  const discussion: E.Discussion = {
    type: "discussion", id: freshId(world, "discussion"), repository, number: takeNumber(world, repository), title, body, author, authorAssociation: associationOf(repository, author), category,
    state: "open", stateReason: null, locked: false, lockReason: null, labels: NONE, answer: null, answerChosenAt: null, answerChosenBy: null, comments: NONE, reactions: NONE,
    createdAt, updatedAt: world.now(), closedAt: null,
  };
  world.journal.push(repository, "numbered", discussion);
  world.journal.push(repository, "discussions", discussion);
  world.register("Discussion", discussion.id, discussion);
  return discussion;
}

export function editDiscussion(world: World, { actor, discussion, ...wanted }: Of & Partial<Pick<E.Discussion, "title" | "body">>): void {
  const changes = edit(world, discussion, wanted);
  if (isEmpty(changes)) return;
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion", action: "edited", repository: discussion.repository, discussion, changes });
}

export function deleteDiscussion(world: World, { actor, discussion }: Of): void {
  const { repository, number } = discussion;
  takeOutDiscussion(world, discussion);
  world.journal.put(repository.goneNumbers, number, world.now());
  world.emit({ at: world.now(), actor, event: "discussion", action: "deleted", repository, discussion });
}

export function takeOutDiscussion(world: World, discussion: E.Discussion): void {
  const { repository, number } = discussion;
  world.journal.set(repository, "numbered", repository.numbered.with(number - 1, undefined));
  world.journal.remove(repository, "discussions", discussion);
  world.forget("Discussion", discussion.id);
  for (const comment of discussion.comments) for (const { id } of [comment, ...comment.replies]) world.forget("DiscussionComment", id);
}

/** At the top level, or as an answer to a top-level comment. */
export function commentOnDiscussion(world: World, { actor, discussion, body, replyTo = null }: Of & { readonly body: string; readonly replyTo?: E.DiscussionComment | null }): E.DiscussionComment {
  const comment = addDiscussionComment(world, { discussion, author: actor, body, replyTo, createdAt: world.now() });
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion_comment", action: "created", repository: discussion.repository, comment });
  return comment;
}

export function addDiscussionComment(world: World, { discussion, author, body, replyTo, createdAt }: Pick<E.DiscussionComment, "discussion" | "author" | "body" | "replyTo" | "createdAt">): E.DiscussionComment {
  const comment: E.DiscussionComment = { id: freshId(world, "discussionComment"), discussion, replyTo, replies: NONE, author, authorAssociation: associationOf(discussion.repository, author), body, createdAt, updatedAt: createdAt, reactions: NONE };
  if (replyTo === null) world.journal.push(discussion, "comments", comment);
  else world.journal.push(replyTo, "replies", comment);
  world.register("DiscussionComment", comment.id, comment);
  return comment;
}

export function editDiscussionComment(world: World, { actor, comment, body }: { readonly actor: E.User; readonly comment: E.DiscussionComment; readonly body: string }): void {
  const from = comment.body;
  world.journal.set(comment, "body", body);
  touch(world, comment, comment.discussion);
  world.emit({ at: world.now(), actor, event: "discussion_comment", action: "edited", repository: comment.discussion.repository, comment, changes: { body: { from } } });
}

/** With the answers to it; an answer of the discussion is one no longer. */
export function deleteDiscussionComment(world: World, { actor, comment }: { readonly actor: E.User; readonly comment: E.DiscussionComment }): void {
  const { discussion, replyTo } = comment;
  if (replyTo === null) world.journal.remove(discussion, "comments", comment);
  else world.journal.remove(replyTo, "replies", comment);
  for (const { id } of [comment, ...comment.replies]) world.forget("DiscussionComment", id);
  if (discussion.answer === comment) world.journal.assign<E.Discussion>(discussion, { answer: null, answerChosenAt: null, answerChosenBy: null });
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion_comment", action: "deleted", repository: discussion.repository, comment });
}

/** Another answer before it is told as unanswered first. */
export function markAnswer(world: World, { actor, comment }: { readonly actor: E.User; readonly comment: E.DiscussionComment }): void {
  const { discussion } = comment;
  if (discussion.answer !== null) unmarkAnswer(world, { actor, discussion });
  world.journal.assign<E.Discussion>(discussion, { answer: comment, answerChosenAt: world.now(), answerChosenBy: actor });
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion", action: "answered", repository: discussion.repository, discussion, answer: comment });
}

export function unmarkAnswer(world: World, { actor, discussion }: Of): void {
  const { answer } = discussion;
  if (answer === null) return;
  world.journal.assign<E.Discussion>(discussion, { answer: null, answerChosenAt: null, answerChosenBy: null });
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion", action: "unanswered", repository: discussion.repository, discussion, answer });
}

export function changeCategory(world: World, { actor, discussion, category }: Of & { readonly category: E.DiscussionCategory }): void {
  const fromCategory = discussion.category;
  world.journal.set(discussion, "category", category);
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion", action: "category_changed", repository: discussion.repository, discussion, fromCategory });
}

export function closeDiscussion(world: World, { actor, discussion, reason = "resolved" }: Of & { readonly reason?: "resolved" | "outdated" | "duplicate" }): void {
  world.journal.assign<E.Discussion>(discussion, { state: "closed", stateReason: reason, closedAt: world.now() });
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion", action: "closed", repository: discussion.repository, discussion });
}

export function reopenDiscussion(world: World, { actor, discussion }: Of): void {
  world.journal.assign<E.Discussion>(discussion, { state: "open", stateReason: null, closedAt: null });
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion", action: "reopened", repository: discussion.repository, discussion });
}

export function lockDiscussion(world: World, { actor, discussion, reason = null }: Of & { readonly reason?: E.LockReason | null }): void {
  world.journal.assign<E.Discussion>(discussion, { locked: true, lockReason: reason });
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion", action: "locked", repository: discussion.repository, discussion });
}

export function unlockDiscussion(world: World, { actor, discussion }: Of): void {
  world.journal.assign<E.Discussion>(discussion, { locked: false, lockReason: null });
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion", action: "unlocked", repository: discussion.repository, discussion });
}

export function labelDiscussion(world: World, { actor, discussion, label }: Of & { readonly label: E.Label }): void {
  if (discussion.labels.includes(label)) return;
  world.journal.push(discussion, "labels", label);
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion", action: "labeled", repository: discussion.repository, discussion, label });
}

export function unlabelDiscussion(world: World, { actor, discussion, label }: Of & { readonly label: E.Label }): void {
  if (!discussion.labels.includes(label)) return;
  world.journal.remove(discussion, "labels", label);
  touch(world, discussion);
  world.emit({ at: world.now(), actor, event: "discussion", action: "unlabeled", repository: discussion.repository, discussion, label });
}

/** Pins are the repository's, not the discussion's: nothing of it changes. */
export function pinDiscussion(world: World, { actor, discussion }: Of): void {
  world.emit({ at: world.now(), actor, event: "discussion", action: "pinned", repository: discussion.repository, discussion });
}

export function unpinDiscussion(world: World, { actor, discussion }: Of): void {
  world.emit({ at: world.now(), actor, event: "discussion", action: "unpinned", repository: discussion.repository, discussion });
}
