/**
 * Something that happened, as GitHub tells it: at most one webhook event for everybody who subscribed to it.
 * Emitted by an operation right after it changed the world; whoever listens reads the world as it is at that moment.
 */
import type * as E from "./entities.ts";

type Base = { readonly at: E.Millis; readonly actor: E.User };
type In = { readonly repository: E.Repository };
type Of = { readonly organization: E.Organization };
/** What was before an edit, by its path below the payload's `changes`, dots for nesting: `title`, `base.ref`, `repository.name`. */
type Changes = { readonly changes?: Readonly<Record<string, { readonly from: string | null }>> };

/** By the name of the webhook event; `action` is null for events that have none. */
export type Happening = Base &
  (
    | (In & Changes & { readonly event: "issues"; readonly action: "opened" | "edited" | "deleted" | "closed" | "reopened" | "assigned" | "unassigned" | "labeled" | "unlabeled" | "locked" | "unlocked" | "milestoned" | "demilestoned" | "pinned" | "unpinned" | "transferred" | "typed" | "untyped"; readonly issue: E.Issue; readonly label?: E.Label; readonly assignee?: E.User; readonly milestone?: E.Milestone; readonly transfer?: Transfer<E.Issue> })
    | (In & { readonly event: "sub_issues"; readonly action: "sub_issue_added" | "sub_issue_removed" | "parent_issue_added" | "parent_issue_removed"; readonly parent: E.Issue; readonly child: E.Issue })
    | (In & Changes & { readonly event: "issue_comment"; readonly action: "created" | "edited" | "deleted"; readonly comment: E.IssueComment })
    | (In & Changes & { readonly event: "pull_request"; readonly action: "opened" | "edited" | "closed" | "reopened" | "assigned" | "unassigned" | "labeled" | "unlabeled" | "locked" | "unlocked" | "milestoned" | "demilestoned" | "review_requested" | "review_request_removed" | "ready_for_review" | "converted_to_draft" | "synchronize" | "auto_merge_enabled" | "auto_merge_disabled" | "enqueued" | "dequeued"; readonly pullRequest: E.PullRequest; readonly label?: E.Label; readonly assignee?: E.User; readonly milestone?: E.Milestone; readonly reviewer?: E.User | E.Team; readonly before?: string; readonly after?: string })
    | (In & Changes & { readonly event: "pull_request_review"; readonly action: "submitted" | "edited" | "dismissed"; readonly review: E.Review })
    | (In & Changes & { readonly event: "pull_request_review_comment"; readonly action: "created" | "edited" | "deleted"; readonly comment: E.ReviewComment })
    | (In & { readonly event: "pull_request_review_thread"; readonly action: "resolved" | "unresolved"; readonly thread: E.ReviewThread })
    | (In & { readonly event: "commit_comment"; readonly action: "created"; readonly comment: E.CommitComment })
    | (In & Changes & { readonly event: "discussion"; readonly action: "created" | "edited" | "deleted" | "answered" | "unanswered" | "category_changed" | "closed" | "reopened" | "labeled" | "unlabeled" | "locked" | "unlocked" | "pinned" | "unpinned" | "transferred"; readonly discussion: E.Discussion; readonly label?: E.Label; readonly answer?: E.DiscussionComment; readonly fromCategory?: E.DiscussionCategory; readonly transfer?: Transfer<E.Discussion> })
    | (In & Changes & { readonly event: "discussion_comment"; readonly action: "created" | "edited" | "deleted"; readonly comment: E.DiscussionComment })
    | (In & { readonly event: "push"; readonly action: null; readonly ref: string; readonly before: string; readonly after: string; readonly created: boolean; readonly deleted: boolean; readonly forced: boolean; readonly commits: readonly E.Commit[] })
    | (In & { readonly event: "create" | "delete"; readonly action: null; readonly refType: "branch" | "tag"; readonly ref: string })
    | (In & Changes & { readonly event: "release"; readonly action: "created" | "edited" | "published" | "released" | "prereleased" | "unpublished" | "deleted"; readonly release: E.Release })
    | (In & Changes & { readonly event: "label"; readonly action: "created" | "edited" | "deleted"; readonly label: E.Label })
    | (In & Changes & { readonly event: "milestone"; readonly action: "created" | "edited" | "closed" | "opened" | "deleted"; readonly milestone: E.Milestone })
    | (In & { readonly event: "star"; readonly action: "created" | "deleted"; readonly starredAt: E.Millis | null })
    | (In & { readonly event: "watch"; readonly action: "started" })
    | (In & { readonly event: "fork"; readonly action: null; readonly fork: E.Repository })
    | (In & Changes & { readonly event: "repository"; readonly action: "created" | "edited" | "renamed" | "transferred" | "archived" | "unarchived" | "publicized" | "privatized" | "deleted"; readonly formerOwner?: E.Account; readonly formerTopics?: readonly string[] })
    | (In & { readonly event: "public"; readonly action: null })
    | (In & { readonly event: "member"; readonly action: "added" | "edited" | "removed"; readonly member: E.User; readonly permission?: { readonly from: E.RepositoryPermission | null; readonly to: E.RepositoryPermission } })
    | (In & { readonly event: "team_add"; readonly action: null; readonly team: E.Team })
    | (Of & Partial<In> & Changes & { readonly event: "team"; readonly action: "created" | "edited" | "deleted" | "added_to_repository" | "removed_from_repository"; readonly team: E.Team; readonly fromPermission?: E.RepositoryPermission })
    | (Of & { readonly event: "membership"; readonly action: "added" | "removed"; readonly team: E.Team; readonly member: E.User })
    | (Of & Changes & { readonly event: "organization"; readonly action: "member_added" | "member_removed" | "member_invited" | "renamed" | "deleted"; readonly membership?: E.Membership; readonly invitation?: E.Invitation })
    | (Of & { readonly event: "org_block"; readonly action: "blocked" | "unblocked"; readonly blocked: E.User })
    | (In & { readonly event: "workflow_run"; readonly action: "requested" | "in_progress" | "completed"; readonly run: E.WorkflowRun })
    | (In & { readonly event: "workflow_job"; readonly action: "queued" | "in_progress" | "completed" | "waiting"; readonly job: E.WorkflowJob })
    | (In & { readonly event: "workflow_dispatch"; readonly action: null; readonly workflow: E.Workflow; readonly ref: string })
    | (In & { readonly event: "repository_dispatch"; readonly action: string; readonly branch: string })
    | (In & { readonly event: "check_suite"; readonly action: "requested" | "rerequested" | "completed"; readonly suite: E.CheckSuite })
    | (In & { readonly event: "check_run"; readonly action: "created" | "completed" | "rerequested" | "requested_action"; readonly run: E.CheckRun })
    | (In & { readonly event: "status"; readonly action: null; readonly status: E.Status })
    | (In & { readonly event: "deployment"; readonly action: "created"; readonly deployment: E.Deployment })
    | (In & { readonly event: "deployment_status"; readonly action: "created"; readonly status: E.DeploymentStatus })
    | (In & { readonly event: "dependabot_alert"; readonly action: "created" | "fixed" | "dismissed" | "auto_dismissed" | "reopened" | "auto_reopened" | "reintroduced"; readonly alert: E.DependabotAlert })
    | (In & { readonly event: "repository_vulnerability_alert"; readonly action: "create" | "dismiss" | "resolve"; readonly alert: E.DependabotAlert })
    | (In & { readonly event: "code_scanning_alert"; readonly action: "created" | "fixed" | "closed_by_user" | "reopened" | "reopened_by_user" | "appeared_in_branch"; readonly alert: E.CodeScanningAlert })
    | (In & { readonly event: "secret_scanning_alert"; readonly action: "created" | "resolved" | "reopened" | "validated" | "publicly_leaked"; readonly alert: E.SecretScanningAlert })
    | (In & { readonly event: "secret_scanning_alert_location"; readonly action: "created"; readonly alert: E.SecretScanningAlert })
    | (In & { readonly event: "repository_advisory"; readonly action: "published" | "reported"; readonly advisory: E.Advisory })
    | { readonly event: "security_advisory"; readonly action: "published" | "updated" | "withdrawn"; readonly advisory: E.GlobalAdvisory }
    | (Of & { readonly event: "projects_v2"; readonly action: "created" | "edited" | "closed" | "reopened" | "deleted"; readonly project: E.Project; readonly changes?: Readonly<Record<string, { readonly from: string | null; readonly to: string | null }>> })
    | (Of & { readonly event: "projects_v2_item"; readonly action: "created" | "edited" | "archived" | "restored" | "converted" | "reordered" | "deleted"; readonly item: E.ProjectItem; readonly status?: { readonly from: E.ProjectItem["status"]; readonly to: E.ProjectItem["status"] } })
    | (In & { readonly event: "branch_protection_rule"; readonly action: "created" | "edited" | "deleted"; readonly rule: E.BranchProtectionRule })
    | (In & { readonly event: "deploy_key"; readonly action: "created" | "deleted"; readonly key: E.DeployKey })
    | (In & { readonly event: "gollum"; readonly action: null; readonly pages: readonly { readonly name: string; readonly title: string; readonly action: "created" | "edited"; readonly sha: string }[] })
    | (In & { readonly event: "page_build"; readonly action: null; readonly buildId: number; readonly commit: E.Commit })
    | (In & { readonly event: "package" | "registry_package"; readonly action: "published" | "updated"; readonly package: { readonly id: number; readonly name: string; readonly version: string; readonly versionId: number } })
    | (In & { readonly event: "merge_group"; readonly action: "checks_requested" | "destroyed"; readonly pullRequest: E.PullRequest; readonly headSha: string; readonly baseSha: string })
    | ({ readonly event: "meta"; readonly action: "deleted"; readonly hook: E.Hook })
    | ({ readonly event: "ping"; readonly action: null; readonly hook: E.Hook })
  );

/** The new end of a transfer in the event of the old one, and the other way round. */
export type Transfer<T> = { readonly from: { readonly repository: E.Repository; readonly number: number; readonly id: number }; readonly to: T };

export type EventName = Happening["event"];

/** The happenings of one event; some share their form with another event. */
export type HappeningOf<Name extends EventName> = Happening extends infer H ? (H extends { readonly event: infer Named } ? (Name extends Named ? H : never) : never) : never;
