/** A repository and what hangs from it directly: labels, refs, commits, who may come in. */
import type { Account, User } from "./accounts.ts";
import type { CheckSuite, Deployment, Status, Workflow, WorkflowRun } from "./automation.ts";
import type { Millis, RepositoryPermission } from "./basics.ts";
import type { CommitComment, Issue, IssueComment, PullRequest } from "./conversation.ts";
import type { Discussion, DiscussionCategory } from "./discussion.ts";
import type { Hook } from "./hook.ts";
import type { Release } from "./release.ts";
import type { ReviewComment } from "./review.ts";
import type { Advisory, CodeScanningAlert, DependabotAlert, SecretScanningAlert } from "./security.ts";
import type { TimelineEvent } from "./timeline.ts";

export type Repository = {
  readonly id: number;
  name: string;
  owner: Account;
  description: string | null;
  homepage: string | null;
  visibility: "public" | "private" | "internal";
  archived: boolean;
  disabled: boolean;
  /** Deleted: nobody sees it, its ids are not used again. */
  deleted: boolean;
  isTemplate: boolean;
  topics: readonly string[];
  language: string | null;
  license: License | null;
  defaultBranch: string;
  /** Kilobytes. */
  sizeKb: number;
  hasIssues: boolean;
  hasProjects: boolean;
  hasWiki: boolean;
  hasDiscussions: boolean;
  hasPages: boolean;
  webCommitSignoffRequired: boolean;
  readonly createdAt: Millis;
  updatedAt: Millis;
  pushedAt: Millis | null;
  /** The repository it was forked from. */
  parent: Repository | null;
  forks: readonly Repository[];
  /** Names it had before, lower case `owner/name`: they answer with a redirect. */
  formerNames: readonly string[];
  nextNumber: number;
  /** By number - 1; undefined where a thing was transferred away or deleted (see `movedTo` and `goneNumbers`). */
  numbered: readonly (Issue | PullRequest | Discussion | undefined)[];
  /** Where a transferred issue or discussion is now, by its old number. */
  readonly movedTo: Map<number, Issue | Discussion>;
  /** Numbers of deleted issues and discussions, and when: REST answers 410. */
  readonly goneNumbers: Map<number, Millis>;
  /** In order of creation. */
  issues: readonly Issue[];
  pullRequests: readonly PullRequest[];
  discussions: readonly Discussion[];
  discussionCategories: readonly DiscussionCategory[];
  labels: readonly Label[];
  milestones: readonly Milestone[];
  branches: readonly Branch[];
  tags: readonly Tag[];
  releases: readonly Release[];
  /** Of the default branch, oldest first. Commits of pull requests are with their pull request. */
  commits: readonly Commit[];
  commitComments: readonly CommitComment[];
  /** All of the repository's, in order of creation; the same records hang below their issue or pull request. */
  issueComments: readonly IssueComment[];
  reviewComments: readonly ReviewComment[];
  issueEvents: readonly TimelineEvent[];
  stars: readonly Star[];
  watchers: readonly User[];
  collaborators: readonly Collaborator[];
  workflows: readonly Workflow[];
  workflowRuns: readonly WorkflowRun[];
  checkSuites: readonly CheckSuite[];
  statuses: readonly Status[];
  deployments: readonly Deployment[];
  dependabotAlerts: readonly DependabotAlert[];
  codeScanningAlerts: readonly CodeScanningAlert[];
  secretScanningAlerts: readonly SecretScanningAlert[];
  advisories: readonly Advisory[];
  hooks: readonly Hook[];
  deployKeys: readonly DeployKey[];
  branchProtectionRules: readonly BranchProtectionRule[];
  traffic: readonly TrafficDay[];
  nextAlertNumber: number;
  nextMilestoneNumber: number;
};

export type License = { readonly key: string; readonly name: string; readonly spdxId: string };
export type Label = { readonly id: number; readonly repository: Repository; name: string; color: string; description: string | null; readonly isDefault: boolean; readonly createdAt: Millis; updatedAt: Millis };
export type Milestone = {
  readonly id: number;
  readonly repository: Repository;
  readonly number: number;
  title: string;
  description: string | null;
  state: "open" | "closed";
  readonly creator: User;
  dueOn: Millis | null;
  readonly createdAt: Millis;
  updatedAt: Millis;
  closedAt: Millis | null;
  openIssues: number;
  closedIssues: number;
};
export type Branch = { readonly repository: Repository; readonly name: string; head: Commit; protected: boolean };
export type Tag = { readonly repository: Repository; readonly name: string; commit: Commit };
/** A direct grant; the organisation's role and teams add to it. `outside`: not a member of the organisation is derived, not stored. */
export type Collaborator = { readonly user: User; permission: RepositoryPermission };
export type Star = { readonly user: User; readonly starredAt: Millis };
export type DeployKey = { readonly id: number; readonly title: string; readonly key: string; readonly readOnly: boolean; readonly addedBy: User; readonly createdAt: Millis };
export type BranchProtectionRule = { readonly id: number; readonly repository: Repository; readonly name: string; readonly createdAt: Millis; updatedAt: Millis; requiredApprovals: number };
/** One UTC day. */
export type TrafficDay = { readonly day: Millis; readonly views: number; readonly uniqueVisitors: number; readonly clones: number; readonly uniqueCloners: number; readonly referrers: readonly { readonly name: string; readonly count: number; readonly uniques: number }[]; readonly paths: readonly { readonly path: string; readonly title: string; readonly count: number; readonly uniques: number }[] };

export type Commit = {
  readonly sha: string;
  readonly tree: string;
  readonly repository: Repository;
  readonly parents: readonly string[];
  readonly message: string;
  /** Null: no account has the address. */
  readonly author: User | null;
  readonly committer: User | null;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly committerName: string;
  readonly committerEmail: string;
  readonly authoredAt: Millis;
  readonly committedAt: Millis;
  readonly additions: number;
  readonly deletions: number;
  readonly files: readonly CommitFile[];
};
export type CommitFile = { readonly path: string; readonly status: "added" | "modified" | "removed" | "renamed"; readonly additions: number; readonly deletions: number };
