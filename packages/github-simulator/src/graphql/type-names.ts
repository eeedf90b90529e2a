/** The GraphQL type of a record: records carry no mark of their own (memory), but each kind has a field that no other has. */
import type { TimelineEventType } from "../world/entities.ts";

export const EVENT_TYPE_NAMES: Readonly<Record<TimelineEventType, string>> = {
  closed: "ClosedEvent", reopened: "ReopenedEvent", merged: "MergedEvent", labeled: "LabeledEvent", unlabeled: "UnlabeledEvent", assigned: "AssignedEvent",
  unassigned: "UnassignedEvent", milestoned: "MilestonedEvent", demilestoned: "DemilestonedEvent", renamed: "RenamedTitleEvent", locked: "LockedEvent",
  unlocked: "UnlockedEvent", referenced: "ReferencedEvent", "cross-referenced": "CrossReferencedEvent", mentioned: "MentionedEvent", subscribed: "SubscribedEvent",
  pinned: "PinnedEvent", unpinned: "UnpinnedEvent", transferred: "TransferredEvent", review_requested: "ReviewRequestedEvent",
  review_request_removed: "ReviewRequestRemovedEvent", review_dismissed: "ReviewDismissedEvent", ready_for_review: "ReadyForReviewEvent",
  convert_to_draft: "ConvertToDraftEvent", head_ref_force_pushed: "HeadRefForcePushedEvent", head_ref_deleted: "HeadRefDeletedEvent",
  head_ref_restored: "HeadRefRestoredEvent", base_ref_changed: "BaseRefChangedEvent", auto_merge_enabled: "AutoMergeEnabledEvent",
  auto_merge_disabled: "AutoMergeDisabledEvent", connected: "ConnectedEvent", disconnected: "DisconnectedEvent", comment_deleted: "CommentDeletedEvent",
  parent_issue_added: "ParentIssueAddedEvent", sub_issue_added: "SubIssueAddedEvent", marked_as_duplicate: "MarkedAsDuplicateEvent",
};

const BY_TYPE: Readonly<Record<string, string>> = {
  User: "User", Bot: "Bot", Organization: "Organization", issue: "Issue", "pull-request": "PullRequest", discussion: "Discussion", "draft-issue": "DraftIssue",
  ...EVENT_TYPE_NAMES,
};

/** The first field that is there decides. */
const BY_FIELD: readonly (readonly [field: string, typeName: string])[] = [
  ["visibility", "Repository"], ["thread", "PullRequestReviewComment"], ["submittedAt", "PullRequestReview"], ["outdated", "PullRequestReviewThread"],
  ["discussion", "DiscussionComment"], ["on", "IssueComment"], ["tree", "Commit"], ["openIssues", "Milestone"], ["isDefault", "Label"], ["tagName", "Release"],
  ["privacy", "Team"], ["isAnswerable", "DiscussionCategory"], ["suite", "CheckRun"], ["checkRuns", "CheckSuite"], ["runNumber", "WorkflowRun"],
  ["context", "StatusContext"], ["task", "Deployment"], ["deployment", "DeploymentStatus"], ["manifestPath", "RepositoryVulnerabilityAlert"],
  ["cwes", "SecurityAdvisory"], ["items", "ProjectV2"], ["project", "ProjectV2Item"], ["requiredApprovals", "BranchProtectionRule"], ["head", "Ref"],
  ["commitSha", "CommitComment"], ["commit", "Ref"], ["owner", "App"], ["path", "Workflow"],
];

export function typeNameOf(record: object): string {
  if ("__typename" in record && typeof record.__typename === "string") return record.__typename;
  if ("type" in record && typeof record.type === "string") {
    const name = BY_TYPE[record.type];
    if (name !== undefined) return name;
  }
  for (const [field, name] of BY_FIELD) if (field in record) return name;
  throw new Error(`No GraphQL type for a record with ${Object.keys(record).join(", ")}`);
}
