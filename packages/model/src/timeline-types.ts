/** The events of GraphQL's timelines: all their items but comments, reviews, threads and commits. A test compares them with the schema. */
import type { ChildList } from "./sources.ts";

const ISSUE_EVENTS = `
  ADDED_TO_PROJECT_EVENT ASSIGNED_EVENT CLOSED_EVENT COMMENT_DELETED_EVENT CONNECTED_EVENT CONVERTED_NOTE_TO_ISSUE_EVENT
  CONVERTED_TO_DISCUSSION_EVENT CROSS_REFERENCED_EVENT DEMILESTONED_EVENT DISCONNECTED_EVENT LABELED_EVENT LOCKED_EVENT
  MARKED_AS_DUPLICATE_EVENT MENTIONED_EVENT MILESTONED_EVENT MOVED_COLUMNS_IN_PROJECT_EVENT PARENT_ISSUE_ADDED_EVENT PARENT_ISSUE_REMOVED_EVENT
  PINNED_EVENT REFERENCED_EVENT REMOVED_FROM_PROJECT_EVENT RENAMED_TITLE_EVENT REOPENED_EVENT SUBSCRIBED_EVENT
  SUB_ISSUE_ADDED_EVENT SUB_ISSUE_REMOVED_EVENT TRANSFERRED_EVENT UNASSIGNED_EVENT UNLABELED_EVENT UNLOCKED_EVENT
  UNMARKED_AS_DUPLICATE_EVENT UNPINNED_EVENT UNSUBSCRIBED_EVENT USER_BLOCKED_EVENT`;

const PULL_REQUEST_EVENTS = `${ISSUE_EVENTS}
  ADDED_TO_MERGE_QUEUE_EVENT AUTOMATIC_BASE_CHANGE_FAILED_EVENT AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT AUTO_MERGE_DISABLED_EVENT AUTO_MERGE_ENABLED_EVENT
  AUTO_REBASE_ENABLED_EVENT AUTO_SQUASH_ENABLED_EVENT BASE_REF_CHANGED_EVENT BASE_REF_DELETED_EVENT BASE_REF_FORCE_PUSHED_EVENT CONVERT_TO_DRAFT_EVENT
  DEPLOYED_EVENT DEPLOYMENT_ENVIRONMENT_CHANGED_EVENT HEAD_REF_DELETED_EVENT HEAD_REF_FORCE_PUSHED_EVENT HEAD_REF_RESTORED_EVENT MERGED_EVENT
  READY_FOR_REVIEW_EVENT REMOVED_FROM_MERGE_QUEUE_EVENT REVIEW_DISMISSED_EVENT REVIEW_REQUESTED_EVENT REVIEW_REQUEST_REMOVED_EVENT`;

/** They cost by how often they are asked for: a hundred of a timeline are not dearer than one. */
export const ISSUE_TIMELINE: ChildList = timelineOf(ISSUE_EVENTS);
export const PULL_REQUEST_TIMELINE: ChildList = timelineOf(PULL_REQUEST_EVENTS);

function timelineOf(types: string): ChildList {
  return { kind: "timeline-event", field: "timelineItems", args: `itemTypes: [${types.trim().replaceAll(/\s+/g, " ")}]`, first: 100 };
}

/** What each sort of event has beside its actor and its time. */
const DETAILS: Readonly<Record<string, string>> = {
  LabeledEvent: "label { name }",
  UnlabeledEvent: "label { name }",
  AssignedEvent: "assignee { __typename ...actor }",
  UnassignedEvent: "assignee { __typename ...actor }",
  ReviewRequestedEvent: "requestedReviewer { __typename ...actor ... on Team { databaseId slug name } }",
  ReviewRequestRemovedEvent: "requestedReviewer { __typename ...actor ... on Team { databaseId slug name } }",
  ReviewDismissedEvent: "review { fullDatabaseId } previousReviewState dismissalMessage",
  MilestonedEvent: "milestoneTitle",
  DemilestonedEvent: "milestoneTitle",
  RenamedTitleEvent: "previousTitle currentTitle",
  BaseRefChangedEvent: "previousRefName currentRefName",
  HeadRefForcePushedEvent: "beforeCommit { oid } afterCommit { oid }",
  BaseRefForcePushedEvent: "beforeCommit { oid } afterCommit { oid }",
  LockedEvent: "lockReason",
  ClosedEvent: "stateReason",
  MergedEvent: "commit { oid }",
  ReferencedEvent: "commit { oid }",
  CrossReferencedEvent: "willCloseTarget source { ...subject }",
  ConnectedEvent: "source { ...subject }",
  DisconnectedEvent: "source { ...subject }",
  MarkedAsDuplicateEvent: "canonical { ...subject }",
  UnmarkedAsDuplicateEvent: "canonical { ...subject }",
  ParentIssueAddedEvent: "parent { ...subject }",
  ParentIssueRemovedEvent: "parent { ...subject }",
  SubIssueAddedEvent: "subIssue { ...subject }",
  SubIssueRemovedEvent: "subIssue { ...subject }",
  TransferredEvent: "fromRepository { databaseId nameWithOwner }",
};

/** Events have an actor and a time each, and no interface that says so: each sort is asked for them by itself. */
export const TIMELINE_EVENT = `fragment timelineEvent on Node { ${typeNames()
  .map((type) => `... on ${type} { actor { ...actor } createdAt${DETAILS[type] === undefined ? "" : ` ${DETAILS[type]}`} }`)
  .join(" ")} }`;

/** `SUB_ISSUE_ADDED_EVENT` is the type `SubIssueAddedEvent`. */
function typeNames(): readonly string[] {
  return PULL_REQUEST_EVENTS.trim().split(/\s+/).map((name) => name.toLowerCase().replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()));
}
