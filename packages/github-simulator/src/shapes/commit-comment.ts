import type { CommitComment } from "../world/entities.ts";
import { toUser } from "./account.ts";
import { toReactions } from "./reaction.ts";
import { iso, type Json, repoApi, repoHtml, type Shaping } from "./shaping.ts";

export function toCommitComment(s: Shaping, comment: CommitComment): Json {
  const { repository } = comment;
  const url = `${repoApi(s, repository)}/comments/${comment.id}`;
  return {
    url,
    html_url: `${repoHtml(s, repository)}/commit/${comment.commitSha}#commitcomment-${comment.id}`,
    id: comment.id,
    node_id: s.nodeId("CommitComment", repository.id, comment.id),
    user: toUser(s, comment.author),
    position: comment.line,
    line: comment.line,
    path: comment.path,
    commit_id: comment.commitSha,
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    author_association: comment.authorAssociation,
    body: comment.body,
    reactions: toReactions(url, comment.reactions),
  };
}
