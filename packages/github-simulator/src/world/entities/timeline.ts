/** What happened to an issue or a pull request. */
import type { Team, User } from "./accounts.ts";
import type { Millis } from "./basics.ts";
import type { Issue, LockReason, PullRequest } from "./conversation.ts";
import type { Repository } from "./repository.ts";
import type { Review } from "./review.ts";

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
