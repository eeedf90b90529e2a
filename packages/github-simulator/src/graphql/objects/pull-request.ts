import type * as E from "../../world/entities.ts";
import { connection, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { globalId, madeUpId } from "../global-ids.ts";
import { account, constants, type Fields, maybeDateTime } from "../resolver.ts";
import { conversationPath } from "../urls.ts";
import { PullRequestCommit, ReviewRequest } from "../views.ts";
import { rollupOf } from "./checks.ts";
import { conversation, conversationListing, type IssueArgs, stateOf } from "./conversations.ts";
import { viewerMay } from "./parts.ts";
import { isShown } from "./review.ts";
import { closingNumbers } from "./timeline.ts";

type ReviewArgs = PageArgs & { readonly states?: readonly string[] | null; readonly author?: string | null };
const PATCH = { added: "ADDED", modified: "MODIFIED", removed: "DELETED", renamed: "RENAMED" } as const;

export const pullRequest: Fields<E.PullRequest> = {
  ...conversation<E.PullRequest>("pull_requests"),
  state: (source) => stateOf(source),
  isDraft: ({ draft }) => draft,
  merged: ({ mergedAt }) => mergedAt !== null,
  mergedAt: ({ mergedAt }) => maybeDateTime(mergedAt),
  mergedBy: ({ mergedBy }) => account(mergedBy),
  mergeCommit: ({ mergedAt, mergeCommitSha }, _, { world }) => (mergedAt === null || mergeCommitSha === null ? null : (world.commits.get(mergeCommitSha) ?? null)),
  potentialMergeCommit: ({ mergedAt, mergeCommitSha }, _, { world }) => (mergedAt !== null || mergeCommitSha === null ? null : (world.commits.get(mergeCommitSha) ?? null)),
  mergeable: ({ state }) => (state === "open" ? "MERGEABLE" : "UNKNOWN"),
  mergeStateStatus: ({ state, draft }) => (state !== "open" ? "UNKNOWN" : draft ? "DRAFT" : "CLEAN"),
  canBeRebased: ({ state }) => state === "open",
  additions: ({ additions }) => additions,
  deletions: ({ deletions }) => deletions,
  changedFiles: ({ changedFiles }) => changedFiles,
  baseRefName: ({ baseRef }) => baseRef,
  baseRefOid: ({ baseSha }) => baseSha,
  baseRef: ({ repository, baseRef }) => repository.branches.find(({ name }) => name === baseRef) ?? null,
  baseRepository: ({ repository }) => repository,
  headRefName: ({ headRef }) => headRef,
  headRefOid: ({ headSha }) => headSha,
  headRef: (source) => headOf(source)?.branches.find(({ name }) => name === source.headRef) ?? null,
  headRepository: (source, _, context) => {
    const head = headOf(source);
    return head !== null && context.sees(head) ? head : null;
  },
  headRepositoryOwner: ({ headOwner }) => (headOwner.type === "Organization" ? headOwner : account(headOwner)),
  isCrossRepository: ({ repository, headRepository }) => headRepository !== repository,
  permalink: (source, _, { urls }) => urls.url(conversationPath(source)),
  checksResourcePath: (source) => `${conversationPath(source)}/checks`,
  checksUrl: (source, _, { urls }) => urls.url(`${conversationPath(source)}/checks`),
  revertResourcePath: (source) => `${conversationPath(source)}/revert`,
  revertUrl: (source, _, { urls }) => urls.url(`${conversationPath(source)}/revert`),
  maintainerCanModify: ({ repository, headRepository, state }) => headRepository !== repository && state === "open",
  totalCommentsCount: ({ comments, threads, reviews }) => comments.length + threads.reduce((count, thread) => count + thread.comments.length, 0) + reviews.filter(({ body }) => body !== null && body !== "").length,
  reviews: ({ reviews }, args: ReviewArgs, context, info) => {
    const { states, author } = args;
    const filter = (review: E.Review): boolean =>
      (review.state !== "pending" || review.author === context.viewer.user) &&
      (states === undefined || states === null || states.includes(review.state.toUpperCase())) && (author === undefined || author === null || account(review.author)?.login.toLowerCase() === author.toLowerCase());
    return connection({ items: reviews, filter, id: ({ id }) => id }, args, context, info);
  },
  latestReviews: ({ reviews }, args: PageArgs, context, info) => connection({ items: latest(reviews.filter(({ state }) => state !== "pending")), id: ({ id }) => id }, args, context, info),
  latestOpinionatedReviews: ({ reviews }, args: PageArgs, context, info) => connection({ items: opinions(reviews), id: ({ id }) => id }, args, context, info),
  reviewThreads: ({ threads }, args: PageArgs, context, info) => connection({ items: threads, filter: ({ comments }) => comments.length === 0 || comments.some((one) => isShown(one, context)), id: ({ id }) => id }, args, context, info),
  reviewRequests: (source, args: PageArgs, context, info) => {
    const items = [...source.requestedReviewers.filter(({ deleted }) => !deleted), ...source.requestedTeams].map((reviewer) => new ReviewRequest(source, reviewer));
    return connection({ items, id: ({ reviewer }) => reviewer.id }, args, context, info);
  },
  reviewDecision: (source) => decisionOf(source),
  commits: (source, args: PageArgs, context, info) => connection({ items: source.commits, id: ({ sha }) => sha, node: (commit) => new PullRequestCommit(source, commit) }, args, context, info),
  files: ({ files }, args: PageArgs, context, info) => connection({ items: files, id: ({ path }) => path }, args, context, info),
  closingIssuesReferences: (source, args: IssueArgs, context, info) => connection(conversationListing(closedIssues(source).filter(({ repository }) => context.mayRead(repository, "issues")), args), args, context, info),
  autoMergeRequest: (source) => (source.autoMerge === null ? null : source),
  statusCheckRollup: (source, _, context) => rollupOf(context, headCommit(source, context)),
  suggestedReviewers: () => [],
  ...constants(false, "isInMergeQueue", "isMergeQueueEnabled"),
  ...constants(null, "mergeQueue", "mergeQueueEntry", "viewerLatestReview", "viewerLatestReviewRequest"),
  viewerCanUpdateBranch: (source, _, context) => viewerMay(context, source.repository, "push", "pull_requests"),
  viewerCanEditFiles: (source, _, context) => viewerMay(context, source.repository, "push", "contents"),
  viewerCanApplySuggestion: (source, _, context) => viewerMay(context, source.repository, "push", "contents"),
  viewerCanDeleteHeadRef: (source, _, context) => viewerMay(context, source.repository, "push", "contents"),
  ...constants(false, "viewerCanDisableAutoMerge", "viewerCanEnableAutoMerge"),
  viewerCanMergeAsAdmin: (source, _, context) => viewerMay(context, source.repository, "admin", "pull_requests"),
  viewerMergeHeadlineText: ({ number, headOwner, headRef }) => `Merge pull request #${number} from ${headOwner.login}/${headRef}`,
  viewerMergeBodyText: ({ title }) => title,
};

export const autoMergeRequest: Fields<E.PullRequest> = {
  ...constants(null, "authorEmail", "commitBody", "commitHeadline"),
  enabledAt: (source) => maybeDateTime(source.timeline.findLast(({ type }) => type === "auto_merge_enabled")?.createdAt ?? null),
  enabledBy: ({ autoMerge }) => account(autoMerge?.enabledBy ?? null),
  mergeMethod: ({ autoMerge }) => (autoMerge?.method ?? "merge").toUpperCase(),
  pullRequest: (source) => source,
};

export const changedFile: Fields<E.CommitFile> = {
  path: ({ path }) => path,
  additions: ({ additions }) => additions,
  deletions: ({ deletions }) => deletions,
  changeType: ({ status }) => PATCH[status],
  viewerViewedState: () => "UNVIEWED",
};

export const reviewRequest: Fields<ReviewRequest> = {
  id: ({ pullRequest: { id }, reviewer }) => madeUpId("RRE", id, reviewer.id),
  databaseId: ({ reviewer }) => reviewer.id,
  asCodeOwner: () => false,
  pullRequest: (source) => source.pullRequest,
  requestedReviewer: ({ reviewer }) => reviewer,
};

export function pullRequestId(context: Context, { id, repository, createdAt }: E.PullRequest): string {
  return globalId(context, "PullRequest", repository.id, id, createdAt);
}

function headOf({ headRepository }: E.PullRequest): E.Repository | null {
  return headRepository === null || headRepository.deleted ? null : headRepository;
}

function headCommit({ commits, headSha }: E.PullRequest, { world }: Context): E.Commit | null {
  return commits.find(({ sha }) => sha === headSha) ?? world.commits.get(headSha) ?? commits.at(-1) ?? null;
}

/** The last of each reviewer. */
function latest(reviews: readonly E.Review[]): readonly E.Review[] {
  const byAuthor = new Map<E.User, E.Review>();
  for (const review of reviews) byAuthor.set(review.author, review);
  return [...byAuthor.values()];
}

function opinions(reviews: readonly E.Review[]): readonly E.Review[] {
  return latest(reviews.filter(({ state }) => state === "approved" || state === "changes_requested" || state === "dismissed"));
}

function decisionOf({ reviews, repository, baseRef }: E.PullRequest): string | null {
  const states = opinions(reviews).map(({ state }) => state);
  if (states.includes("changes_requested")) return "CHANGES_REQUESTED";
  const approvals = states.filter((state) => state === "approved").length;
  const required = repository.branchProtectionRules.find(({ name }) => name === baseRef)?.requiredApprovals ?? 0;
  if (approvals > 0 && approvals >= required) return "APPROVED";
  return required > 0 ? "REVIEW_REQUIRED" : null;
}

function closedIssues(source: E.PullRequest): readonly E.Issue[] {
  const linked = new Set<E.Issue>();
  for (const number of closingNumbers(source)) {
    const target = source.repository.numbered[number - 1];
    if (target?.type === "issue") linked.add(target);
  }
  for (const { type, subject } of source.timeline) {
    if (subject?.is !== "source" || subject.source.type !== "issue") continue;
    if (type === "connected") linked.add(subject.source);
    else if (type === "disconnected") linked.delete(subject.source);
  }
  return [...linked];
}
