/** Reviews, the comments on lines and the threads that these make. */
import type { PullRequest, Review, ReviewComment, ReviewThread } from "../world/entities.ts";
import { toUserUnlessDeleted } from "./account.ts";
import { toReactions } from "./reaction.ts";
import { iso, isoOrNull, type Json, repoApi, repoHtml, type Shaping } from "./shaping.ts";

/** REST writes the state in capitals, and an empty body as "". A pending review was not submitted: the key is absent. */
export function toReview(s: Shaping, review: Review): Json {
  const { html, api } = addressesOf(s, review.pullRequest);
  return {
    id: review.id,
    node_id: s.nodeId("PullRequestReview", review.pullRequest.repository.id, review.id),
    user: toUserUnlessDeleted(s, review.author),
    body: review.body ?? "",
    state: review.state.toUpperCase(),
    html_url: `${html}#pullrequestreview-${review.id}`,
    pull_request_url: api,
    author_association: review.authorAssociation,
    _links: { html: { href: `${html}#pullrequestreview-${review.id}` }, pull_request: { href: api } },
    ...(review.submittedAt === null ? {} : { submitted_at: iso(review.submittedAt) }),
    commit_id: review.commitSha,
  };
}

/** Webhook payloads write it in small letters, and no body as null. */
export function toWebhookReview(s: Shaping, review: Review): Json {
  return {
    ...toReview(s, review),
    body: review.body === "" ? null : review.body,
    state: review.state,
    submitted_at: isoOrNull(review.submittedAt),
    updated_at: iso(review.updatedAt),
  };
}

/** An outdated comment has lost its line; what it was written on stays as `original_…`. */
export function toReviewComment(s: Shaping, comment: ReviewComment): Json {
  const { thread, review } = comment;
  const { repository } = thread.pullRequest;
  const { html, api } = addressesOf(s, thread.pullRequest);
  const url = `${repoApi(s, repository)}/pulls/comments/${comment.id}`;
  const line = thread.outdated ? null : thread.line;
  return {
    url,
    pull_request_review_id: review.id,
    id: comment.id,
    node_id: s.nodeId("PullRequestReviewComment", repository.id, comment.id),
    diff_hunk: comment.diffHunk,
    path: thread.path,
    commit_id: comment.commitSha,
    original_commit_id: comment.originalCommitSha,
    user: toUserUnlessDeleted(s, comment.author),
    body: comment.body,
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    html_url: `${html}#discussion_r${comment.id}`,
    pull_request_url: api,
    _links: { self: { href: url }, html: { href: `${html}#discussion_r${comment.id}` }, pull_request: { href: api } },
    reactions: toReactions(url, comment.reactions),
    start_line: null,
    original_start_line: null,
    start_side: null,
    line,
    original_line: thread.line,
    side: "RIGHT",
    ...(comment.replyTo === null ? {} : { in_reply_to_id: comment.replyTo.id }),
    author_association: comment.authorAssociation,
    original_position: thread.line,
    position: line,
    subject_type: "line",
  };
}

/** Known to webhooks alone: REST has no threads. */
export function toReviewThread(s: Shaping, thread: ReviewThread): Json {
  return { node_id: s.nodeId("PullRequestReviewThread", thread.pullRequest.repository.id, thread.id), comments: thread.comments.map((comment) => toReviewComment(s, comment)) };
}

function addressesOf(s: Shaping, pullRequest: PullRequest): { readonly html: string; readonly api: string } {
  return { html: `${repoHtml(s, pullRequest.repository)}/pull/${pullRequest.number}`, api: `${repoApi(s, pullRequest.repository)}/pulls/${pullRequest.number}` };
}
