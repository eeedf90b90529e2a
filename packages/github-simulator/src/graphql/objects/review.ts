/** Reviews, their threads and comments; comments on issues and on commits. */
import type * as E from "../../world/entities.ts";
import { NONE } from "../../world/entities.ts";
import { connection, emptyConnection, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { globalId } from "../global-ids.ts";
import { constants, type Fields, maybeDateTime, userOnly } from "../resolver.ts";
import { commitPath, conversationPath } from "../urls.ts";
import { comment, neverReacted, reactable, viewerMay } from "./parts.ts";

function reviewPath({ id, pullRequest }: E.Review): string {
  return `${conversationPath(pullRequest)}#pullrequestreview-${id}`;
}

export const review: Fields<E.Review> = {
  ...comment<E.Review>(({ pullRequest }) => pullRequest.repository, "pull_requests"),
  ...neverReacted<E.Review>(),
  id: ({ id, pullRequest, createdAt }, _, context) => globalId(context, "PullRequestReview", pullRequest.repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  fullDatabaseId: ({ id }) => String(id),
  state: ({ state }) => state.toUpperCase(),
  submittedAt: ({ submittedAt }) => maybeDateTime(submittedAt),
  publishedAt: ({ submittedAt }) => maybeDateTime(submittedAt),
  commit: ({ commitSha, pullRequest }, _, { world }) => pullRequest.commits.find(({ sha }) => sha === commitSha) ?? world.commits.get(commitSha) ?? null,
  pullRequest: (source) => source.pullRequest,
  authorCanPushToRepository: ({ authorAssociation }) => ["OWNER", "MEMBER", "COLLABORATOR"].includes(authorAssociation),
  comments: (source, args: PageArgs, context, info) => connection({ items: commentsOf(source), id: ({ id }) => id }, args, context, info),
  onBehalfOf: emptyConnection,
  resourcePath: (source) => reviewPath(source),
  url: (source, _, { urls }) => urls.url(reviewPath(source)),
};

function commentsOf(source: E.Review): readonly E.ReviewComment[] {
  return source.pullRequest.threads.flatMap(({ comments }) => comments.filter((one) => one.review === source)).toSorted((a, b) => a.id - b.id);
}

/** A pending review is its author's alone. */
export function isShown({ review: { state, author } }: E.ReviewComment, { viewer }: Context): boolean {
  return state !== "pending" || author === viewer.user;
}

export const reviewThread: Fields<E.ReviewThread> = {
  id: ({ id, pullRequest, comments }, _, context) => globalId(context, "PullRequestReviewThread", pullRequest.repository.id, id, comments[0]?.createdAt ?? pullRequest.createdAt),
  path: ({ path }) => path,
  line: ({ line, outdated }) => (outdated ? null : line),
  originalLine: ({ line }) => line,
  ...constants(null, "startLine", "originalStartLine", "startDiffSide"),
  diffSide: () => "RIGHT",
  subjectType: () => "LINE",
  isResolved: ({ resolved }) => resolved,
  isCollapsed: ({ resolved }) => resolved,
  isOutdated: ({ outdated }) => outdated,
  resolvedBy: ({ resolvedBy }) => userOnly(resolvedBy),
  pullRequest: (source) => source.pullRequest,
  repository: ({ pullRequest }) => pullRequest.repository,
  comments: ({ comments }, args: PageArgs & { readonly skip?: number | null }, context, info) => connection({ items: args.skip === undefined || args.skip === null ? comments : comments.slice(args.skip), filter: (one) => isShown(one, context), id: ({ id }) => id }, args, context, info),
  viewerCanReply: (_source, _, { viewer }) => viewer.is === "user",
  viewerCanResolve: (source, _, context) => !source.resolved && viewerMay(context, source.pullRequest.repository, "push", "pull_requests"),
  viewerCanUnresolve: (source, _, context) => source.resolved && viewerMay(context, source.pullRequest.repository, "push", "pull_requests"),
};

function reviewCommentPath({ id, thread }: E.ReviewComment): string {
  return `${conversationPath(thread.pullRequest)}#discussion_r${id}`;
}

export const reviewComment: Fields<E.ReviewComment> = {
  ...comment<E.ReviewComment>(({ thread }) => thread.pullRequest.repository, "pull_requests"),
  ...reactable<E.ReviewComment>(),
  id: ({ id, thread, createdAt }, _, context) => globalId(context, "PullRequestReviewComment", thread.pullRequest.repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  fullDatabaseId: ({ id }) => String(id),
  draftedAt: (source, ...rest) => reviewComment["createdAt"]?.(source, ...rest),
  path: ({ thread }) => thread.path,
  line: ({ thread: { line, outdated } }) => (outdated ? null : line),
  originalLine: ({ thread }) => thread.line,
  position: ({ thread: { line, outdated } }) => (outdated ? null : line),
  originalPosition: ({ thread }) => thread.line,
  ...constants(null, "startLine", "originalStartLine"),
  diffHunk: ({ diffHunk }) => diffHunk,
  outdated: ({ thread }) => thread.outdated,
  subjectType: () => "LINE",
  state: ({ review: { state } }) => (state === "pending" ? "PENDING" : "SUBMITTED"),
  commit: ({ commitSha }, _, { world }) => world.commits.get(commitSha) ?? null,
  originalCommit: ({ originalCommitSha }, _, { world }) => world.commits.get(originalCommitSha) ?? null,
  pullRequest: ({ thread }) => thread.pullRequest,
  pullRequestReview: (source) => source.review,
  replyTo: ({ replyTo }) => replyTo,
  resourcePath: (source) => reviewCommentPath(source),
  url: (source, _, { urls }) => urls.url(reviewCommentPath(source)),
};

function issueCommentPath({ id, on }: E.IssueComment): string {
  return `${conversationPath(on)}#issuecomment-${id}`;
}

/** To GitHub each pull request is an issue too, with an id of its own. */
function issueBehind(pullRequest: E.PullRequest): E.Issue {
  return { ...pullRequest, type: "issue", id: pullRequest.issueId, stateReason: null, issueType: null, parentIssue: null, subIssues: NONE, pinned: false };
}

export const issueComment: Fields<E.IssueComment> = {
  ...comment<E.IssueComment>(({ on }) => on.repository, "issues"),
  ...reactable<E.IssueComment>(),
  id: ({ id, on, createdAt }, _, context) => globalId(context, "IssueComment", on.repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  fullDatabaseId: ({ id }) => String(id),
  issue: ({ on }) => (on.type === "issue" ? on : issueBehind(on)),
  pullRequest: ({ on }) => (on.type === "pull-request" ? on : null),
  resourcePath: (source) => issueCommentPath(source),
  url: (source, _, { urls }) => urls.url(issueCommentPath(source)),
};

function commitCommentPath({ id, repository, commitSha }: E.CommitComment): string {
  return `${commitPath(repository, commitSha)}#commitcomment-${id}`;
}

export const commitComment: Fields<E.CommitComment> = {
  ...comment<E.CommitComment>(({ repository }) => repository, "contents"),
  ...reactable<E.CommitComment>(),
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "CommitComment", repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  commit: ({ commitSha }, _, { world }) => world.commits.get(commitSha) ?? null,
  path: ({ path }) => path,
  position: ({ line }) => line,
  resourcePath: (source) => commitCommentPath(source),
  url: (source, _, { urls }) => urls.url(commitCommentPath(source)),
};
