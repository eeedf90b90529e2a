import { toUser } from "../shapes/account.ts";
import { toLabel } from "../shapes/label.ts";
import { toMilestone } from "../shapes/milestone.ts";
import { toPullRequest, toPullRequestItem } from "../shapes/pull-request.ts";
import { toMergeRepository } from "../shapes/repository.ts";
import { toReviewComment, toReviewThread, toWebhookReview } from "../shapes/review.ts";
import type { Json, Shaping } from "../shapes/shaping.ts";
import { toTeam } from "../shapes/team.ts";
import type { PullRequest } from "../world/entities.ts";
import type { HappeningOf } from "../world/happening.ts";
import { toChanges } from "./payload-changes.ts";

/** After these GitHub has yet to find out whether it can be merged. */
const UNSETTLING: ReadonlySet<string> = new Set(["opened", "reopened", "synchronize", "edited", "closed"]);

export function pullRequestBody(s: Shaping, happening: HappeningOf<"pull_request">): Json {
  const { action, pullRequest, label, assignee, milestone, reviewer, before, after } = happening;
  return {
    number: pullRequest.number,
    ...toChanges(happening),
    pull_request: toPullRequest(s, pullRequest, !UNSETTLING.has(action), toMergeRepository),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(assignee === undefined ? {} : { assignee: toUser(s, assignee) }),
    ...(label === undefined ? {} : { label: toLabel(s, label) }),
    ...(milestone === undefined ? {} : { milestone: toMilestone(s, milestone) }),
    ...(reviewer === undefined ? {} : "slug" in reviewer ? { requested_team: toTeam(s, reviewer) } : { requested_reviewer: toUser(s, reviewer) }),
    ...(action === "auto_merge_disabled" || action === "dequeued" ? { reason: "MANUAL" } : {}),
  };
}

export function reviewBody(s: Shaping, happening: HappeningOf<"pull_request_review">): Json {
  return { ...toChanges(happening), review: toWebhookReview(s, happening.review), pull_request: short(s, happening.review.pullRequest) };
}

export function reviewCommentBody(s: Shaping, happening: HappeningOf<"pull_request_review_comment">): Json {
  return { ...toChanges(happening), comment: toReviewComment(s, happening.comment), pull_request: short(s, happening.comment.thread.pullRequest) };
}

export function reviewThreadBody(s: Shaping, { thread }: HappeningOf<"pull_request_review_thread">): Json {
  return { pull_request: short(s, thread.pullRequest), thread: toReviewThread(s, thread) };
}

/** Events about reviews hold a pull request without its counts and without whether it can be merged. */
function short(s: Shaping, pullRequest: PullRequest): Json {
  return toPullRequestItem(s, pullRequest, toMergeRepository);
}
