/** Every event, in all its actions, as it happens to the tiny world. That no event is missing is checked by its type. */
import type * as E from "../src/world/entities.ts";
import type { EventName, Happening, HappeningOf } from "../src/world/happening.ts";
import * as tiny from "./tiny-world.ts";

const { alice, bob, repository, organization, issue, pullRequest, commit, sha } = tiny;
const by = { at: tiny.START, actor: alice };
const here = { ...by, repository };
const there = { ...by, organization };

function all<H extends Happening>(base: Omit<H, "action">, ...actions: readonly H["action"][]): readonly H[] {
  return actions.map((action) => ({ ...base, action }) as H);
}

const transfer = { from: { repository, number: 2, id: 500 }, to: { ...issue, repository: tiny.elsewhere, number: 9 } as E.Issue };
const discussionTransfer = { from: { repository, number: 4, id: 550 }, to: { ...tiny.discussion, repository: tiny.elsewhere, number: 9 } as E.Discussion };

export const EVERY_HAPPENING: { readonly [N in EventName]: readonly HappeningOf<N>[] } = {
  issues: [
    ...all<HappeningOf<"issues">>({ ...here, event: "issues", issue }, "opened", "deleted", "closed", "reopened", "locked", "unlocked", "pinned", "unpinned", "typed", "untyped"),
    { ...here, event: "issues", issue, action: "edited", changes: { title: { from: "It" }, body: { from: "" } } },
    ...all<HappeningOf<"issues">>({ ...here, event: "issues", issue, label: tiny.label }, "labeled", "unlabeled"),
    ...all<HappeningOf<"issues">>({ ...here, event: "issues", issue, assignee: alice }, "assigned", "unassigned"),
    ...all<HappeningOf<"issues">>({ ...here, event: "issues", issue, milestone: tiny.milestone }, "milestoned", "demilestoned"),
    { ...here, event: "issues", issue, action: "transferred", transfer },
    { ...here, repository: tiny.elsewhere, event: "issues", issue: transfer.to, action: "opened", transfer },
    { ...here, repository: tiny.personal, event: "issues", issue: { ...tiny.parentIssue, repository: tiny.personal, milestone: null, assignees: [] }, action: "opened" },
  ],
  sub_issues: all<HappeningOf<"sub_issues">>({ ...here, event: "sub_issues", parent: tiny.parentIssue, child: issue }, "sub_issue_added", "sub_issue_removed", "parent_issue_added", "parent_issue_removed"),
  issue_comment: [
    ...all<HappeningOf<"issue_comment">>({ ...here, event: "issue_comment", comment: tiny.issueComment }, "created", "deleted"),
    { ...here, event: "issue_comment", action: "edited", comment: tiny.issueComment, changes: { body: { from: "Me" } } },
    { ...here, event: "issue_comment", action: "created", comment: tiny.pullRequestComment },
  ],
  pull_request: [
    ...all<HappeningOf<"pull_request">>({ ...here, event: "pull_request", pullRequest }, "opened", "closed", "reopened", "locked", "unlocked", "ready_for_review", "converted_to_draft", "auto_merge_enabled", "auto_merge_disabled", "enqueued", "dequeued"),
    { ...here, event: "pull_request", pullRequest: { ...pullRequest, state: "closed", mergedAt: tiny.START, mergedBy: alice, closedAt: tiny.START, headRepository: null }, action: "closed" },
    { ...here, event: "pull_request", pullRequest, action: "edited", changes: { title: { from: "Hello" }, "base.ref": { from: "next" }, "base.sha": { from: sha("e") } } },
    ...all<HappeningOf<"pull_request">>({ ...here, event: "pull_request", pullRequest, label: tiny.label }, "labeled", "unlabeled"),
    ...all<HappeningOf<"pull_request">>({ ...here, event: "pull_request", pullRequest, assignee: alice }, "assigned", "unassigned"),
    ...all<HappeningOf<"pull_request">>({ ...here, event: "pull_request", pullRequest, milestone: tiny.milestone }, "milestoned", "demilestoned"),
    ...all<HappeningOf<"pull_request">>({ ...here, event: "pull_request", pullRequest, reviewer: alice }, "review_requested", "review_request_removed"),
    ...all<HappeningOf<"pull_request">>({ ...here, event: "pull_request", pullRequest, reviewer: tiny.team }, "review_requested", "review_request_removed"),
    { ...here, event: "pull_request", pullRequest, action: "synchronize", before: sha("e"), after: commit.sha },
  ],
  pull_request_review: [
    ...all<HappeningOf<"pull_request_review">>({ ...here, event: "pull_request_review", review: tiny.review }, "submitted", "dismissed"),
    { ...here, event: "pull_request_review", action: "edited", review: tiny.review, changes: { body: { from: "Good" } } },
  ],
  pull_request_review_comment: [
    ...all<HappeningOf<"pull_request_review_comment">>({ ...here, event: "pull_request_review_comment", comment: tiny.reply }, "created", "deleted"),
    { ...here, event: "pull_request_review_comment", action: "edited", comment: tiny.reply, changes: { body: { from: "Wy?" } } },
  ],
  pull_request_review_thread: all<HappeningOf<"pull_request_review_thread">>({ ...here, event: "pull_request_review_thread", thread: tiny.thread }, "resolved", "unresolved"),
  commit_comment: all<HappeningOf<"commit_comment">>({ ...here, event: "commit_comment", comment: tiny.commitComment }, "created"),
  discussion: [
    ...all<HappeningOf<"discussion">>({ ...here, event: "discussion", discussion: tiny.discussion }, "created", "deleted", "closed", "reopened", "locked", "unlocked", "pinned", "unpinned"),
    { ...here, event: "discussion", action: "edited", discussion: tiny.discussion, changes: { title: { from: "Ho" } } },
    { ...here, event: "discussion", action: "answered", discussion: tiny.answered, answer: tiny.discussionComment },
    { ...here, event: "discussion", action: "unanswered", discussion: tiny.discussion, answer: tiny.discussionComment },
    { ...here, event: "discussion", action: "category_changed", discussion: tiny.discussion, fromCategory: tiny.category },
    ...all<HappeningOf<"discussion">>({ ...here, event: "discussion", discussion: tiny.discussion, label: tiny.label }, "labeled", "unlabeled"),
    { ...here, event: "discussion", action: "transferred", discussion: tiny.discussion, transfer: discussionTransfer },
    { ...here, repository: tiny.elsewhere, event: "discussion", action: "created", discussion: discussionTransfer.to, transfer: discussionTransfer },
  ],
  discussion_comment: [
    ...all<HappeningOf<"discussion_comment">>({ ...here, event: "discussion_comment", comment: tiny.discussionComment }, "created", "deleted"),
    { ...here, event: "discussion_comment", action: "edited", comment: tiny.discussionComment, changes: { body: { from: "S" } } },
  ],
  push: [
    { ...here, event: "push", action: null, ref: "refs/heads/main", before: sha("c"), after: commit.sha, created: false, deleted: false, forced: false, commits: [commit] },
    { ...here, event: "push", action: null, ref: "refs/tags/v1.0.0", before: sha("0"), after: commit.sha, created: true, deleted: false, forced: false, commits: [] },
    { ...here, repository: tiny.personal, event: "push", action: null, ref: "refs/heads/old", before: sha("c"), after: sha("0"), created: false, deleted: true, forced: false, commits: [] },
  ],
  create: [{ ...here, event: "create", action: null, refType: "branch", ref: "hello" }, { ...here, event: "create", action: null, refType: "tag", ref: "v1.0.0" }],
  delete: [{ ...here, event: "delete", action: null, refType: "branch", ref: "hello" }, { ...here, event: "delete", action: null, refType: "tag", ref: "v1.0.0" }],
  release: [
    ...all<HappeningOf<"release">>({ ...here, event: "release", release: tiny.release }, "created", "published", "released", "prereleased", "unpublished", "deleted"),
    { ...here, event: "release", action: "edited", release: tiny.release, changes: { name: { from: "v1" } } },
  ],
  label: [
    ...all<HappeningOf<"label">>({ ...here, event: "label", label: tiny.label }, "created", "deleted"),
    { ...here, event: "label", action: "edited", label: tiny.label, changes: { color: { from: "cb1f00" } } },
  ],
  milestone: [
    ...all<HappeningOf<"milestone">>({ ...here, event: "milestone", milestone: tiny.milestone }, "created", "opened", "deleted"),
    { ...here, event: "milestone", action: "closed", milestone: { ...tiny.milestone, state: "closed", closedAt: tiny.START } },
    { ...here, event: "milestone", action: "edited", milestone: tiny.milestone, changes: { title: { from: "v0" } } },
  ],
  star: [{ ...here, event: "star", action: "created", starredAt: tiny.star.starredAt }, { ...here, event: "star", action: "deleted", starredAt: null }],
  watch: all<HappeningOf<"watch">>({ ...here, event: "watch" }, "started"),
  fork: [{ ...here, event: "fork", action: null, fork: tiny.fork }],
  repository: [
    ...all<HappeningOf<"repository">>({ ...here, event: "repository" }, "created", "archived", "unarchived", "publicized", "privatized", "deleted"),
    { ...here, event: "repository", action: "edited", changes: { description: { from: null } }, formerTopics: [] },
    { ...here, event: "repository", action: "renamed", changes: { "repository.name": { from: "hallo" } } },
    { ...here, event: "repository", action: "transferred", formerOwner: alice },
    { ...here, event: "repository", action: "transferred", formerOwner: organization },
  ],
  public: [{ ...here, event: "public", action: null }],
  member: [
    { ...here, event: "member", action: "added", member: bob, permission: { from: null, to: "push" } },
    { ...here, event: "member", action: "edited", member: bob, permission: { from: "push", to: "maintain" } },
    { ...here, event: "member", action: "removed", member: bob },
  ],
  team_add: [{ ...here, event: "team_add", action: null, team: tiny.team }],
  team: [
    ...all<HappeningOf<"team">>({ ...there, event: "team", team: tiny.team }, "created", "deleted"),
    { ...there, event: "team", action: "edited", team: tiny.team, changes: { description: { from: "" } } },
    { ...there, repository, event: "team", action: "edited", team: tiny.team, fromPermission: "pull" },
    ...all<HappeningOf<"team">>({ ...there, repository, event: "team", team: tiny.team }, "added_to_repository", "removed_from_repository"),
  ],
  membership: all<HappeningOf<"membership">>({ ...there, event: "membership", team: tiny.team, member: bob }, "added", "removed"),
  organization: [
    ...all<HappeningOf<"organization">>({ ...there, event: "organization", membership: tiny.membership }, "member_added", "member_removed"),
    { ...there, event: "organization", action: "member_invited", invitation: tiny.invitation },
    { ...there, event: "organization", action: "renamed", changes: { login: { from: "octo" } } },
    { ...there, event: "organization", action: "deleted", membership: tiny.membership },
  ],
  org_block: all<HappeningOf<"org_block">>({ ...there, event: "org_block", blocked: bob }, "blocked", "unblocked"),
  workflow_run: all<HappeningOf<"workflow_run">>({ ...here, event: "workflow_run", run: tiny.run }, "requested", "in_progress", "completed"),
  workflow_job: [...all<HappeningOf<"workflow_job">>({ ...here, event: "workflow_job", job: tiny.job }, "in_progress", "completed"), ...all<HappeningOf<"workflow_job">>({ ...here, event: "workflow_job", job: tiny.waitingJob }, "queued", "waiting")],
  workflow_dispatch: [{ ...here, event: "workflow_dispatch", action: null, workflow: tiny.workflow, ref: "refs/heads/main" }],
  repository_dispatch: [{ ...here, event: "repository_dispatch", action: "on-demand-test", branch: "main" }],
  check_suite: all<HappeningOf<"check_suite">>({ ...here, event: "check_suite", suite: tiny.suite }, "requested", "rerequested", "completed"),
  check_run: all<HappeningOf<"check_run">>({ ...here, event: "check_run", run: tiny.checkRun }, "created", "completed", "rerequested", "requested_action"),
  status: [{ ...here, event: "status", action: null, status: tiny.status }],
  deployment: all<HappeningOf<"deployment">>({ ...here, event: "deployment", deployment: tiny.deployment }, "created"),
  deployment_status: all<HappeningOf<"deployment_status">>({ ...here, event: "deployment_status", status: tiny.deploymentStatus }, "created"),
  dependabot_alert: [
    ...all<HappeningOf<"dependabot_alert">>({ ...here, event: "dependabot_alert", alert: tiny.dependabotAlert }, "created", "fixed", "auto_dismissed", "reopened", "auto_reopened", "reintroduced"),
    { ...here, event: "dependabot_alert", action: "dismissed", alert: tiny.dismissedAlert },
  ],
  repository_vulnerability_alert: [
    ...all<HappeningOf<"repository_vulnerability_alert">>({ ...here, event: "repository_vulnerability_alert", alert: tiny.dependabotAlert }, "create", "resolve"),
    { ...here, event: "repository_vulnerability_alert", action: "create", alert: { ...tiny.dependabotAlert, advisory: { ...tiny.globalAdvisory, patchedVersion: null } } },
    { ...here, event: "repository_vulnerability_alert", action: "dismiss", alert: tiny.dismissedAlert },
  ],
  code_scanning_alert: [
    ...all<HappeningOf<"code_scanning_alert">>({ ...here, event: "code_scanning_alert", alert: tiny.codeScanningAlert }, "created", "reopened", "reopened_by_user", "appeared_in_branch"),
    { ...here, event: "code_scanning_alert", action: "fixed", alert: { ...tiny.codeScanningAlert, state: "fixed", fixedAt: tiny.START } },
    { ...here, event: "code_scanning_alert", action: "closed_by_user", alert: { ...tiny.codeScanningAlert, state: "dismissed", dismissedAt: tiny.START, dismissedBy: alice, dismissedReason: "won't fix" } },
  ],
  secret_scanning_alert: all<HappeningOf<"secret_scanning_alert">>({ ...here, event: "secret_scanning_alert", alert: tiny.secretAlert }, "created", "resolved", "reopened", "validated", "publicly_leaked"),
  secret_scanning_alert_location: all<HappeningOf<"secret_scanning_alert_location">>({ ...here, event: "secret_scanning_alert_location", alert: tiny.secretAlert }, "created"),
  repository_advisory: all<HappeningOf<"repository_advisory">>({ ...here, event: "repository_advisory", advisory: tiny.advisory }, "published", "reported"),
  security_advisory: [
    ...all<HappeningOf<"security_advisory">>({ ...by, event: "security_advisory", advisory: tiny.globalAdvisory }, "published", "updated"),
    { ...by, event: "security_advisory", action: "withdrawn", advisory: { ...tiny.globalAdvisory, withdrawnAt: tiny.START } },
  ],
  projects_v2: [
    ...all<HappeningOf<"projects_v2">>({ ...there, event: "projects_v2", project: tiny.project }, "created", "closed", "reopened", "deleted"),
    { ...there, event: "projects_v2", action: "edited", project: tiny.project, changes: { title: { from: "Road", to: "Roadmap" }, public: { from: "false", to: "true" } } },
  ],
  projects_v2_item: [
    ...all<HappeningOf<"projects_v2_item">>({ ...there, event: "projects_v2_item", item: tiny.projectItem }, "created", "restored", "converted", "reordered", "deleted"),
    { ...there, event: "projects_v2_item", action: "archived", item: { ...tiny.projectItem, archivedAt: tiny.START } },
    { ...there, event: "projects_v2_item", action: "edited", item: tiny.draftItem, status: { from: null, to: "Todo" } },
  ],
  branch_protection_rule: all<HappeningOf<"branch_protection_rule">>({ ...here, event: "branch_protection_rule", rule: tiny.rule }, "created", "edited", "deleted"),
  deploy_key: all<HappeningOf<"deploy_key">>({ ...here, event: "deploy_key", key: tiny.deployKey }, "created", "deleted"),
  gollum: [{ ...here, event: "gollum", action: null, pages: [{ name: "Home", title: "Home", action: "created", sha: sha("f") }] }],
  page_build: [{ ...here, event: "page_build", action: null, buildId: 601, commit }],
  package: all<HappeningOf<"package">>({ ...here, event: "package", package: { id: 602, name: "hello", version: "1.0.0", versionId: 603 } }, "published", "updated"),
  registry_package: all<HappeningOf<"registry_package">>({ ...here, event: "registry_package", package: { id: 602, name: "hello", version: "1.0.0", versionId: 603 } }, "published", "updated"),
  merge_group: all<HappeningOf<"merge_group">>({ ...here, event: "merge_group", pullRequest, headSha: sha("7"), baseSha: sha("c") }, "checks_requested", "destroyed"),
  meta: all<HappeningOf<"meta">>({ ...by, event: "meta", hook: tiny.hook }, "deleted"),
  ping: [tiny.hook, tiny.organizationHook, tiny.appHook].map((hook) => ({ ...by, event: "ping", action: null, hook }) as const),
};
