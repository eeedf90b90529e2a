/**
 * The events API's form of what happened. It tells less than webhooks do: only public kinds of activity, and since October 2025 pull requests and pushes by
 * reference alone.
 */
import type { Label, PullRequest, Repository, User } from "../world/entities.ts";
import type { EventName, Happening, HappeningOf } from "../world/happening.ts";
import { toUser } from "./account.ts";
import { toCommitComment } from "./commit-comment.ts";
import { toDiscussion } from "./discussion.ts";
import { toIssueComment } from "./issue-comment.ts";
import { toIssue } from "./issue.ts";
import { toLabel } from "./label.ts";
import { toPullRequestReference } from "./pull-request.ts";
import { toRelease } from "./release.ts";
import { toRepository } from "./repository.ts";
import { toReviewComment, toWebhookReview } from "./review.ts";
import { toWikiPage } from "./wiki-page.ts";
import { avatar, fullName, iso, type Json, repoApi, type Shaping, without } from "./shaping.ts";

/** `id` rises with time, over all of GitHub. Null: the events API does not tell of this. */
export function toEvent(s: Shaping, id: number, happening: Happening): Json | null {
  const told = contentOf(s, happening);
  if (told === null || !("repository" in happening) || happening.repository === undefined) return null;
  const { repository, actor, at } = happening;
  const { owner } = repository;
  return {
    id: String(id),
    type: told.type,
    actor: toActor(s, actor),
    repo: { id: repository.id, name: fullName(repository), url: repoApi(s, repository) },
    payload: told.payload,
    public: repository.visibility === "public",
    created_at: iso(at),
    ...(owner.type === "Organization" ? { org: { id: owner.id, login: owner.login, gravatar_id: "", url: `${s.base.api}/orgs/${owner.login}`, avatar_url: avatar(s, owner) } } : {}),
  };
}

function toActor(s: Shaping, user: User): Json {
  const { login, id, url } = toUser(s, user);
  return { id, login, display_login: String(login).replace("[bot]", ""), gravatar_id: "", url, avatar_url: avatar(s, user) };
}

type Content = { readonly type: string; readonly payload: Json };
const told = (type: string, payload: Json): Content => ({ type, payload });

const TOLD_ACTIONS: ReadonlySet<string> = new Set(["opened", "closed", "reopened", "assigned", "unassigned", "labeled", "unlabeled"]);
/** Of a comment on a line. */
const NOT_TOLD = ["author_association", "line", "original_line", "side", "start_line", "original_start_line", "start_side"] as const;
const REVIEW_ACTIONS = { submitted: "created", edited: "updated", dismissed: "dismissed" } as const;

const TELLERS: { readonly [N in EventName]?: (s: Shaping, happening: HappeningOf<N>) => Content | null } = {
  push: (_, { repository, ref, before, after, created, deleted, commits }) =>
    !ref.startsWith("refs/heads/") || deleted || (created && commits.length === 0) ? null : told("PushEvent", { repository_id: repository.id, push_id: pushId(after), ref, head: after, before }),
  create: (_, happening) => told("CreateEvent", { ...refOf(happening), ...aboutOf(happening.repository) }),
  delete: (_, happening) => told("DeleteEvent", { ...refOf(happening), pusher_type: "user" }),
  repository: (_, { action, repository }) => (action === "created" ? told("CreateEvent", { ref: null, ref_type: "repository", full_ref: null, ...aboutOf(repository) }) : null),
  issues: (s, happening) =>
    TOLD_ACTIONS.has(happening.action) ? told("IssuesEvent", { action: happening.action, issue: toIssue(s, happening.issue), ...detailsOf(s, happening) }) : null,
  issue_comment: (s, { action, comment }) => (action === "created" ? told("IssueCommentEvent", { action, issue: toIssue(s, comment.on), comment: toIssueComment(s, comment) }) : null),
  pull_request: (s, happening) => {
    const { action, pullRequest } = happening;
    if (!TOLD_ACTIONS.has(action)) return null;
    const merged = action === "closed" && pullRequest.mergedAt !== null;
    return told("PullRequestEvent", { action: merged ? "merged" : action, number: pullRequest.number, pull_request: minimal(s, pullRequest), ...detailsOf(s, happening) });
  },
  pull_request_review: (s, { action, review }) =>
    told("PullRequestReviewEvent", { action: REVIEW_ACTIONS[action], review: without(toWebhookReview(s, review), "author_association"), pull_request: minimal(s, review.pullRequest) }),
  pull_request_review_comment: (s, { action, comment }) =>
    action === "created" ? told("PullRequestReviewCommentEvent", { action, comment: without(toReviewComment(s, comment), ...NOT_TOLD), pull_request: minimal(s, comment.thread.pullRequest) }) : null,
  commit_comment: (s, { action, comment }) => told("CommitCommentEvent", { action, comment: without(toCommitComment(s, comment), "author_association") }),
  discussion: (s, { action, discussion }) => (action === "created" ? told("DiscussionEvent", { action, discussion: toDiscussion(s, discussion) }) : null),
  release: (s, { action, release }) =>
    action === "published" ? told("ReleaseEvent", { action, release: { ...toRelease(s, release), short_description_html: "", is_short_description_html_truncated: false } }) : null,
  fork: (s, { fork }) => told("ForkEvent", { action: "forked", forkee: { ...toRepository(s, fork), public: fork.visibility === "public" } }),
  watch: (_, { action }) => told("WatchEvent", { action }),
  member: (s, { action, member }) => (action === "added" ? told("MemberEvent", { action, member: toUser(s, member) }) : null),
  public: () => told("PublicEvent", {}),
  gollum: (s, { repository, pages }) => told("GollumEvent", { pages: pages.map((page) => toWikiPage(s, repository, page)) }),
};

function contentOf(s: Shaping, happening: Happening): Content | null {
  const teller = TELLERS[happening.event] as ((s: Shaping, happening: Happening) => Content | null) | undefined;
  return teller?.(s, happening) ?? null;
}

function refOf({ ref, refType }: { readonly ref: string; readonly refType: "branch" | "tag" }): Json {
  return { ref, ref_type: refType, full_ref: `refs/${refType === "branch" ? "heads" : "tags"}/${ref}` };
}

function aboutOf({ defaultBranch, description }: Repository): Json {
  return { master_branch: defaultBranch, description, pusher_type: "user" };
}

function detailsOf(s: Shaping, { label, assignee }: { readonly label?: Label; readonly assignee?: User }): Json {
  return {
    ...(assignee === undefined ? {} : { assignee: toUser(s, assignee), assignees: [toUser(s, assignee)] }),
    ...(label === undefined ? {} : { label: toLabel(s, label), labels: [toLabel(s, label)] }),
  };
}

function minimal(s: Shaping, pullRequest: PullRequest): Json {
  return toPullRequestReference(s, pullRequest, pullRequest.headRepository ?? pullRequest.repository);
}

/** GitHub numbers its pushes; here the number is taken from the sha that was pushed. */
function pushId(sha: string): number {
  return Number.parseInt(sha.slice(0, 9), 16);
}
