/**
 * GitHub's global node ids, in both formats. The new one: a prefix of the type, "_", base64url of a MessagePack array
 * [0, id of the owner or repository, id]; the old one: base64 of "0<length of the type's name>:<Type><id>".
 * Both are decoded to what they name, so that no index of them is needed.
 */

/** The types that have a node id of their own here: GraphQL's name, prefix of the new format. */
export const NODE_TYPES = {
  User: "U", Bot: "BOT", Organization: "O", Team: "T", App: "A", Repository: "R", Issue: "I", PullRequest: "PR", PullRequestReview: "PRR",
  PullRequestReviewThread: "PRRT", PullRequestReviewComment: "PRRC", IssueComment: "IC", CommitComment: "CC", Discussion: "D", DiscussionComment: "DC",
  DiscussionCategory: "DIC", Label: "LA", Milestone: "MI", Release: "RE", ReleaseAsset: "RA", Workflow: "W", WorkflowRun: "WFR", WorkflowJob: "JOB", CheckSuite: "CS", CheckRun: "CR",
  StatusContext: "SC", Deployment: "DE", DeploymentStatus: "DES", RepositoryVulnerabilityAlert: "RVA", ProjectV2: "PVT", ProjectV2Item: "PVTI", DraftIssue: "DI",
  IssueType: "IT", Commit: "C", Ref: "REF", SecurityAdvisory: "GSA", TimelineEvent: "TE", BranchProtectionRule: "BPR", Reaction: "REA", DeployKey: "DK",
} as const;

export type NodeType = keyof typeof NODE_TYPES;
export type NodeIdFormat = "new" | "old";
/** `id` is a number, or for commits and refs the sha or name. */
export type NodeRef = { readonly type: NodeType; readonly scope: number; readonly id: number | string };
