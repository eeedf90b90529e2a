/**
 * What the simulated GitHub holds. Plain records that refer to each other directly; times are milliseconds of GitHub's clock.
 * Records are read freely and changed only through the journal (journal.ts), by the operations (operations/).
 *
 * Memory matters: 100,000 pull requests with children are some millions of records. A list that is usually empty is the shared
 * `NONE` until something is put into it (the journal copies it); texts come from pools, so that they share their strings.
 */

/** Milliseconds since 1970, GitHub's clock. */
export type Millis = number;

export const NONE: readonly never[] = Object.freeze([]);

export type Association = "OWNER" | "MEMBER" | "COLLABORATOR" | "CONTRIBUTOR" | "FIRST_TIME_CONTRIBUTOR" | "NONE";
export type RepositoryPermission = "pull" | "triage" | "push" | "maintain" | "admin";

// Accounts

export type User = {
  readonly type: "User" | "Bot";
  readonly id: number;
  login: string;
  name: string | null;
  email: string | null;
  company: string | null;
  location: string | null;
  bio: string | null;
  readonly createdAt: Millis;
  updatedAt: Millis;
  /** A deleted account: what it wrote is shown as `ghost`'s in REST and as null in GraphQL. */
  deleted: boolean;
  /** The app whose bot this is. */
  readonly app: App | null;
};

export type Organization = {
  readonly type: "Organization";
  readonly id: number;
  login: string;
  name: string | null;
  description: string | null;
  email: string | null;
  readonly createdAt: Millis;
  updatedAt: Millis;
  members: readonly Membership[];
  invitations: readonly Invitation[];
  blocked: readonly User[];
  teams: readonly Team[];
  projects: readonly Project[];
  hooks: readonly Hook[];
};

export type Account = User | Organization;

export type Membership = { readonly user: User; role: "admin" | "member"; readonly since: Millis; readonly public: boolean };
export type Invitation = { readonly id: number; readonly user: User; readonly inviter: User; readonly role: "admin" | "direct_member"; readonly createdAt: Millis };

export type Team = {
  readonly id: number;
  readonly organization: Organization;
  name: string;
  slug: string;
  description: string | null;
  privacy: "closed" | "secret";
  parent: Team | null;
  members: readonly TeamMembership[];
  repositories: readonly TeamRepository[];
  readonly createdAt: Millis;
  updatedAt: Millis;
};
export type TeamMembership = { readonly user: User; role: "member" | "maintainer"; readonly since: Millis };
export type TeamRepository = { readonly repository: Repository; permission: RepositoryPermission };

export type App = {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly createdAt: Millis;
  /** Gets a check suite for each push, as an app with write access to checks does. Actions makes its own. */
  readonly checksPushes?: boolean;
};

// Repository

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

// Conversations

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

/** Names as REST's issue events and timeline have them. Comments, reviews and commits join the timeline when it is read. */
export type TimelineEventType =
  | "closed" | "reopened" | "merged" | "labeled" | "unlabeled" | "assigned" | "unassigned" | "milestoned" | "demilestoned"
  | "renamed" | "locked" | "unlocked" | "referenced" | "cross-referenced" | "mentioned" | "subscribed" | "pinned" | "unpinned" | "transferred"
  | "review_requested" | "review_request_removed" | "review_dismissed" | "ready_for_review" | "convert_to_draft"
  | "head_ref_force_pushed" | "head_ref_deleted" | "head_ref_restored" | "base_ref_changed" | "auto_merge_enabled" | "auto_merge_disabled"
  | "connected" | "disconnected" | "comment_deleted" | "parent_issue_added" | "sub_issue_added" | "marked_as_duplicate";
export type TimelineEvent = {
  readonly id: number;
  readonly type: TimelineEventType;
  readonly on: Issue | PullRequest;
  readonly actor: User;
  readonly createdAt: Millis;
  /** What the event is about, by its type: a label's name, who was assigned or asked, the milestone's title, the old and new title … */
  readonly subject: TimelineSubject | null;
};
export type TimelineSubject =
  | { readonly is: "label"; readonly name: string; readonly color: string }
  | { readonly is: "user"; readonly user: User }
  | { readonly is: "team"; readonly team: Team }
  | { readonly is: "milestone"; readonly title: string }
  | { readonly is: "rename"; readonly from: string; readonly to: string }
  | { readonly is: "lock"; readonly reason: LockReason | null }
  | { readonly is: "commit"; readonly sha: string }
  | { readonly is: "source"; readonly source: Issue | PullRequest }
  | { readonly is: "transfer"; readonly from: Repository }
  | { readonly is: "review"; readonly review: Review; readonly message: string | null }
  | { readonly is: "force-push"; readonly before: string; readonly after: string }
  | { readonly is: "ref"; readonly from: string; readonly to: string };

export type DiscussionCategory = { readonly id: number; readonly repository: Repository; readonly name: string; readonly slug: string; readonly emoji: string; readonly description: string; readonly isAnswerable: boolean; readonly createdAt: Millis };
export type Discussion = {
  readonly type: "discussion";
  readonly id: number;
  repository: Repository;
  number: number;
  title: string;
  body: string;
  readonly author: User;
  authorAssociation: Association;
  category: DiscussionCategory;
  state: "open" | "closed";
  stateReason: "resolved" | "outdated" | "duplicate" | null;
  locked: boolean;
  lockReason: LockReason | null;
  labels: readonly Label[];
  answer: DiscussionComment | null;
  answerChosenAt: Millis | null;
  answerChosenBy: User | null;
  /** Top-level comments; replies are with their comment. */
  comments: readonly DiscussionComment[];
  reactions: readonly Reaction[];
  readonly createdAt: Millis;
  updatedAt: Millis;
  closedAt: Millis | null;
};
export type DiscussionComment = { readonly id: number; readonly discussion: Discussion; readonly replyTo: DiscussionComment | null; replies: readonly DiscussionComment[]; readonly author: User; authorAssociation: Association; body: string; readonly createdAt: Millis; updatedAt: Millis; reactions: readonly Reaction[] };

export type Release = {
  readonly id: number;
  readonly repository: Repository;
  tagName: string;
  readonly targetCommitish: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  readonly author: User;
  readonly createdAt: Millis;
  publishedAt: Millis | null;
  updatedAt: Millis;
  assets: readonly ReleaseAsset[];
};
export type ReleaseAsset = { readonly id: number; readonly name: string; readonly contentType: string; readonly sizeBytes: number; downloads: number; readonly uploader: User; readonly createdAt: Millis; updatedAt: Millis };

// Automation

export type Workflow = { readonly id: number; readonly repository: Repository; readonly name: string; readonly path: string; state: "active" | "disabled_manually"; readonly createdAt: Millis; updatedAt: Millis };
export type RunStatus = "queued" | "in_progress" | "completed" | "waiting" | "requested";
export type Conclusion = "success" | "failure" | "cancelled" | "skipped" | "timed_out" | "neutral" | "action_required";
export type WorkflowRun = {
  readonly id: number;
  readonly repository: Repository;
  readonly workflow: Workflow;
  readonly checkSuite: CheckSuite;
  readonly runNumber: number;
  runAttempt: number;
  readonly event: "push" | "pull_request" | "schedule" | "workflow_dispatch" | "release";
  status: RunStatus;
  conclusion: Conclusion | null;
  readonly headBranch: string;
  readonly headSha: string;
  readonly displayTitle: string;
  readonly actor: User;
  triggeringActor: User;
  readonly pullRequest: PullRequest | null;
  /** Of the latest attempt. */
  jobs: readonly WorkflowJob[];
  readonly createdAt: Millis;
  updatedAt: Millis;
  startedAt: Millis;
};
export type WorkflowJob = {
  readonly id: number;
  readonly run: WorkflowRun;
  readonly attempt: number;
  readonly name: string;
  readonly checkRun: CheckRun;
  status: RunStatus;
  conclusion: Conclusion | null;
  readonly labels: readonly string[];
  runner: { readonly id: number; readonly name: string; readonly groupId: number; readonly groupName: string } | null;
  readonly createdAt: Millis;
  startedAt: Millis;
  completedAt: Millis | null;
  steps: readonly JobStep[];
};
export type JobStep = { readonly name: string; readonly number: number; status: RunStatus; conclusion: Conclusion | null; startedAt: Millis | null; completedAt: Millis | null };
export type CheckSuite = { readonly id: number; readonly repository: Repository; readonly app: App; readonly headBranch: string; readonly headSha: string; readonly pullRequest: PullRequest | null; status: RunStatus; conclusion: Conclusion | null; checkRuns: readonly CheckRun[]; readonly createdAt: Millis; updatedAt: Millis };
export type CheckRun = { readonly id: number; readonly suite: CheckSuite; readonly name: string; status: RunStatus; conclusion: Conclusion | null; startedAt: Millis; completedAt: Millis | null; outputTitle: string | null; outputSummary: string | null; annotations: number };
export type Status = { readonly id: number; readonly repository: Repository; readonly sha: string; readonly context: string; readonly state: "pending" | "success" | "failure" | "error"; readonly description: string | null; readonly targetUrl: string | null; readonly creator: User; readonly createdAt: Millis; readonly branches: readonly string[] };
export type Deployment = { readonly id: number; readonly repository: Repository; readonly sha: string; readonly ref: string; readonly task: string; readonly environment: string; readonly description: string | null; readonly creator: User; readonly transient: boolean; readonly production: boolean; statuses: readonly DeploymentStatus[]; readonly createdAt: Millis; updatedAt: Millis };
export type DeploymentStatus = { readonly id: number; readonly deployment: Deployment; readonly state: "queued" | "in_progress" | "success" | "failure" | "error" | "inactive"; readonly creator: User; readonly description: string; readonly environmentUrl: string | null; readonly logUrl: string | null; readonly createdAt: Millis; readonly updatedAt: Millis };

// Security

export type Severity = "low" | "medium" | "high" | "critical";
export type DependabotAlert = {
  readonly number: number;
  readonly repository: Repository;
  state: "open" | "fixed" | "dismissed" | "auto_dismissed";
  readonly ecosystem: string;
  readonly packageName: string;
  readonly manifestPath: string;
  readonly scope: "runtime" | "development";
  readonly advisory: GlobalAdvisory;
  readonly createdAt: Millis;
  updatedAt: Millis;
  dismissedAt: Millis | null;
  dismissedBy: User | null;
  dismissedReason: "fix_started" | "inaccurate" | "no_bandwidth" | "not_used" | "tolerable_risk" | null;
  dismissedComment: string | null;
  fixedAt: Millis | null;
};
/** An advisory of GitHub's database. */
export type GlobalAdvisory = { readonly ghsaId: string; readonly cveId: string | null; readonly summary: string; readonly description: string; readonly severity: Severity; readonly ecosystem: string; readonly packageName: string; readonly vulnerableRange: string; readonly patchedVersion: string | null; readonly cvssScore: number; readonly cvssVector: string; readonly cwes: readonly { readonly id: string; readonly name: string }[]; readonly publishedAt: Millis; updatedAt: Millis; withdrawnAt: Millis | null };
export type CodeScanningAlert = {
  readonly number: number;
  readonly repository: Repository;
  state: "open" | "fixed" | "dismissed";
  readonly ruleId: string;
  readonly ruleName: string;
  readonly ruleDescription: string;
  readonly severity: "note" | "warning" | "error";
  readonly securitySeverity: Severity | null;
  readonly toolName: string;
  readonly toolVersion: string;
  readonly ref: string;
  readonly path: string;
  readonly line: number;
  commitSha: string;
  readonly createdAt: Millis;
  updatedAt: Millis;
  fixedAt: Millis | null;
  dismissedAt: Millis | null;
  dismissedBy: User | null;
  dismissedReason: "false positive" | "won't fix" | "used in tests" | null;
  dismissedComment: string | null;
};
export type SecretScanningAlert = {
  readonly number: number;
  readonly repository: Repository;
  state: "open" | "resolved";
  readonly secretType: string;
  readonly secretTypeDisplayName: string;
  readonly secret: string;
  validity: "active" | "inactive" | "unknown";
  resolution: "false_positive" | "wont_fix" | "revoked" | "used_in_tests" | null;
  resolvedAt: Millis | null;
  resolvedBy: User | null;
  resolutionComment: string | null;
  pushProtectionBypassed: boolean;
  pushProtectionBypassedBy: User | null;
  pushProtectionBypassedAt: Millis | null;
  readonly path: string;
  readonly commitSha: string;
  readonly createdAt: Millis;
  updatedAt: Millis;
};
/** A repository's own advisory. */
export type Advisory = { readonly ghsaId: string; cveId: string | null; readonly repository: Repository; summary: string; description: string; severity: Severity; state: "draft" | "triage" | "published" | "closed" | "withdrawn"; readonly author: User; publisher: User | null; readonly ecosystem: string; readonly packageName: string; readonly vulnerableRange: string; readonly patchedVersions: string | null; readonly createdAt: Millis; updatedAt: Millis; publishedAt: Millis | null; closedAt: Millis | null; withdrawnAt: Millis | null };

// Projects

export type Project = { readonly id: number; readonly organization: Organization; readonly number: number; title: string; shortDescription: string | null; readme: string | null; public: boolean; closedAt: Millis | null; readonly creator: User; readonly createdAt: Millis; updatedAt: Millis; items: readonly ProjectItem[] };
export type ProjectItem = { readonly id: number; readonly project: Project; content: Issue | PullRequest | DraftIssue; readonly creator: User; archivedAt: Millis | null; status: "Todo" | "In Progress" | "Done" | null; readonly createdAt: Millis; updatedAt: Millis };
export type DraftIssue = { readonly type: "draft-issue"; readonly id: number; title: string; body: string | null; readonly creator: User; readonly createdAt: Millis; updatedAt: Millis };

// Webhooks

export type Hook = {
  readonly id: number;
  readonly target: Organization | Repository | App;
  active: boolean;
  /** `["*"]`: send me everything. */
  events: readonly string[];
  url: string;
  contentType: "json" | "form";
  secret: string | null;
  insecureSsl: boolean;
  readonly createdAt: Millis;
  updatedAt: Millis;
};
