/** Pull requests, their commits, files, reviews and comments on lines. */
import type * as E from "../../world/entities.ts";
import { toUser } from "../../shapes/account.ts";
import { toCommit, toFile } from "../../shapes/commit.ts";
import { toPullRequest, toPullRequestItem } from "../../shapes/pull-request.ts";
import { toReview, toReviewComment } from "../../shapes/review.ts";
import { toTeam } from "../../shapes/team.ts";
import { notFound } from "../../server/api-error.ts";
import { NO_CONTENT, ok, type Answer, type Call, type Endpoint } from "../call.ts";
import { found, numberIn, onRepository, reads, timeIn } from "../define.ts";
import { derived, sortBy } from "../derived.ts";
import { page, reversed, type Items, type Order } from "../paging.ts";
import { bySort, reactions } from "./issues.ts";

const PULLS = reads("pull_requests");
const MOST_COMMITS = 250;
const MOST_FILES = 3000;

export const PULLS_ENDPOINTS: readonly Endpoint[] = [
  onRepository("/pulls", "pulls/pulls#list-pull-requests", PULLS, (call, repository) => page(call, pulls(call, repository), (pull) => toPullRequestItem(call.s, pull))),
  onRepository("/pulls/:number", "pulls/pulls#get-a-pull-request", PULLS, (call, repository) => {
    const pull = pullRequest(call, repository);
    return ok(toPullRequest(call.s, pull), pull.updatedAt);
  }),
  onRepository("/pulls/:number/commits", "pulls/pulls#list-commits-on-a-pull-request", PULLS, (call, repository) => page(call, pullRequest(call, repository).commits.slice(0, MOST_COMMITS), (commit) => toCommit(call.s, commit, repository))),
  onRepository("/pulls/:number/files", "pulls/pulls#list-pull-requests-files", PULLS, (call, repository) => {
    const pull = pullRequest(call, repository);
    return page(call, pull.files.slice(0, MOST_FILES), (file) => toFile(call.s, file, pull.headSha, repository));
  }),
  onRepository("/pulls/:number/merge", "pulls/pulls#check-if-a-pull-request-has-been-merged", PULLS, (call, repository) => {
    if (pullRequest(call, repository).mergedAt === null) throw notFound();
    return NO_CONTENT;
  }),
  onRepository("/pulls/:number/requested_reviewers", "pulls/review-requests#get-all-requested-reviewers-for-a-pull-request", PULLS, (call, repository) => {
    const { requestedReviewers, requestedTeams } = pullRequest(call, repository);
    return ok({ users: requestedReviewers.map((user) => toUser(call.s, user)), teams: requestedTeams.map((team) => toTeam(call.s, team)) });
  }),
  onRepository("/pulls/:number/reviews", "pulls/reviews#list-reviews-for-a-pull-request", PULLS, (call, repository) => page(call, seenReviews(call, pullRequest(call, repository)), (review) => toReview(call.s, review))),
  onRepository("/pulls/:number/reviews/:review", "pulls/reviews#get-a-review-for-a-pull-request", PULLS, (call, repository) => ok(toReview(call.s, reviewIn(call, repository)))),
  onRepository("/pulls/:number/reviews/:review/comments", "pulls/reviews#list-comments-for-a-pull-request-review", PULLS, (call, repository) => {
    const review = reviewIn(call, repository);
    return page(call, commentsOf(review.pullRequest).filter((comment) => comment.review === review), (comment) => toReviewComment(call.s, comment));
  }),
  onRepository("/pulls/:number/comments", "pulls/comments#list-review-comments-on-a-pull-request", PULLS, (call, repository) => comments(call, repository, `pull-${call.params["number"]}`, commentsOf(pullRequest(call, repository)))),
  onRepository("/pulls/comments", "pulls/comments#list-review-comments-in-a-repository", PULLS, (call, repository) => comments(call, repository, "review-comments", repository.reviewComments)),
  onRepository("/pulls/comments/:id", "pulls/comments#get-a-review-comment-for-a-pull-request", PULLS, (call, repository) => {
    const comment = commentIn(call, repository);
    return ok(toReviewComment(call.s, comment), comment.updatedAt);
  }),
  onRepository("/pulls/comments/:id/reactions", "reactions/reactions#list-reactions-for-a-pull-request-review-comment", PULLS, (call, repository) => reactions(call, repository, commentIn(call, repository).reactions)),
];

export function pullRequest(call: Call, repository: E.Repository): E.PullRequest {
  const here = repository.numbered[numberIn(call, "number") - 1];
  if (here?.type !== "pull-request") throw notFound();
  return here;
}

/** `direction` is `desc` for the default sort, else `asc`. */
function pulls(call: Call, repository: E.Repository): Items<E.PullRequest> {
  const { query } = call;
  const [state, sort, base, head] = [query.get("state") ?? "open", query.get("sort") ?? "created", query.get("base"), query.get("head")];
  const asked = query.get("direction");
  const direction = asked === "asc" || asked === "desc" ? asked : sort === "created" ? "desc" : "asc";
  const sorted = sortedPulls(call, repository, sort, direction);
  if (state === "all" && base === null && head === null) return sorted;
  return derived(call.world, repository, `pulls?${state}&${sort}&${direction}&${base}&${head}`, () => {
    const chosen: E.PullRequest[] = [];
    for (let index = 0; index < sorted.length; index += 1) {
      const pull = sorted.at(index);
      if (pull === undefined || ((state === "open" || state === "closed") && pull.state !== state)) continue;
      if (base !== null && base !== "" && pull.baseRef !== base) continue;
      if (head !== null && head !== "" && head.toLowerCase() !== `${pull.headOwner.login}:${pull.headRef}`.toLowerCase()) continue;
      chosen.push(pull);
    }
    return chosen;
  });
}

function sortedPulls(call: Call, repository: E.Repository, sort: string, direction: "asc" | "desc"): Items<E.PullRequest> {
  if (sort !== "updated" && sort !== "popularity" && sort !== "long-running") return direction === "asc" ? repository.pullRequests : reversed(repository.pullRequests);
  const monthAgo = call.world.now() - 30 * 86_400_000;
  const order: Order<E.PullRequest> = {
    // Long-running: older than a month and still active within it.
    key: (pull) => (sort === "updated" ? pull.updatedAt : sort === "popularity" ? pull.comments.length : Number(pull.createdAt < monthAgo && pull.updatedAt > monthAgo) * 1e15 - pull.createdAt),
    id: ({ id }) => id,
    direction,
  };
  return derived(call.world, repository, `pulls-${sort}-${direction}`, () => sortBy(repository.pullRequests, order));
}

/** A review that is not submitted yet is seen by its author alone. */
function seenReviews(call: Call, { reviews }: E.PullRequest): readonly E.Review[] {
  return reviews.filter(({ state, author }) => state !== "pending" || author === call.viewer.user);
}

function reviewIn(call: Call, repository: E.Repository): E.Review {
  return found(seenReviews(call, pullRequest(call, repository)).find(({ id }) => id === numberIn(call, "review")));
}

function commentsOf({ threads }: E.PullRequest): readonly E.ReviewComment[] {
  return threads.flatMap((thread) => thread.comments).toSorted((a, b) => a.id - b.id);
}

function comments(call: Call, repository: E.Repository, name: string, all: readonly E.ReviewComment[]): Answer {
  const since = timeIn(call, "since");
  const sorted = bySort(call, repository, name, all);
  return page(call, since === null ? sorted : sorted.filter(({ updatedAt }) => updatedAt >= since), (comment) => toReviewComment(call.s, comment));
}

function commentIn(call: Call, repository: E.Repository): E.ReviewComment {
  const comment = found(call.world.find("PullRequestReviewComment", numberIn(call, "id")));
  if (comment.thread.pullRequest.repository !== repository) throw notFound();
  return comment;
}
