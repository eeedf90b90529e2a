/** Discussions and their comments: in webhook payloads and, since 2025, in REST. */
import type { Discussion, DiscussionCategory, DiscussionComment } from "../world/entities.ts";
import { toUser, toUserOrNull } from "./account.ts";
import { toLabel } from "./label.ts";
import { toReactions } from "./reaction.ts";
import { iso, isoMillis, isoOrNull, type Json, repoApi, repoHtml, type Shaping } from "./shaping.ts";

/** `state` says `locked` too, where the other forms of a conversation have only open and closed. */
export function toDiscussion(s: Shaping, discussion: Discussion): Json {
  const { repository, number, answer } = discussion;
  const html = `${repoHtml(s, repository)}/discussions/${number}`;
  const api = `${repoApi(s, repository)}/discussions/${number}`;
  return {
    repository_url: repoApi(s, repository),
    category: toDiscussionCategory(s, discussion.category),
    answer_html_url: answer === null ? null : commentHtml(html, answer),
    answer_chosen_at: isoOrNull(discussion.answerChosenAt),
    answer_chosen_by: toUserOrNull(s, discussion.answerChosenBy),
    html_url: html,
    id: discussion.id,
    node_id: s.nodeId("Discussion", repository.id, discussion.id),
    number,
    title: discussion.title,
    user: toUser(s, discussion.author),
    labels: discussion.labels.map((label) => toLabel(s, label)),
    state: discussion.locked ? "locked" : discussion.state,
    state_reason: discussion.stateReason,
    locked: discussion.locked,
    comments: countComments(discussion),
    created_at: iso(discussion.createdAt),
    updated_at: iso(discussion.updatedAt),
    author_association: discussion.authorAssociation,
    active_lock_reason: discussion.lockReason,
    body: discussion.body,
    reactions: toReactions(api, discussion.reactions),
    timeline_url: `${api}/timeline`,
  };
}

export function toDiscussionCategory(s: Shaping, category: DiscussionCategory): Json {
  return {
    id: category.id,
    node_id: s.nodeId("DiscussionCategory", category.repository.id, category.id),
    repository_id: category.repository.id,
    emoji: category.emoji,
    name: category.name,
    description: category.description,
    created_at: isoMillis(category.createdAt),
    updated_at: isoMillis(category.createdAt),
    slug: category.slug,
    is_answerable: category.isAnswerable,
  };
}

/** Its `repository_url` is a name, no address: GitHub's own mistake, kept. */
export function toDiscussionComment(s: Shaping, comment: DiscussionComment): Json {
  const { repository, number } = comment.discussion;
  const html = `${repoHtml(s, repository)}/discussions/${number}`;
  return {
    id: comment.id,
    node_id: s.nodeId("DiscussionComment", repository.id, comment.id),
    html_url: commentHtml(html, comment),
    parent_id: comment.replyTo?.id ?? null,
    child_comment_count: comment.replies.length,
    repository_url: `${repository.owner.login}/${repository.name}`,
    discussion_id: comment.discussion.id,
    author_association: comment.authorAssociation,
    user: toUser(s, comment.author),
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    body: comment.body,
    reactions: toReactions(`${repoApi(s, repository)}/discussions/comments/${comment.id}`, comment.reactions),
  };
}

function commentHtml(html: string, comment: DiscussionComment): string {
  return `${html}#discussioncomment-${comment.id}`;
}

function countComments(discussion: Discussion): number {
  return discussion.comments.reduce((sum, comment) => sum + 1 + comment.replies.length, 0);
}
