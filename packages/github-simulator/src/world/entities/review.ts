/** Reviews of pull requests, their threads and comments. */
import type { User } from "./accounts.ts";
import type { Association, Millis } from "./basics.ts";
import type { PullRequest, Reaction } from "./conversation.ts";

export type ReviewState = "approved" | "changes_requested" | "commented" | "dismissed" | "pending";
export type Review = {
  readonly id: number;
  readonly pullRequest: PullRequest;
  readonly author: User;
  authorAssociation: Association;
  state: ReviewState;
  body: string | null;
  readonly commitSha: string;
  readonly createdAt: Millis;
  submittedAt: Millis | null;
  updatedAt: Millis;
};

export type ReviewThread = {
  /** REST and webhooks know a thread by its first comment; its own id only makes GraphQL's node id. */
  readonly id: number;
  readonly pullRequest: PullRequest;
  readonly path: string;
  readonly line: number;
  resolved: boolean;
  resolvedBy: User | null;
  outdated: boolean;
  comments: readonly ReviewComment[];
};
export type ReviewComment = {
  readonly id: number;
  readonly thread: ReviewThread;
  readonly review: Review;
  readonly author: User;
  authorAssociation: Association;
  body: string;
  readonly replyTo: ReviewComment | null;
  readonly originalCommitSha: string;
  commitSha: string;
  readonly diffHunk: string;
  readonly createdAt: Millis;
  updatedAt: Millis;
  reactions: readonly Reaction[];
};
