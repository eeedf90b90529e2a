import type { IssueComment } from "../world/entities.ts";
import { toUser } from "./account.ts";
import { toPerformingApp } from "./app.ts";
import { toReactions } from "./reaction.ts";
import { iso, type Json, repoApi, repoHtml, type Shaping } from "./shaping.ts";

export function toIssueComment(s: Shaping, comment: IssueComment): Json {
  const { repository, number, type } = comment.on;
  const url = `${repoApi(s, repository)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${repoHtml(s, repository)}/${type === "issue" ? "issues" : "pull"}/${number}#issuecomment-${comment.id}`,
    issue_url: `${repoApi(s, repository)}/issues/${number}`,
    id: comment.id,
    node_id: s.nodeId("IssueComment", repository.id, comment.id),
    user: toUser(s, comment.author),
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    author_association: comment.authorAssociation,
    body: comment.body,
    reactions: toReactions(url, comment.reactions),
    performed_via_github_app: toPerformingApp(s, comment.author),
  };
}
