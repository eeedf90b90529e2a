/** What GitHub tells, and in which order. */
import { expect, test } from "@jest/globals";
import { smallWorld, type SmallWorld } from "../../test/small-world.ts";
import { createApp, createUser, deleteUser } from "./accounts.ts";
import { raiseDependabotAlert } from "./alerts.ts";
import { publishGlobalAdvisory } from "./advisories.ts";
import { createBranch, deleteBranch, forcePush, push } from "./branches-and-commits.ts";
import { addCollaborator } from "./collaborators.ts";
import { addLabels, comment, setMilestone } from "./conversations.ts";
import { createHook, deleteHook } from "./hooks.ts";
import { addSubIssue, openIssue } from "./issues.ts";
import { createMilestone } from "./labels-and-milestones.ts";
import { removeMember } from "./organization.ts";
import { closePullRequest, mergePullRequest, openPullRequest, reopenPullRequest, requestReview } from "./pull-requests.ts";
import { createRelease } from "./releases.ts";
import { publicizeRepository } from "./repository.ts";
import { replyToThread, submitReview } from "./reviews.ts";
import { fork, star, unstar } from "./stars-forks-watchers.ts";
import { addTeamMember, addTeamRepository, createTeam } from "./teams.ts";
import { transferIssue } from "./transfers.ts";
import { completeJob, createWorkflow, queueJob, requestWorkflowRun, startJob } from "./workflows.ts";

test.each<[what: string, act: (at: SmallWorld) => void, told: readonly string[]]>([
  ["a star", ({ world, cleo: actor, repository }) => { star(world, { actor, repository }); star(world, { actor, repository }); unstar(world, { actor, repository }); }, ["star.created", "watch.started", "star.deleted"]],
  ["a new branch", ({ world, ben: actor, repository }) => createBranch(world, { actor, repository, branch: "topic" }), ["create", "push"]],
  ["a pull request", ({ pullRequest }) => void pullRequest(), ["create", "push", "pull_request.opened"]],
  ["a push to the branch of a pull request", ({ world, ben, ada, repository, pullRequest }) => {
    pullRequest();
    createApp(world, { slug: "ci", name: "CI", owner: ada, checksPushes: true });
    push(world, { actor: ben, repository, branch: "topic", commits: [{ message: "More" }] });
    forcePush(world, { actor: ben, repository, branch: "topic", commits: [{ message: "Anew" }] });
  }, ["create", "push", "pull_request.opened", "push", "pull_request.synchronize", "check_suite.requested", "push", "pull_request.synchronize", "check_suite.requested"]],
  ["a branch deleted below its pull request", ({ world, ben: actor, repository, pullRequest }) => { pullRequest(); deleteBranch(world, { actor, repository, branch: "topic" }); }, ["create", "push", "pull_request.opened", "delete", "push", "pull_request.closed"]],
  ["a merge that closes an issue", ({ world, ada: actor, repository, pullRequest }) => {
    openIssue(world, { actor, repository, title: "Broken" });
    mergePullRequest(world, { actor, pullRequest: pullRequest("topic", "Fixes #1") });
  }, ["issues.opened", "create", "push", "pull_request.opened", "push", "pull_request.closed", "issues.closed"]],
  ["a review with comments, and an answer", ({ world, ada: actor, ben, pullRequest }) => {
    const on = pullRequest();
    submitReview(world, { actor, pullRequest: on, state: "changes_requested", comments: [{ path: "src/a.ts", line: 1, body: "Why?" }, { path: "src/a.ts", line: 2, body: "No" }] });
    replyToThread(world, { actor: ben, thread: on.threads[0]!, body: "Because" });
  }, ["create", "push", "pull_request.opened", "pull_request_review.submitted", "pull_request_review_comment.created", "pull_request_review_comment.created", "pull_request_review.submitted", "pull_request_review_comment.created"]],
  ["a member who is removed", ({ world, ada: actor, ben: user, organization, repository }) => {
    const team = createTeam(world, { actor, organization, name: "Core Team" });
    addTeamMember(world, { actor, team, user });
    addTeamRepository(world, { actor, team, repository });
    addCollaborator(world, { actor, repository, user });
    removeMember(world, { actor, organization, user });
  }, ["team.created", "membership.added", "team_add", "team.added_to_repository", "member.added", "organization.member_removed", "membership.removed", "member.removed"]],
  ["an issue that is transferred", ({ world, ada: actor, repository, other }) => void transferIssue(world, { actor, issue: openIssue(world, { actor, repository, title: "Elsewhere" }), to: other }), ["issues.opened", "issues.transferred", "issues.opened"]],
  ["a sub-issue", ({ world, ada: actor, repository }) => addSubIssue(world, { actor, parent: openIssue(world, { actor, repository, title: "All" }), child: openIssue(world, { actor, repository, title: "Part" }) }), ["issues.opened", "issues.opened", "sub_issues.sub_issue_added", "sub_issues.parent_issue_added"]],
  ["another milestone", ({ world, ada: actor, repository }) => {
    const on = openIssue(world, { actor, repository, title: "Later" });
    for (const title of ["1.0", "2.0"]) setMilestone(world, { actor, on, milestone: createMilestone(world, { actor, repository, title }) });
  }, ["issues.opened", "milestone.created", "issues.milestoned", "milestone.created", "issues.demilestoned", "issues.milestoned"]],
  ["labels of a pull request", ({ world, ben: actor, repository, pullRequest }) => addLabels(world, { actor, on: pullRequest(), labels: repository.labels.slice(0, 2) }), ["create", "push", "pull_request.opened", "pull_request.labeled", "pull_request.labeled"]],
  ["a release", ({ world, ada: actor, repository }) => void createRelease(world, { actor, repository, tagName: "v1" }), ["create", "push", "release.created", "release.published", "release.released"]],
  ["a draft", ({ world, ada: actor, repository }) => void createRelease(world, { actor, repository, tagName: "v1", draft: true }), ["release.created"]],
  ["a repository shown to everybody", ({ world, ada: actor, repository }) => publicizeRepository(world, { actor, repository }), ["public", "repository.publicized"]],
  ["a fork into an organisation", ({ world, ada: actor, repository, organization }) => void fork(world, { actor, repository, owner: organization, name: "engine-2" }), ["fork", "repository.created"]],
  ["an alert", ({ world, ada: actor, repository }) => {
    const advisory = publishGlobalAdvisory(world, { actor, cveId: null, summary: "Bad", description: "Bad", severity: "low", ecosystem: "npm", packageName: "left", vulnerableRange: "< 1", patchedVersion: "1", cvssScore: 3, cvssVector: "", cwes: [] });
    raiseDependabotAlert(world, { actor, repository, advisory, manifestPath: "package.json" });
  }, ["security_advisory.published", "repository_vulnerability_alert.create", "dependabot_alert.created"]],
  ["a workflow run", ({ world, ada: actor, repository }) => {
    const workflow = createWorkflow(world, { repository, name: "CI", path: ".github/workflows/ci.yml" });
    const run = requestWorkflowRun(world, { actor, workflow, event: "push", branch: "main", sha: repository.commits[0]!.sha });
    const job = queueJob(world, { actor, run, name: "test", steps: ["Set up job", "Run"] });
    startJob(world, { actor, job });
    completeJob(world, { actor, job, conclusion: "failure" });
    expect([run.conclusion, run.checkSuite.conclusion, job.checkRun.conclusion, job.id]).toEqual(["failure", "failure", "failure", job.checkRun.id]);
  }, ["workflow_run.requested", "workflow_job.queued", "check_run.created", "workflow_job.in_progress", "workflow_run.in_progress", "check_run.completed", "workflow_job.completed", "check_suite.completed", "workflow_run.completed"]],
  ["a hook", ({ world, ada: actor, organization: target }) => deleteHook(world, { actor, hook: createHook(world, { actor, target, url: "http://127.0.0.1/" }) }), ["ping", "meta.deleted"]],
])("%s", (_, act, told) => {
  const at = smallWorld();
  act(at);
  expect(at.told()).toEqual(told);
});

test("a merge: the commit is on the base, the timeline says merged before closed, the trial merge is replaced", () => {
  const { world, ada, repository, pullRequest } = smallWorld();
  const merged = pullRequest();
  const trial = merged.mergeCommitSha;
  const commit = mergePullRequest(world, { actor: ada, pullRequest: merged })!;
  expect(repository.commits.map(({ message }) => message.split("\n")[0])).toEqual(["Initial commit", "Work on topic", "Merge pull request #1 from octo/topic"]);
  expect(commit.parents).toEqual([repository.commits[0]!.sha, merged.headSha]);
  expect(merged.timeline.map(({ type }) => type)).toEqual(["merged", "closed"]);
  expect([merged.mergeCommitSha === commit.sha, trial === commit.sha, merged.additions, merged.changedFiles]).toEqual([true, false, 3, 1]);
});

test("a second pull request from the same branch brings nothing but its merge", () => {
  const { world, ada: actor, ben, repository, pullRequest } = smallWorld();
  const first = pullRequest();
  const second = openPullRequest(world, { actor: ben, repository, title: "Again", head: { repository, branch: "topic" } });
  for (const on of [first, second]) mergePullRequest(world, { actor, pullRequest: on });
  expect(repository.commits.map(({ message }) => message.split(" ")[0])).toEqual(["Initial", "Work", "Merge", "Merge"]);
});

test("what was pushed while a pull request was closed is in it when it is reopened", () => {
  const { world, ben: actor, repository, pullRequest, told } = smallWorld();
  const on = pullRequest();
  closePullRequest(world, { actor, pullRequest: on });
  const [commit] = push(world, { actor, repository, branch: "topic", commits: [{ message: "Meanwhile" }] });
  told();
  reopenPullRequest(world, { actor, pullRequest: on });
  expect([on.commits.map(({ message }) => message), on.headSha, told()]).toEqual([["Work on topic", "Meanwhile"], commit?.sha, ["pull_request.reopened"]]);
});

test("what others say of an issue is in its timeline and touches it, untold", () => {
  const { world, ben: actor, cleo, repository, other, later, told } = smallWorld();
  const issue = openIssue(world, { actor, repository, title: "Here" });
  later();
  const source = openIssue(world, { actor, repository: other, title: "There", body: "See octo/engine#1, @cleo, and octo/engine#1 again" });
  comment(world, { actor, on: source, body: "octo/engine#1 once more" });
  expect(issue.timeline.map((event) => [event.type, event.actor.login])).toEqual([["cross-referenced", "ben"]]);
  expect(source.timeline.map((event) => [event.type, event.actor])).toEqual([["mentioned", cleo], ["subscribed", cleo]]);
  expect([issue.updatedAt, repository.issueEvents]).toEqual([source.createdAt, []]);
  expect(told()).toEqual(["issues.opened", "issues.opened", "issue_comment.created"]);
});

test("a review fulfils the request, of a team too, without a word", () => {
  const { world, ada: actor, ben, cleo, organization, pullRequest, told } = smallWorld();
  const team = createTeam(world, { actor, organization, name: "Reviewers" });
  addTeamMember(world, { actor, team, user: cleo });
  const on = pullRequest();
  for (const reviewer of [cleo, ben, team]) requestReview(world, { actor, pullRequest: on, reviewer });
  told();
  submitReview(world, { actor: cleo, pullRequest: on, state: "approved" });
  expect([on.requestedReviewers, on.requestedTeams]).toEqual([[ben], []]);
  expect(told()).toEqual(["pull_request_review.submitted"]);
});

test("somebody who deletes the account: what they wrote stays, the rest goes, and pull requests lose their fork", () => {
  const { world, ben, cleo, repository, told } = smallWorld();
  star(world, { actor: cleo, repository });
  const issue = openIssue(world, { actor: cleo, repository, title: "Mine" });
  const head = { repository: fork(world, { actor: cleo, repository }), branch: "gift" };
  push(world, { actor: cleo, ...head, commits: [{ message: "From outside" }] });
  const gift = openPullRequest(world, { actor: cleo, repository, title: "Gift", head });
  told();
  deleteUser(world, { user: cleo });
  expect([issue.author, issue.author.deleted, repository.stars, repository.forks, world.accountsByLogin.has("cleo"), world.repositoriesByName.has("cleo/engine")]).toEqual([cleo, true, [], [], false, false]);
  expect(told()).toEqual(["repository.deleted"]);
  expect(createUser(world, { login: "cleo" }).id).not.toBe(cleo.id);
  expect([gift.headRepository?.name ?? null, gift.headOwner.login, gift.authorAssociation, gift.commits.length, ben.deleted]).toEqual([null, "cleo", "FIRST_TIME_CONTRIBUTOR", 1, false]);
});

test("associations: of members, of those with a commit, of those who are new", () => {
  const { world, ada, ben, cleo, repository } = smallWorld();
  const associations = [ada, ben, cleo].map((actor) => openIssue(world, { actor, repository, title: "A" }).authorAssociation);
  push(world, { actor: cleo, repository, branch: "main", commits: [{ message: "By cleo" }] });
  expect([...associations, openIssue(world, { actor: cleo, repository, title: "B" }).authorAssociation]).toEqual(["MEMBER", "MEMBER", "NONE", "CONTRIBUTOR"]);
});
