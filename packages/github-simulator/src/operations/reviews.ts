/** Reviews, their threads and comments. All of them touch the pull request, except resolving. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { associationOf } from "./associations.ts";
import { freshId } from "./first-ids.ts";
import { record, recordReferences } from "./timeline.ts";
import { touch } from "./touch.ts";

type Of = { readonly actor: E.User; readonly pullRequest: E.PullRequest };
/** On a line of the diff, or an answer in a thread. */
export type ReviewCommentDraft = { readonly body: string } & ({ readonly path: string; readonly line: number; readonly diffHunk?: string } | { readonly thread: E.ReviewThread });
type Verdict = "approved" | "changes_requested" | "commented";

/** The review is told first, then each of its comments. It fulfils what was asked of the reviewer, which GitHub tells nobody. */
export function submitReview(world: World, { actor, pullRequest, state, body = null, comments = NONE }: Of & { readonly state: Verdict; readonly body?: string | null; readonly comments?: readonly ReviewCommentDraft[] }): E.Review {
  const review = addReview(world, { actor, pullRequest, state, body });
  const added = comments.map((draft) => addReviewComment(world, review, draft));
  fulfilRequest(world, pullRequest, actor);
  announce(world, actor, review, added);
  return review;
}

/** Nobody but its author sees a pending review; its comments join the repository's when it is submitted. */
export function startReview(world: World, { actor, pullRequest, comments = NONE }: Of & { readonly comments?: readonly ReviewCommentDraft[] }): E.Review {
  const review = addReview(world, { actor, pullRequest, state: "pending", body: null });
  for (const draft of comments) addReviewComment(world, review, draft);
  return review;
}

export function submitPendingReview(world: World, { actor, review, state, body = null }: { readonly actor: E.User; readonly review: E.Review; readonly state: Verdict; readonly body?: string | null }): void {
  const { pullRequest } = review;
  world.journal.assign<E.Review>(review, { state, body, submittedAt: world.now() });
  touch(world, review);
  const comments = commentsOf(review);
  for (const comment of comments) world.journal.push(pullRequest.repository, "reviewComments", comment);
  fulfilRequest(world, pullRequest, actor);
  announce(world, actor, review, comments);
}

/** A single answer is a review of its own, without a body. */
export function replyToThread(world: World, { actor, thread, body }: { readonly actor: E.User; readonly thread: E.ReviewThread; readonly body: string }): E.ReviewComment | undefined {
  const review = submitReview(world, { actor, pullRequest: thread.pullRequest, state: "commented", comments: [{ thread, body }] });
  return thread.comments.findLast((comment) => comment.review === review);
}

export function editReview(world: World, { actor, review, body }: { readonly actor: E.User; readonly review: E.Review; readonly body: string }): void {
  const from = review.body;
  world.journal.set(review, "body", body);
  touch(world, review, review.pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request_review", action: "edited", repository: review.pullRequest.repository, review, changes: { body: { from } } });
}

export function dismissReview(world: World, { actor, review, message }: { readonly actor: E.User; readonly review: E.Review; readonly message: string }): void {
  const { pullRequest } = review;
  world.journal.set(review, "state", "dismissed");
  record(world, { on: pullRequest, type: "review_dismissed", actor, subject: { is: "review", review, message } });
  touch(world, review, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request_review", action: "dismissed", repository: pullRequest.repository, review });
}

export function editReviewComment(world: World, { actor, comment, body }: { readonly actor: E.User; readonly comment: E.ReviewComment; readonly body: string }): void {
  const from = comment.body;
  const { pullRequest } = comment.thread;
  world.journal.set(comment, "body", body);
  touch(world, comment, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request_review_comment", action: "edited", repository: pullRequest.repository, comment, changes: { body: { from } } });
}

/** The last of a thread takes the thread along, the last of a review without words the review. */
export function deleteReviewComment(world: World, { actor, comment }: { readonly actor: E.User; readonly comment: E.ReviewComment }): void {
  const { journal } = world;
  const { thread, review } = comment;
  const { pullRequest } = thread;
  journal.remove(thread, "comments", comment);
  journal.remove(pullRequest.repository, "reviewComments", comment);
  world.forget("PullRequestReviewComment", comment.id);
  if (thread.comments.length === 0) {
    journal.remove(pullRequest, "threads", thread);
    world.forget("PullRequestReviewThread", thread.id);
  }
  if (review.state === "commented" && review.body === null && commentsOf(review).length === 0) {
    journal.remove(pullRequest, "reviews", review);
    world.forget("PullRequestReview", review.id);
  }
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request_review_comment", action: "deleted", repository: pullRequest.repository, comment });
}

export function resolveThread(world: World, { actor, thread }: { readonly actor: E.User; readonly thread: E.ReviewThread }): void {
  if (thread.resolved) return;
  world.journal.assign<E.ReviewThread>(thread, { resolved: true, resolvedBy: actor });
  world.emit({ at: world.now(), actor, event: "pull_request_review_thread", action: "resolved", repository: thread.pullRequest.repository, thread });
}

export function unresolveThread(world: World, { actor, thread }: { readonly actor: E.User; readonly thread: E.ReviewThread }): void {
  if (!thread.resolved) return;
  world.journal.assign<E.ReviewThread>(thread, { resolved: false, resolvedBy: null });
  world.emit({ at: world.now(), actor, event: "pull_request_review_thread", action: "unresolved", repository: thread.pullRequest.repository, thread });
}

export function commentsOf(review: E.Review): E.ReviewComment[] {
  return review.pullRequest.threads.flatMap(({ comments }) => comments.filter((comment) => comment.review === review));
}

function addReview(world: World, { actor, pullRequest, state, body }: Of & { readonly state: E.ReviewState; readonly body: string | null }): E.Review {
  const now = world.now();
  const submittedAt = state === "pending" ? null : now;
  const review: E.Review = { id: freshId(world, "review"), pullRequest, author: actor, authorAssociation: associationOf(pullRequest.repository, actor), state, body, commitSha: pullRequest.headSha, createdAt: now, submittedAt, updatedAt: now };
  world.journal.push(pullRequest, "reviews", review);
  world.register("PullRequestReview", review.id, review);
  return review;
}

function addReviewComment(world: World, review: E.Review, draft: ReviewCommentDraft): E.ReviewComment {
  const now = world.now();
  const { pullRequest, author, commitSha } = review;
  const thread = "thread" in draft ? draft.thread : openThread(world, pullRequest, draft);
  const [first] = thread.comments;
  const diffHunk = first?.diffHunk ?? ("diffHunk" in draft ? draft.diffHunk : undefined) ?? `@@ -${thread.line},3 +${thread.line},4 @@`;
  const comment: E.ReviewComment = {
    id: freshId(world, "reviewComment"), thread, review, author, authorAssociation: review.authorAssociation, body: draft.body, replyTo: first ?? null,
    originalCommitSha: first?.originalCommitSha ?? commitSha, commitSha: first?.commitSha ?? commitSha, diffHunk, createdAt: now, updatedAt: now, reactions: NONE,
  };
  world.journal.push(thread, "comments", comment);
  if (review.state !== "pending") world.journal.push(pullRequest.repository, "reviewComments", comment);
  world.register("PullRequestReviewComment", comment.id, comment);
  return comment;
}

function openThread(world: World, pullRequest: E.PullRequest, { path, line }: { readonly path: string; readonly line: number }): E.ReviewThread {
  const thread: E.ReviewThread = { id: freshId(world, "reviewThread"), pullRequest, path, line, resolved: false, resolvedBy: null, outdated: false, comments: NONE };
  world.journal.push(pullRequest, "threads", thread);
  world.register("PullRequestReviewThread", thread.id, thread);
  return thread;
}

function fulfilRequest(world: World, pullRequest: E.PullRequest, reviewer: E.User): void {
  world.journal.remove(pullRequest, "requestedReviewers", reviewer);
  for (const team of pullRequest.requestedTeams) if (team.members.some(({ user }) => user === reviewer)) world.journal.remove(pullRequest, "requestedTeams", team);
}

function announce(world: World, actor: E.User, review: E.Review, comments: readonly E.ReviewComment[]): void {
  const { pullRequest } = review;
  const { repository } = pullRequest;
  touch(world, pullRequest);
  recordReferences(world, { on: pullRequest, actor, text: review.body });
  for (const { body } of comments) recordReferences(world, { on: pullRequest, actor, text: body });
  world.emit({ at: world.now(), actor, event: "pull_request_review", action: "submitted", repository, review });
  for (const comment of comments) world.emit({ at: world.now(), actor, event: "pull_request_review_comment", action: "created", repository, comment });
}
