/** Of GraphQL nodes and REST objects of the other kinds, as they come: the documents. */
import { describe, expect, test } from "@jest/globals";
import type { JsonObject } from "@octally/shared/json";
import { FACTS, fetched, observedNode, observedRest } from "../../test/fetched.ts";
import { TIMELINE_EVENT } from "../timeline-types.ts";

const node = { __typename: "User", login: "octocat", databaseId: 583231 };
const user = { id: 583231, login: "octocat", type: "User" };
const list = (...nodes: readonly JsonObject[]): JsonObject => ({ totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes });
const AT = "2026-05-15T15:20:21Z";
const words = { author: node, authorAssociation: "MEMBER", body: "Hello", createdAt: AT, updatedAt: AT, url: "https://github.com/octo/hello/x" };
const written = { user, author_association: "MEMBER", body: "Hello", created_at: AT, updated_at: AT, html_url: "https://github.com/octo/hello/x" };
const reacted = { total_count: 3, "+1": 2, "-1": 0, laugh: 0, hooray: 0, confused: 0, heart: 1, rocket: 0, eyes: 0 };
const organization = { id: 9, login: "octo" };
const team = { id: 7, slug: "crew", name: "Crew" };

describe("by GraphQL", () => {
  test.each<[string, JsonObject, JsonObject, Readonly<Record<string, unknown>>]>([
    ["star", { starredAt: AT, node }, {}, { user, starred_at: AT }],
    ["watcher", node, {}, { user }],
    ["member", { role: "ADMIN", node }, { ...organization, kind: "organization" }, { organization, user, role: "admin" }],
    ["team-member", { node }, { ...team, node_id: "T_7", kind: "team" }, { team, user }],
    ["branch", { id: "REF_1", name: "feature/x", target: { oid: "c0ffee" } }, {}, { name: "feature/x", sha: "c0ffee" }],
    ["tag", { id: "REF_2", name: "v1", target: { oid: "beef" } }, {}, { name: "v1", sha: "beef" }],
    [
      "collaborator",
      { node, permissionSources: [{ permission: "READ", roleName: null, source: { __typename: "Organization" } }, { permission: "WRITE", roleName: "maintain", source: { __typename: "Repository" } }] },
      {},
      { user, permission: "maintain" },
    ],
    [
      "fork",
      { id: "R_5", databaseId: 5, nameWithOwner: "octocat/hello", owner: node, isPrivate: false, createdAt: AT, url: "https://github.com/octocat/hello" },
      {},
      { id: 5, node_id: "R_5", full_name: "octocat/hello", owner: user, private: false, created_at: AT, html_url: "https://github.com/octocat/hello" },
    ],
    [
      "team",
      { id: "T_8", databaseId: 8, slug: "deck", name: "Deck", description: "", privacy: "VISIBLE", notificationSetting: "NOTIFICATIONS_ENABLED", parentTeam: { databaseId: 7, slug: "crew", name: "Crew" }, url: "https://github.com/orgs/octo/teams/deck" },
      organization,
      { id: 8, node_id: "T_8", slug: "deck", name: "Deck", description: null, privacy: "closed", notification_setting: "notifications_enabled", parent: team, html_url: "https://github.com/orgs/octo/teams/deck" },
    ],
    [
      "commit-comment",
      { id: "CC_1", databaseId: 1, ...words, commit: { oid: "c0ffee" }, path: null, position: null },
      {},
      { id: 1, node_id: "CC_1", commit_id: "c0ffee", path: null, position: null, ...written },
    ],
    [
      "discussion",
      {
        id: "D_1", databaseId: 1, number: 4, ...words, title: "How?", closed: true, stateReason: "RESOLVED", category: { name: "Q&A", slug: "q-a", isAnswerable: true }, labels: list({ name: "b" }, { name: "a" }),
        locked: true, activeLockReason: "OFF_TOPIC", answer: { url: "https://github.com/octo/hello/discussions/4#discussioncomment-2" }, answerChosenAt: AT, answerChosenBy: node,
      },
      {},
      {
        id: 1, node_id: "D_1", number: 4, title: "How?", ...written, state: "closed", state_reason: "resolved", category: { name: "Q&A", slug: "q-a", is_answerable: true }, labels: [{ name: "a" }, { name: "b" }],
        locked: true, active_lock_reason: "off-topic", answer_html_url: "https://github.com/octo/hello/discussions/4#discussioncomment-2", answer_chosen_at: AT, answer_chosen_by: user,
      },
    ],
    [
      "discussion-comment",
      { id: "DC_3", databaseId: 3, ...words, deletedAt: null, replyTo: { databaseId: 2 }, discussion: { databaseId: 1, number: 4 } },
      {},
      { id: 3, node_id: "DC_3", discussion: { id: 1, number: 4 }, parent_id: 2, ...written },
    ],
    ["label", { id: "LA_kwABBQ", name: "bug", color: "d73a4a", description: "", isDefault: true }, {}, { id: 5, node_id: "LA_kwABBQ", name: "bug", color: "d73a4a", description: null, default: true }],
    [
      "check-run",
      {
        __typename: "CheckRun", id: "CR_1", databaseId: 1, name: "test", status: "COMPLETED", conclusion: "TIMED_OUT", startedAt: AT, completedAt: null, title: "", detailsUrl: null, permalink: "https://github.com/octo/hello/runs/1",
        checkSuite: { databaseId: 2, commit: { oid: "c0ffee" }, app: { databaseId: 3, slug: "ci", name: "CI" } },
      },
      {},
      {
        id: 1, node_id: "CR_1", name: "test", head_sha: "c0ffee", status: "completed", conclusion: "timed_out", started_at: AT, completed_at: null, output: { title: null }, check_suite: { id: 2 }, app: { id: 3, slug: "ci", name: "CI" },
        details_url: null, html_url: "https://github.com/octo/hello/runs/1",
      },
    ],
    [
      "status",
      { id: "SC_1", context: "ci", state: "SUCCESS", description: "", targetUrl: null, createdAt: AT },
      { sha: "c0ffee" },
      { sha: "c0ffee", context: "ci", state: "success", description: null, target_url: null, created_at: AT, updated_at: AT },
    ],
    [
      "deployment-status",
      { id: "DES_kwABBQ", state: "IN_PROGRESS", environment: "prod", description: null, creator: node, logUrl: null, environmentUrl: "https://octo.example", createdAt: AT, updatedAt: AT },
      { id: 7 },
      { id: 5, node_id: "DES_kwABBQ", deployment: { id: 7 }, state: "in_progress", environment: "prod", description: null, creator: user, log_url: null, environment_url: "https://octo.example", created_at: AT, updated_at: AT },
    ],
    [
      "project",
      { id: "PVT_1", fullDatabaseId: "1", number: 2, updatedAt: AT, title: "Plan", shortDescription: null, public: true, closedAt: null, creator: node, createdAt: AT },
      organization,
      { id: 1, node_id: "PVT_1", number: 2, title: "Plan", short_description: null, public: true, creator: user, created_at: AT, updated_at: AT, closed_at: null },
    ],
    [
      "project-item",
      { id: "PVTI_1", fullDatabaseId: "1", updatedAt: AT, type: "PULL_REQUEST", project: { id: "PVT_1" }, content: { id: "PR_1" }, creator: null, isArchived: false, createdAt: AT },
      {},
      { id: 1, node_id: "PVTI_1", project_node_id: "PVT_1", content_node_id: "PR_1", content_type: "PullRequest", creator: { id: 10137, login: "ghost", type: "User" }, archived: false, created_at: AT, updated_at: AT },
    ],
    [
      "pull-request-files",
      { id: "PR_1", fullDatabaseId: "1", number: 3, headRefOid: "c0ffee", files: list({ path: "z", changeType: "DELETED", additions: 0, deletions: 9 }, { path: "a", changeType: "ADDED", additions: 1, deletions: 0 }) },
      {},
      { pull_request: { id: 1, number: 3 }, head: { sha: "c0ffee" }, files: [{ filename: "a", status: "added", additions: 1, deletions: 0 }, { filename: "z", status: "removed", additions: 0, deletions: 9 }] },
    ],
    [
      "repository-snapshot",
      {
        databaseId: 1, nameWithOwner: "octo/hello", owner: { login: "octo" }, stargazerCount: 1, forkCount: 2, diskUsage: null, watchers: { totalCount: 3 }, openIssues: { totalCount: 4 }, closedIssues: { totalCount: 5 },
        openPullRequests: { totalCount: 6 }, closedPullRequests: { totalCount: 7 }, mergedPullRequests: { totalCount: 8 }, releases: { totalCount: 9 }, discussions: { totalCount: 10 },
      },
      organization,
      {
        day: "2026-11-21T00:00:00Z", stargazers_count: 1, forks_count: 2, size: 0, watchers_count: 3, open_issues_count: 4, closed_issues_count: 5,
        open_pull_requests_count: 6, closed_pull_requests_count: 7, merged_pull_requests_count: 8, releases_count: 9, discussions_count: 10,
      },
    ],
  ])("%s", (kind, found, below, document) => {
    expect(observedNode(kind, found, { below })).toEqual(document);
  });

  test("a collaborator whose sources are not told is not whole; one without a grant here is none", () => {
    expect(fetched("collaborator", { node, permissionSources: null })).toMatchObject({ is: "not-whole" });
    expect(fetched("collaborator", { node, permissionSources: [{ permission: "ADMIN", roleName: "admin", source: { __typename: "Team" } }] })).toEqual({ is: "nothing" });
  });

  test("an item that the token may not see is there, and no document", () => {
    expect(fetched("project-item", { id: "PVTI_1", fullDatabaseId: "1", type: "REDACTED" })).toEqual({ is: "hidden", kind: "project-item", id: "1" });
  });
});

describe("timeline-event", () => {
  const below = { id: 5, number: 3, kind: "pull-request" };
  const nothing = {
    label: null, assignee: null, requested_reviewer: null, requested_team: null, dismissed_review: null, milestone: null, rename: null, before_commit: null, commit_id: null, state_reason: null,
    lock_reason: null, source: null, will_close_target: null, from_repository: null,
  };
  const common = { node_id: "TE_1", subject_kind: "pull-request", subject: { id: 5, number: 3 }, actor: user, created_at: AT };
  const reference = { __typename: "Issue", number: 8, repository: { nameWithOwner: "octo/other" } };

  test.each<[string, JsonObject, string, Readonly<Record<string, unknown>>]>([
    ["LabeledEvent", { label: { name: "bug" } }, "labeled", { label: { name: "bug" } }],
    ["AssignedEvent", { assignee: { __typename: "Bot", login: "helper", databaseId: 4 } }, "assigned", { assignee: { id: 4, login: "helper[bot]", type: "Bot" } }],
    ["ReviewRequestedEvent", { requestedReviewer: node }, "review_requested", { requested_reviewer: user }],
    ["ReviewRequestRemovedEvent", { requestedReviewer: { __typename: "Team", databaseId: 7, slug: "crew", name: "Crew" } }, "review_request_removed", { requested_team: team }],
    ["ReviewDismissedEvent", { review: { fullDatabaseId: "77" }, previousReviewState: "APPROVED", dismissalMessage: "Old" }, "review_dismissed", { dismissed_review: { review_id: 77, state: "approved", dismissal_message: "Old" } }],
    ["MilestonedEvent", { milestoneTitle: "v1" }, "milestoned", { milestone: { title: "v1" } }],
    ["RenamedTitleEvent", { previousTitle: "a", currentTitle: "b" }, "renamed", { rename: { from: "a", to: "b" } }],
    ["BaseRefChangedEvent", { previousRefName: "main", currentRefName: "next" }, "base_ref_changed", { rename: { from: "main", to: "next" } }],
    ["HeadRefForcePushedEvent", { beforeCommit: { oid: "a" }, afterCommit: { oid: "b" } }, "head_ref_force_pushed", { before_commit: "a", commit_id: "b" }],
    ["LockedEvent", { lockReason: "TOO_HEATED" }, "locked", { lock_reason: "too heated" }],
    ["ClosedEvent", { stateReason: "NOT_PLANNED" }, "closed", { state_reason: "not_planned" }],
    ["MergedEvent", { commit: { oid: "c" } }, "merged", { commit_id: "c" }],
    ["CrossReferencedEvent", { willCloseTarget: true, source: reference }, "cross-referenced", { will_close_target: true, source: { kind: "issue", number: 8, repository: { full_name: "octo/other" } } }],
    ["SubIssueAddedEvent", { subIssue: reference }, "sub_issue_added", { source: { kind: "issue", number: 8, repository: { full_name: "octo/other" } } }],
    ["MarkedAsDuplicateEvent", { canonical: null }, "marked_as_duplicate", {}],
    ["TransferredEvent", { fromRepository: { databaseId: 6, nameWithOwner: "octo/old" } }, "transferred", { from_repository: { id: 6, full_name: "octo/old" } }],
    ["ConvertToDraftEvent", {}, "convert_to_draft", {}],
    ["AutoMergeEnabledEvent", {}, "auto_merge_enabled", {}],
    ["ConvertedNoteToIssueEvent", {}, "converted_note_to_issue", {}],
  ])("%s", (type, details, event, told) => {
    const asked = TIMELINE_EVENT.split(/(?=\.\.\. on \w+Event \{)/).find((part) => part.startsWith(`... on ${type} `));
    for (const detail of ["actor", "createdAt", ...Object.keys(details)]) expect(asked).toMatch(new RegExp(`\\b${detail}\\b`));
    expect(observedNode("timeline-event", { __typename: type, id: "TE_1", actor: node, createdAt: AT, ...details }, { below })).toEqual({ ...common, event, ...nothing, ...told });
  });
});

describe("by REST", () => {
  test.each<[string, JsonObject, JsonObject, Readonly<Record<string, unknown>>]>([
    ["star", { starred_at: AT, user }, {}, { user, starred_at: AT }],
    ["watcher", user, {}, { user }],
    ["outside-collaborator", user, { ...organization, kind: "organization" }, { organization, user }],
    ["member", { state: "active", role: "member", user, organization }, {}, { organization, user, role: "member" }],
    ["team-member", { ...user, role: "maintainer", inherited: false }, team, { team, user }],
    ["branch", { name: "feature/x", commit: { sha: "c0ffee" }, protected: false }, {}, { name: "feature/x", sha: "c0ffee" }],
    ["branch", { ref: "refs/heads/feature/x", object: { sha: "c0ffee", type: "commit" } }, {}, { name: "feature/x", sha: "c0ffee" }],
    ["tag", { ref: "refs/tags/v1", object: { sha: "beef", type: "tag" } }, {}, { name: "v1", sha: "beef" }],
    [
      "status",
      { url: "https://api.github.com/repos/octo/hello/statuses/c0ffee", id: 1, state: "success", description: null, target_url: null, context: "ci", created_at: AT, updated_at: AT },
      {},
      { sha: "c0ffee", context: "ci", state: "success", description: null, target_url: null, created_at: AT, updated_at: AT },
    ],
    [
      "deployment-status",
      { id: 1, node_id: "DES_1", deployment_url: "https://api.github.com/repos/octo/hello/deployments/5", state: "success", environment: "prod", description: "", creator: user, log_url: "", environment_url: "", created_at: AT, updated_at: AT },
      {},
      { id: 1, node_id: "DES_1", deployment: { id: 5 }, state: "success", environment: "prod", description: null, creator: user, log_url: null, environment_url: null, created_at: AT, updated_at: AT },
    ],
    ["traffic", { timestamp: "2026-11-20T00:00:00Z", count: 9, uniques: 3 }, { measure: "views" }, { measure: "views", day: "2026-11-20T00:00:00Z", rank: 0, days: 1, name: null, title: null, count: 9, uniques: 3 }],
    ["traffic", { path: "/octo/hello", title: "Hello", count: 9, uniques: 3 }, { measure: "path" }, { measure: "path", day: "2026-11-21T00:00:00Z", rank: 3, days: 14, name: "/octo/hello", title: "Hello", count: 9, uniques: 3 }],
    ["reactions", { id: 5, number: 4, reactions: { url: "https://api.github.com/x", ...reacted } }, {}, { subject_kind: "issue", subject_key: 4, reactions: reacted }],
    ["reactions", { id: 5, number: 4, pull_request: { url: "x" }, reactions: reacted }, {}, { subject_kind: "pull-request", subject_key: 4, reactions: reacted }],
    ["reactions", { id: 6, issue_url: "https://api.github.com/repos/octo/hello/issues/4", reactions: reacted }, {}, { subject_kind: "issue-comment", subject_key: 6, reactions: reacted }],
    ["reactions", { id: 7, pull_request_review_id: null, reactions: reacted }, {}, { subject_kind: "review-comment", subject_key: 7, reactions: reacted }],
    [
      "organization",
      { id: 9, node_id: "O_9", login: "octo", name: null, description: "", company: null, blog: "", location: null, email: null, is_verified: true, html_url: "https://github.com/octo", created_at: AT, updated_at: AT },
      {},
      { id: 9, node_id: "O_9", login: "octo", name: null, description: null, company: null, blog: null, location: null, email: null, is_verified: true, html_url: "https://github.com/octo", created_at: AT, updated_at: AT },
    ],
  ])("%s", (kind, found, below, document) => {
    expect(observedRest(kind, found, { below, index: 2 })).toEqual(document);
  });

  test("a status of a deployment whose node id has another form is asked for by its deployment", () => {
    const status = { id: "MDE2OkRlcGxveW1lbnRTdGF0dXM1", state: "QUEUED", environment: "prod", description: null, creator: node, logUrl: null, environmentUrl: null, createdAt: AT, updatedAt: AT };
    expect(fetched("deployment-status", status, { below: { id: 7 } })).toMatchObject({ is: "not-whole", subject: { node_id: status.id, key: "7" } });
  });

  test("a label whose node id has another form is asked for by its name", () => {
    expect(fetched("label", { id: "MDU6TGFiZWw1", name: "bug", color: "d73a4a", description: null, isDefault: true })).toMatchObject({ is: "not-whole", subject: { node_id: "MDU6TGFiZWw1", key: "bug" } });
  });

  test("a status among a commit's checks is no check", () => {
    expect(fetched("check-run", { __typename: "StatusContext" })).toEqual({ is: "nothing" });
  });

  test("who is invited is no member; who is in a team below is none of this team", () => {
    expect(() => observedRest("member", { state: "pending", role: "member", user, organization })).toThrow('{"is":"nothing"}');
    expect(() => observedRest("team-member", { ...user, inherited: true }, { below: team })).toThrow('{"is":"nothing"}');
  });

  test("an advisory of the repository, and one of GitHub's", () => {
    const advisory = {
      ghsa_id: "GHSA-1", cve_id: null, summary: "Bad", description: "Very", severity: "high", cvss: null, cwes: [], vulnerabilities: [], state: "published", published_at: AT, updated_at: AT, closed_at: null, withdrawn_at: null,
      html_url: "https://github.com/octo/hello/security/advisories/GHSA-1",
    };
    expect(observedRest("security-advisory", advisory)).toMatchObject({ published_by: "repository", ghsa_id: "GHSA-1" });
    expect(observedRest("security-advisory", advisory, { ...FACTS, repository: null })).toMatchObject({ published_by: "github" });
  });
});
