/** A small organisation in which every kind of thing that GraphQL shows is there once or twice: for the tests. */
import { VirtualClock } from "../clock.ts";
import { createApp, createUser } from "../operations/accounts.ts";
import { publishGlobalAdvisory } from "../operations/advisories.ts";
import { raiseDependabotAlert } from "../operations/alerts.ts";
import { createTag, deleteBranch, forcePush, push, restoreBranch } from "../operations/branches-and-commits.ts";
import { createStatus } from "../operations/checks.ts";
import { addCollaborator } from "../operations/collaborators.ts";
import { addLabels, assign, comment, deleteComment, lock, react, removeLabels, setMilestone, unassign, unlock } from "../operations/conversations.ts";
import { createDeployment, setDeploymentStatus } from "../operations/deployments.ts";
import { commentOnDiscussion, createCategory, createDiscussion, markAnswer } from "../operations/discussions.ts";
import { addSubIssue, closeIssue, editIssue, openIssue, pinIssue, reopenIssue, unpinIssue } from "../operations/issues.ts";
import { createLabel, createMilestone } from "../operations/labels-and-milestones.ts";
import { addMember, createOrganization } from "../operations/organization.ts";
import { addDraftIssue, addProjectItem, createProject, setItemStatus } from "../operations/projects.ts";
import { convertToDraft, disableAutoMerge, editPullRequest, enableAutoMerge, markReadyForReview, mergePullRequest, openPullRequest, removeReviewRequest, requestReview } from "../operations/pull-requests.ts";
import { addDeployKey, commentOnCommit, protectBranch } from "../operations/rare.ts";
import { createRelease, uploadAsset } from "../operations/releases.ts";
import { createRepository } from "../operations/repository.ts";
import { dismissReview, replyToThread, resolveThread, submitReview } from "../operations/reviews.ts";
import { fork, star, watch } from "../operations/stars-forks-watchers.ts";
import { addTeamMember, addTeamRepository, createTeam } from "../operations/teams.ts";
import { transferIssue } from "../operations/transfers.ts";
import { completeJob, createWorkflow, queueJob, requestWorkflowRun, startJob } from "../operations/workflows.ts";
import type * as E from "../world/entities.ts";
import type { Viewer } from "../world/viewer.ts";
import { World } from "../world/world.ts";

export type Example = {
  readonly world: World;
  readonly tick: () => void;
  readonly people: { readonly ada: E.User; readonly bob: E.User; readonly eve: E.User; readonly bot: E.User };
  readonly organization: E.Organization;
  /** Public, with one of everything. */
  readonly shop: E.Repository;
  /** Private, with one issue and one pull request. */
  readonly vault: E.Repository;
  readonly owner: Viewer;
};

const MINUTE = 60_000;

/** `pullRequests`: how many, each with children. */
export function exampleWorld(pullRequests = 3): Example {
  const clock = new VirtualClock(Date.UTC(2024, 0, 2, 9));
  const world = new World(clock.now);
  const tick = (): void => clock.moveTo(clock.now() + MINUTE);
  const ada = createUser(world, { login: "ada", name: "Ada", email: "ada@example.com" });
  const bob = createUser(world, { login: "bob", name: "Bob" });
  const eve = createUser(world, { login: "eve" });
  const { bot } = createApp(world, { slug: "helper", name: "Helper", owner: ada });
  const organization = createOrganization(world, { login: "octo-demo", owner: ada });
  addMember(world, { actor: ada, organization, user: bob });
  const team = createTeam(world, { actor: ada, organization, name: "Core" });
  createTeam(world, { actor: ada, organization, name: "Inner", parent: team });
  addTeamMember(world, { actor: ada, team, user: ada, role: "maintainer" });
  addTeamMember(world, { actor: ada, team, user: bob });
  const shop = createRepository(world, { actor: ada, owner: organization, name: "shop", topics: ["retail", "demo"], description: "A shop", visibility: "public", language: "TypeScript", license: { key: "mit", name: "MIT License", spdxId: "MIT" } });
  const vault = createRepository(world, { actor: ada, owner: organization, name: "vault", visibility: "private" });
  addTeamRepository(world, { actor: ada, team, repository: shop, permission: "push" });
  addCollaborator(world, { actor: ada, repository: shop, user: eve, permission: "triage" });
  for (const repository of [shop, vault]) push(world, { actor: ada, repository, branch: "main", commits: [{ message: "Begin\n\nWith a reason.", files: [file("README.md")] }, { message: "Go on", files: [file("src/a.ts"), file("src/b.ts")] }] });
  tick();
  const [bug, wish] = ["bug :lady_beetle:", "wish"].map((name) => createLabel(world, { actor: ada, repository: shop, name }));
  const milestone = createMilestone(world, { actor: ada, repository: shop, title: "First" });
  const issues = ["It breaks", "It is slow", "Colours"].map((title) => {
    tick();
    const issue = openIssue(world, { actor: eve, repository: shop, title, body: `${title}, @bob` });
    addLabels(world, { actor: ada, on: issue, labels: [bug, wish].filter((label) => label !== undefined) });
    return issue;
  });
  const [first, second, third] = issues as [E.Issue, E.Issue, E.Issue];
  assign(world, { actor: ada, on: first, assignees: [bob] });
  setMilestone(world, { actor: ada, on: first, milestone });
  addSubIssue(world, { actor: ada, parent: first, child: second });
  react(world, { actor: bob, to: first, content: "+1" });
  comment(world, { actor: bob, on: first, body: "I see it too" });
  tick();
  closeIssue(world, { actor: ada, issue: third, reason: "not_planned" });
  for (let number = 1; number <= pullRequests; number++) pullRequest(number);
  eventful();
  openIssue(world, { actor: bob, repository: vault, title: "Secret", body: null });
  push(world, { actor: bob, repository: vault, branch: "patch", commits: [{ message: "Hide", files: [file("x")] }] });
  openPullRequest(world, { actor: bob, repository: vault, title: "Hide", head: { repository: vault, branch: "patch" } });
  const sha = shop.commits.at(-1)?.sha ?? "";
  const category = createCategory(world, { repository: shop, name: "Q&A", isAnswerable: true });
  const discussion = createDiscussion(world, { actor: eve, repository: shop, title: "How?", body: "Tell me", category });
  const answer = commentOnDiscussion(world, { actor: bob, discussion, body: "So" });
  commentOnDiscussion(world, { actor: eve, discussion, body: "Thanks", replyTo: answer });
  markAnswer(world, { actor: eve, comment: answer });
  createTag(world, { actor: ada, repository: shop, tag: "v1", sha });
  const release = createRelease(world, { actor: ada, repository: shop, tagName: "v1", name: "One", body: "Thanks @eve" });
  uploadAsset(world, { actor: ada, release, name: "shop.zip", sizeBytes: 42 });
  const deployment = createDeployment(world, { actor: ada, repository: shop, sha, ref: "main", environment: "production" });
  setDeploymentStatus(world, { actor: ada, deployment, state: "success", description: "Done" });
  const advisory = publishGlobalAdvisory(world, { actor: ada, ghsaId: "GHSA-aaaa-bbbb-cccc", cveId: "CVE-2024-1", summary: "Bad", description: "Very", severity: "medium", ecosystem: "npm", packageName: "left-pad", vulnerableRange: "< 1.3.0", patchedVersion: "1.3.0", cvssScore: 5.3, cvssVector: "CVSS:3.1/AV:N", cwes: [{ id: "CWE-79", name: "XSS" }] });
  raiseDependabotAlert(world, { actor: bot, repository: shop, advisory, manifestPath: "package-lock.json" });
  const project = createProject(world, { actor: ada, organization, title: "Plan" });
  setItemStatus(world, { actor: ada, item: addProjectItem(world, { actor: ada, project, content: first }), status: "In Progress" });
  addDraftIssue(world, { actor: ada, project, title: "Later" });
  commentOnCommit(world, { actor: bob, repository: shop, sha, body: "Nice" });
  addDeployKey(world, { actor: ada, repository: shop, title: "key", key: "ssh-ed25519 AAAA" });
  protectBranch(world, { actor: ada, repository: shop, name: "main", requiredApprovals: 1 });
  for (const actor of [bob, eve]) {
    tick();
    star(world, { actor, repository: shop });
    watch(world, { actor, repository: shop });
  }
  fork(world, { actor: eve, repository: shop });
  const owner: Viewer = { is: "user", user: ada, app: null, permissions: "all", repositoryIds: null, budget: "ada" };
  return { world, tick, people: { ada, bob, eve, bot }, organization, shop, vault, owner };

  /** What leaves a trace in a timeline and is not in the others. */
  function eventful(): void {
    tick();
    editIssue(world, { actor: eve, issue: second, title: "It is too slow" });
    lock(world, { actor: ada, on: second, reason: "too heated" });
    unlock(world, { actor: ada, on: second });
    pinIssue(world, { actor: ada, issue: second });
    unpinIssue(world, { actor: ada, issue: second });
    setMilestone(world, { actor: ada, on: second, milestone });
    setMilestone(world, { actor: ada, on: second, milestone: null });
    assign(world, { actor: ada, on: second, assignees: [bob] });
    unassign(world, { actor: ada, on: second, assignees: [bob] });
    removeLabels(world, { actor: ada, on: second, labels: second.labels.slice(0, 1) });
    reopenIssue(world, { actor: ada, issue: third });
    closeIssue(world, { actor: ada, issue: third, reason: "duplicate" });
    deleteComment(world, { actor: ada, comment: comment(world, { actor: eve, on: second, body: "Oops, see #3" }) });
    const [pull] = shop.pullRequests;
    if (pull === undefined) return;
    tick();
    convertToDraft(world, { actor: bob, pullRequest: pull });
    markReadyForReview(world, { actor: bob, pullRequest: pull });
    forcePush(world, { actor: bob, repository: shop, branch: pull.headRef, commits: [{ message: "Again", files: [file("src/z.ts")] }] });
    push(world, { actor: bob, repository: shop, branch: "next", commits: [{ message: "Next", files: [] }] });
    editPullRequest(world, { actor: bob, pullRequest: pull, base: "next" });
    editPullRequest(world, { actor: bob, pullRequest: pull, base: "main" });
    requestReview(world, { actor: bob, pullRequest: pull, reviewer: eve });
    removeReviewRequest(world, { actor: bob, pullRequest: pull, reviewer: eve });
    requestReview(world, { actor: bob, pullRequest: pull, reviewer: eve });
    const approval = pull.reviews.find(({ state }) => state === "approved");
    if (approval !== undefined) dismissReview(world, { actor: ada, review: approval, message: "It changed" });
    disableAutoMerge(world, { actor: bob, pullRequest: pull });
    enableAutoMerge(world, { actor: bob, pullRequest: pull });
    disableAutoMerge(world, { actor: bob, pullRequest: pull });
    enableAutoMerge(world, { actor: bob, pullRequest: pull });
    const moved = openIssue(world, { actor: eve, repository: vault, title: "Wrong place", body: null });
    transferIssue(world, { actor: ada, issue: moved, to: shop });
    const gone = shop.pullRequests[1];
    if (gone !== undefined) deleteBranch(world, { actor: bob, repository: shop, branch: gone.headRef });
    if (gone !== undefined) restoreBranch(world, { actor: bob, repository: shop, branch: gone.headRef, sha: gone.headSha });
  }

  function pullRequest(number: number): void {
    tick();
    const branch = `feature-${number}`;
    push(world, { actor: bob, repository: shop, branch, commits: [1, 2, 3].map((step) => ({ message: `Step ${step} of ${number}`, files: [file(`src/${number}.ts`), file(`src/${step}.ts`)] })) });
    const pull = openPullRequest(world, { actor: bob, repository: shop, title: `Feature ${number}`, body: number === 1 ? "Fixes #1" : "Words", head: { repository: shop, branch } });
    addLabels(world, { actor: ada, on: pull, labels: shop.labels.slice(0, 2) });
    requestReview(world, { actor: bob, pullRequest: pull, reviewer: ada });
    requestReview(world, { actor: bob, pullRequest: pull, reviewer: team });
    for (const body of ["Why?", "Because", "Ah"]) comment(world, { actor: ada, on: pull, body });
    tick();
    submitReview(world, { actor: eve, pullRequest: pull, state: "commented", body: "Hm", comments: [{ path: "src/1.ts", line: 3, body: "Here" }, { path: "src/1.ts", line: 9, body: "And here" }] });
    const [thread] = pull.threads;
    if (thread !== undefined) {
      replyToThread(world, { actor: bob, thread, body: "Done" });
      resolveThread(world, { actor: bob, thread });
    }
    submitReview(world, { actor: ada, pullRequest: pull, state: "approved" });
    createStatus(world, { actor: ada, repository: shop, sha: pull.headSha, context: "ci/lint", state: "success" });
    const workflow = shop.workflows[0] ?? createWorkflow(world, { repository: shop, name: "CI", path: ".github/workflows/ci.yml" });
    const run = requestWorkflowRun(world, { actor: bob, workflow, event: "pull_request", branch, sha: pull.headSha });
    const job = queueJob(world, { actor: bob, run, name: "test", steps: ["Set up", "Test"] });
    startJob(world, { actor: bob, job });
    tick();
    completeJob(world, { actor: bob, job, conclusion: "success" });
    if (number % 2 === 0) mergePullRequest(world, { actor: ada, pullRequest: pull });
  }
}

function file(path: string): E.CommitFile {
  return { path, status: "modified", additions: 3, deletions: 1 };
}
