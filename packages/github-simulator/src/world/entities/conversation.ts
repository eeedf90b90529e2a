/** Issues and pull requests, and what is said in them. */
import type { Account, Team, User } from "./accounts.ts";
import type { Association, Millis } from "./basics.ts";
import type { Commit, CommitFile, Label, Milestone, Repository } from "./repository.ts";
import type { Review, ReviewThread } from "./review.ts";
import type { TimelineEvent } from "./timeline.ts";

export type LockReason = "off-topic" | "too heated" | "resolved" | "spam";
export type ReactionContent = "+1" | "-1" | "laugh" | "hooray" | "confused" | "heart" | "rocket" | "eyes";
export type Reaction = { readonly id: number; readonly user: User; readonly content: ReactionContent; readonly createdAt: Millis };

/** What an issue and a pull request have in common. */
export type Conversation = {
  /** Of a pull request the pull request's id; `issueId` is what REST's issue endpoints give. */
  readonly id: number;
  repository: Repository;
  number: number;
  title: string;
  body: string | null;
  readonly author: User;
  authorAssociation: Association;
  state: "open" | "closed";
  locked: boolean;
  lockReason: LockReason | null;
  labels: readonly Label[];
  assignees: readonly User[];
  milestone: Milestone | null;
  comments: readonly IssueComment[];
  timeline: readonly TimelineEvent[];
  reactions: readonly Reaction[];
  readonly createdAt: Millis;
  updatedAt: Millis;
  closedAt: Millis | null;
  closedBy: User | null;
};

export type Issue = Conversation & {
  readonly type: "issue";
  stateReason: "completed" | "not_planned" | "reopened" | "duplicate" | null;
  issueType: IssueType | null;
  parentIssue: Issue | null;
  subIssues: readonly Issue[];
  pinned: boolean;
};
export type IssueType = { readonly id: number; readonly name: string; readonly description: string | null; readonly color: string };

export type PullRequest = Conversation & {
  readonly type: "pull-request";
  /** The id under which REST's issue endpoints and issue events know it. */
  readonly issueId: number;
  draft: boolean;
  mergedAt: Millis | null;
  mergedBy: User | null;
  /** Once merged the merge commit; before that GitHub's trial merge, which passes. */
  mergeCommitSha: string | null;
  autoMerge: { readonly enabledBy: User; readonly method: "merge" | "squash" | "rebase" } | null;
  readonly headRef: string;
  headSha: string;
  /** Null when the fork is gone. */
  headRepository: Repository | null;
  readonly headOwner: Account;
  baseRef: string;
  baseSha: string;
  commits: readonly Commit[];
  /** Derived from its commits when they change. */
  additions: number;
  deletions: number;
  changedFiles: number;
  files: readonly CommitFile[];
  reviews: readonly Review[];
  threads: readonly ReviewThread[];
  requestedReviewers: readonly User[];
  requestedTeams: readonly Team[];
};

export type IssueComment = {
  readonly id: number;
  readonly on: Issue | PullRequest;
  readonly author: User;
  authorAssociation: Association;
  body: string;
  readonly createdAt: Millis;
  updatedAt: Millis;
  reactions: readonly Reaction[];
};
export type CommitComment = { readonly id: number; readonly repository: Repository; readonly commitSha: string; readonly author: User; authorAssociation: Association; body: string; readonly path: string | null; readonly line: number | null; readonly createdAt: Millis; updatedAt: Millis; reactions: readonly Reaction[] };
