/** One of everything, made by hand, so that shapes can be looked at without anything having to happen. Times rise by a minute a record. */
import type * as E from "../src/world/entities.ts";
import { NONE } from "../src/world/entities.ts";
import { makeShaping, type Shaping } from "../src/shapes/shaping.ts";
import { World } from "../src/world/world.ts";

export const START = Date.UTC(2026, 2, 2, 9, 0, 0);
const later = (minutes: number): number => START + minutes * 60_000;
const times = (minutes: number) => ({ createdAt: later(minutes), updatedAt: later(minutes + 1) });
export const sha = (digit: string): string => digit.repeat(40);

export const world = new World(() => later(1000));
/** Readable, so that a literal in a test says which thing it names. */
export const shaping = (): Shaping => makeShaping(world, (type, scope, id) => `${type}:${scope}:${id}`);

const account = (id: number, login: string, more: Partial<E.User> = {}): E.User => ({
  type: "User", id, login, name: null, email: null, company: null, location: null, bio: null, ...times(0), deleted: false, app: null, ...more,
});

export const alice = account(101, "alice", { name: "Alice", email: "alice@example.com" });
export const bob = account(102, "bob");
export const gone = account(103, "gone", { deleted: true });
export const organization: E.Organization = {
  type: "Organization", id: 201, login: "octo-demo", name: "Octo Demo", description: null, email: null, ...times(0),
  members: NONE, invitations: NONE, blocked: NONE, teams: NONE, projects: NONE, hooks: NONE,
};
export const app: E.App = { id: 301, slug: "octo-ci", name: "Octo CI", owner: organization, createdAt: later(0) };
export const bot = account(104, "octo-ci[bot]", { type: "Bot", app });
for (const user of [alice, bob, gone, bot]) world.users.set(user.id, user);

export const membership: E.Membership = { user: alice, role: "admin", since: later(0), public: true };
export const invitation: E.Invitation = { id: 211, user: bob, inviter: alice, role: "direct_member", createdAt: later(1) };

const newRepository = (id: number, name: string, owner: E.Account, parent: E.Repository | null): E.Repository => ({
  id, name, owner, description: "A demonstration", homepage: null, visibility: "public", archived: false, disabled: false, deleted: false, isTemplate: false, topics: ["demo"], language: "TypeScript",
  license: { key: "mit", name: "MIT License", spdxId: "MIT" }, defaultBranch: "main", sizeKb: 12, hasIssues: true, hasProjects: true, hasWiki: true, hasDiscussions: true, hasPages: false,
  webCommitSignoffRequired: false, ...times(2), pushedAt: later(5), parent, forks: NONE, formerNames: NONE, nextNumber: 1, numbered: NONE, movedTo: new Map(), goneNumbers: new Map(),
  issues: NONE, pullRequests: NONE, discussions: NONE, discussionCategories: NONE, labels: NONE, milestones: NONE, branches: NONE, tags: NONE, releases: NONE, commits: NONE, commitComments: NONE,
  issueComments: NONE, reviewComments: NONE, issueEvents: NONE, stars: NONE, watchers: NONE, collaborators: NONE, workflows: NONE, workflowRuns: NONE, checkSuites: NONE, statuses: NONE,
  deployments: NONE, dependabotAlerts: NONE, codeScanningAlerts: NONE, secretScanningAlerts: NONE, advisories: NONE, hooks: NONE, deployKeys: NONE, branchProtectionRules: NONE, traffic: NONE,
  nextAlertNumber: 1, nextMilestoneNumber: 1,
});

export const repository = newRepository(401, "hello", organization, null);
export const fork = newRepository(402, "hello", bob, repository);
export const elsewhere = newRepository(403, "elsewhere", organization, null);
/** Of a person, so without an organisation. */
export const personal = newRepository(404, "notes", alice, null);
export const hook: E.Hook = { id: 411, target: repository, active: true, events: ["*"], url: "http://127.0.0.1:4000/webhooks/github", contentType: "json", secret: "s", insecureSsl: false, ...times(3) };
export const organizationHook: E.Hook = { ...hook, id: 412, target: organization };
export const appHook: E.Hook = { ...hook, id: 413, target: app };
const parentTeam: E.Team = { id: 220, organization, name: "Everybody", slug: "everybody", description: null, privacy: "closed", parent: null, members: NONE, repositories: NONE, ...times(1) };
export const team: E.Team = { ...parentTeam, id: 221, name: "Core", slug: "core", description: "Those who merge", parent: parentTeam, members: [{ user: alice, role: "maintainer", since: later(1) }], repositories: [{ repository, permission: "push" }] };

export const label: E.Label = { id: 421, repository, name: "help wanted", color: "008672", description: "Extra attention", isDefault: true, ...times(3) };
export const milestone: E.Milestone = { id: 422, repository, number: 1, title: "v1", description: null, state: "open", creator: alice, dueOn: later(9000), ...times(3), closedAt: null, openIssues: 1, closedIssues: 0 };
export const commit: E.Commit = {
  sha: sha("a"), tree: sha("b"), repository, parents: [sha("c")], message: "Say hello", author: alice, committer: null, authorName: "Alice", authorEmail: "alice@example.com", committerName: "GitHub",
  committerEmail: "noreply@github.com", authoredAt: later(4), committedAt: later(5), additions: 3, deletions: 1,
  files: [{ path: "src/hello world.ts", status: "added", additions: 3, deletions: 0 }, { path: "README.md", status: "modified", additions: 0, deletions: 1 }],
};
world.commits.set(commit.sha, commit);
const reactions: readonly E.Reaction[] = [{ id: 431, user: bob, content: "+1", createdAt: later(6) }];
const conversation = { repository, body: null, author: bob, authorAssociation: "CONTRIBUTOR", state: "open", locked: false, lockReason: null, labels: [label], assignees: [alice], milestone, comments: NONE, timeline: NONE, reactions, ...times(10), closedAt: null, closedBy: null } as const;
export const issueType: E.IssueType = { id: 441, name: "Bug", description: "An unexpected problem", color: "red" };
export const parentIssue: E.Issue = { ...conversation, type: "issue", id: 501, number: 1, title: "Greetings", stateReason: null, issueType: null, parentIssue: null, subIssues: NONE, pinned: false };
export const issue: E.Issue = { ...parentIssue, id: 502, number: 2, title: "It does not say hello", body: "See above", issueType, parentIssue };
Object.assign(parentIssue, { subIssues: [issue] });
export const pullRequest: E.PullRequest = {
  ...conversation, type: "pull-request", id: 511, issueId: 512, number: 3, title: "Say hello", draft: false, mergedAt: null, mergedBy: null, mergeCommitSha: sha("d"), autoMerge: { enabledBy: alice, method: "squash" },
  headRef: "hello", headSha: commit.sha, headRepository: fork, headOwner: bob, baseRef: "main", baseSha: sha("c"), commits: [commit], additions: 3, deletions: 1, changedFiles: 2, files: commit.files,
  reviews: NONE, threads: NONE, requestedReviewers: [alice], requestedTeams: [team],
};
export const issueComment: E.IssueComment = { id: 521, on: issue, author: gone, authorAssociation: "NONE", body: "Me too", ...times(12), reactions };
export const pullRequestComment: E.IssueComment = { ...issueComment, id: 522, on: pullRequest, author: bot };
export const review: E.Review = { id: 531, pullRequest, author: alice, authorAssociation: "MEMBER", state: "approved", body: "", commitSha: commit.sha, ...times(13), submittedAt: later(13) };
export const thread: E.ReviewThread = { id: 532, pullRequest, path: "README.md", line: 4, resolved: false, resolvedBy: null, outdated: false, comments: NONE };
const reviewComment: E.ReviewComment = { id: 533, thread, review, author: alice, authorAssociation: "MEMBER", body: "Why?", replyTo: null, originalCommitSha: commit.sha, commitSha: commit.sha, diffHunk: "@@ -1 +1 @@", ...times(14), reactions: NONE };
export const reply: E.ReviewComment = { ...reviewComment, id: 534, author: bob, replyTo: reviewComment };
Object.assign(thread, { comments: [reviewComment, reply] });
Object.assign(pullRequest, { threads: [thread], reviews: [review] });
export const commitComment: E.CommitComment = { id: 541, repository, commitSha: commit.sha, author: bob, authorAssociation: "NONE", body: "Nice", path: null, line: null, ...times(15), reactions: NONE };
export const category: E.DiscussionCategory = { id: 551, repository, name: "Q&A", slug: "q-a", emoji: ":pray:", description: "Ask", isAnswerable: true, createdAt: later(3) };
export const discussion: E.Discussion = {
  type: "discussion", id: 552, repository, number: 4, title: "How?", body: "Just how", author: bob, authorAssociation: "NONE", category, state: "open", stateReason: null, locked: false, lockReason: null,
  labels: [label], answer: null, answerChosenAt: null, answerChosenBy: null, comments: NONE, reactions, ...times(16), closedAt: null,
};
export const discussionComment: E.DiscussionComment = { id: 553, discussion, replyTo: null, replies: NONE, author: alice, authorAssociation: "MEMBER", body: "So", ...times(17), reactions: NONE };
export const answered: E.Discussion = { ...discussion, answer: discussionComment, answerChosenAt: later(18), answerChosenBy: bob };
export const release: E.Release = {
  id: 561, repository, tagName: "v1.0.0", targetCommitish: "main", name: null, body: "First", draft: false, prerelease: false, author: alice, ...times(20), publishedAt: later(20),
  assets: [{ id: 562, name: "hello.tgz", contentType: "application/gzip", sizeBytes: 900, downloads: 3, uploader: alice, ...times(20) }],
};
export const branch: E.Branch = { repository, name: "main", head: commit, protected: true };
export const tag: E.Tag = { repository, name: "v1.0.0", commit };

export const workflow: E.Workflow = { id: 571, repository, name: "CI", path: ".github/workflows/ci.yml", state: "active", ...times(3) };
export const suite: E.CheckSuite = { id: 572, repository, app, headBranch: "hello", headSha: commit.sha, pullRequest, status: "completed", conclusion: "success", checkRuns: NONE, formerRuns: NONE, ...times(21) };
export const checkRun: E.CheckRun = { id: 573, suite, name: "build", status: "completed", conclusion: "success", startedAt: later(21), completedAt: later(22), outputTitle: "Good", outputSummary: "All is well", annotations: 0 };
export const run: E.WorkflowRun = {
  id: 574, repository, workflow, checkSuite: suite, runNumber: 7, runAttempt: 1, event: "pull_request", status: "completed", conclusion: "success", headBranch: "hello", headSha: commit.sha, displayTitle: "Say hello",
  actor: bob, triggeringActor: bob, pullRequest, jobs: NONE, formerJobs: NONE, ...times(21), startedAt: later(21),
};
export const job: E.WorkflowJob = {
  id: 575, run, attempt: 1, name: "build", checkRun, status: "completed", conclusion: "success", labels: ["ubuntu-latest"], runner: { id: 1, name: "GitHub Actions 1", groupId: 2, groupName: "GitHub Actions" },
  createdAt: later(21), startedAt: later(21), completedAt: later(22), steps: [{ name: "Set up job", number: 1, status: "completed", conclusion: "success", startedAt: later(21), completedAt: later(21) }],
};
export const waitingJob: E.WorkflowJob = { ...job, id: 576, status: "waiting", conclusion: null, runner: null, completedAt: null, steps: NONE };
export const status: E.Status = { id: 581, repository, sha: commit.sha, context: "ci/lint", state: "success", description: null, targetUrl: null, creator: alice, createdAt: later(22), branches: ["main"] };
export const deployment: E.Deployment = { id: 582, repository, sha: commit.sha, ref: "main", task: "deploy", environment: "production", description: null, creator: alice, transient: false, production: true, statuses: NONE, ...times(23) };
export const deploymentStatus: E.DeploymentStatus = { id: 583, deployment, state: "success", creator: alice, description: "", environmentUrl: null, logUrl: null, ...times(24) };

export const globalAdvisory: E.GlobalAdvisory = {
  ghsaId: "GHSA-2222-3333-4444", cveId: "CVE-2026-1234", summary: "It can be fooled", description: "Much text", severity: "medium", ecosystem: "npm", packageName: "left", vulnerableRange: "< 2.0.0", patchedVersion: "2.0.0",
  cvssScore: 5.5, cvssVector: "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N", cwes: [{ id: "CWE-20", name: "Improper Input Validation" }], publishedAt: later(30), updatedAt: later(31), withdrawnAt: null,
};
export const dependabotAlert: E.DependabotAlert = {
  number: 1, repository, state: "open", ecosystem: "npm", packageName: "left", manifestPath: "package-lock.json", scope: "runtime", advisory: globalAdvisory, ...times(32), dismissedAt: null, dismissedBy: null,
  dismissedReason: null, dismissedComment: null, fixedAt: null,
};
export const dismissedAlert: E.DependabotAlert = { ...dependabotAlert, number: 2, state: "dismissed", dismissedAt: later(33), dismissedBy: alice, dismissedReason: "tolerable_risk" };
export const codeScanningAlert: E.CodeScanningAlert = {
  number: 3, repository, state: "open", ruleId: "js/unused", ruleName: "Unused", ruleDescription: "Nobody uses it", severity: "note", securitySeverity: "low", toolName: "CodeQL", toolVersion: "2.16.0", ref: "refs/heads/main",
  path: "src/a.ts", line: 3, commitSha: commit.sha, ...times(34), fixedAt: null, dismissedAt: null, dismissedBy: null, dismissedReason: null, dismissedComment: null,
};
export const secretAlert: E.SecretScanningAlert = {
  number: 4, repository, state: "open", secretType: "npm_access_token", secretTypeDisplayName: "npm Access Token", secret: "npm_0000", validity: "unknown", resolution: null, resolvedAt: null, resolvedBy: null,
  resolutionComment: null, pushProtectionBypassed: false, pushProtectionBypassedBy: null, pushProtectionBypassedAt: null, path: ".npmrc", commitSha: commit.sha, ...times(35),
};
export const advisory: E.Advisory = {
  ghsaId: "GHSA-5555-6666-7777", cveId: null, repository, summary: "We were fooled", description: "Much text", severity: "high", state: "published", author: alice, publisher: alice, ecosystem: "npm", packageName: "hello",
  vulnerableRange: "< 1.0.1", patchedVersions: "1.0.1", ...times(36), publishedAt: later(37), closedAt: null, withdrawnAt: null,
};

export const project: E.Project = { id: 591, organization, number: 1, title: "Roadmap", shortDescription: null, readme: null, public: true, closedAt: null, creator: alice, ...times(40), items: NONE };
export const projectItem: E.ProjectItem = { id: 592, project, content: issue, creator: alice, archivedAt: null, status: "Todo", ...times(41) };
export const draftItem: E.ProjectItem = { ...projectItem, id: 593, content: { type: "draft-issue", id: 594, title: "Later", body: null, creator: alice, ...times(41) } };
export const rule: E.BranchProtectionRule = { id: 595, repository, name: "main", ...times(42), requiredApprovals: 1 };
export const deployKey: E.DeployKey = { id: 596, title: "deploy", key: "ssh-ed25519 AAAA", readOnly: true, addedBy: alice, createdAt: later(43) };
export const star: E.Star = { user: bob, starredAt: later(44) };
export const timelineEvent = (type: E.TimelineEventType, subject: E.TimelineSubject | null, on: E.Issue | E.PullRequest = issue): E.TimelineEvent => ({ id: 597, type, on, actor: alice, createdAt: later(45), subject });

organization.members = [membership];
organization.teams = [parentTeam, team];
organization.projects = [project];
repository.forks = [fork];
repository.issues = [parentIssue, issue];
repository.pullRequests = [pullRequest];
repository.commits = [commit];
repository.branches = [branch];
repository.tags = [tag];
repository.stars = [star];
repository.commitComments = [commitComment];
