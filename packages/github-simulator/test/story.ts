/** A story told by the operations, in which every event of GitHub happens at least once. What it made is told to the world's listeners. */
import { createApp } from "../src/operations/accounts.ts";
import { draftAdvisory, publishAdvisory, publishGlobalAdvisory, reportAdvisory, updateGlobalAdvisory, withdrawGlobalAdvisory } from "../src/operations/advisories.ts";
import * as alerts from "../src/operations/alerts.ts";
import { createBranch, createTag, deleteBranch, deleteTag, forcePush, push } from "../src/operations/branches-and-commits.ts";
import { completeCheckRun, completeCheckSuite, createCheckRun, createStatus, requestCheckRunAction, rerequestCheckRun, rerequestCheckSuite, requestCheckSuites } from "../src/operations/checks.ts";
import { addCollaborator, changeCollaborator, removeCollaborator } from "../src/operations/collaborators.ts";
import * as conversation from "../src/operations/conversations.ts";
import { createDeployment, setDeploymentStatus } from "../src/operations/deployments.ts";
import * as discussions from "../src/operations/discussions.ts";
import { createHook, deleteHook } from "../src/operations/hooks.ts";
import * as issues from "../src/operations/issues.ts";
import * as planning from "../src/operations/labels-and-milestones.ts";
import { addMember, blockUser, inviteMember, removeMember, renameOrganization, unblockUser } from "../src/operations/organization.ts";
import * as projects from "../src/operations/projects.ts";
import * as pulls from "../src/operations/pull-requests.ts";
import * as rare from "../src/operations/rare.ts";
import * as releases from "../src/operations/releases.ts";
import * as repositories from "../src/operations/repository.ts";
import * as reviews from "../src/operations/reviews.ts";
import { fork, star, unstar } from "../src/operations/stars-forks-watchers.ts";
import * as teams from "../src/operations/teams.ts";
import { convertToDiscussion, transferDiscussion, transferIssue } from "../src/operations/transfers.ts";
import * as workflows from "../src/operations/workflows.ts";
import type * as E from "../src/world/entities.ts";
import type { SmallWorld } from "./small-world.ts";

export function tellStory(at: SmallWorld): void {
  for (const chapter of [people, planningAndIssues, talk, codeAndReviews, automation, security, boards, oddsAndEnds, repositoriesChange]) {
    at.later();
    chapter(at);
  }
}

function people({ world, ada, ben, cleo, organization, repository }: SmallWorld): void {
  inviteMember(world, { actor: ada, organization, user: cleo });
  addMember(world, { actor: cleo, organization, user: cleo });
  const team = teams.createTeam(world, { actor: ada, organization, name: "Core" });
  teams.editTeam(world, { actor: ada, team, description: "Those who merge" });
  teams.addTeamMember(world, { actor: ada, team, user: ben });
  teams.addTeamRepository(world, { actor: ada, team, repository, permission: "pull" });
  teams.changeTeamRepository(world, { actor: ada, team, repository, permission: "push" });
  const passing = teams.createTeam(world, { actor: ada, organization, name: "Passing", parent: team });
  teams.addTeamRepository(world, { actor: ada, team: passing, repository });
  teams.removeTeamRepository(world, { actor: ada, team: passing, repository });
  teams.addTeamMember(world, { actor: ada, team: passing, user: cleo });
  teams.removeTeamMember(world, { actor: ada, team: passing, user: cleo });
  teams.deleteTeam(world, { actor: ada, team: passing });
  removeMember(world, { actor: ada, organization, user: cleo });
  addCollaborator(world, { actor: ada, repository, user: cleo });
  changeCollaborator(world, { actor: ada, repository, user: cleo, permission: "maintain" });
  removeCollaborator(world, { actor: ada, repository, user: cleo });
  blockUser(world, { actor: ada, organization, user: cleo });
  unblockUser(world, { actor: ada, organization, user: cleo });
}

function planningAndIssues({ world, ada, ben, repository, other }: SmallWorld): void {
  const label = planning.createLabel(world, { actor: ada, repository, name: "area: core" });
  planning.editLabel(world, { actor: ada, label, color: "ff0000" });
  const milestone = planning.createMilestone(world, { actor: ada, repository, title: "v1" });
  planning.editMilestone(world, { actor: ada, milestone, title: "v1.0", description: "The first" });
  const issue = issues.openIssue(world, { actor: ben, repository, title: "It stops", body: "Nothing moves" });
  conversation.addLabels(world, { actor: ada, on: issue, labels: [label] });
  conversation.assign(world, { actor: ada, on: issue, assignees: [ben] });
  conversation.setMilestone(world, { actor: ada, on: issue, milestone });
  issues.editIssue(world, { actor: ben, issue, title: "It stops at night", body: "Nothing moves at all" });
  issues.setIssueType(world, { actor: ada, issue, issueType: { id: 1, name: "Bug", description: null, color: "red" } });
  issues.setIssueType(world, { actor: ada, issue, issueType: null });
  const child = issues.openIssue(world, { actor: ada, repository, title: "Find out when" });
  issues.addSubIssue(world, { actor: ada, parent: issue, child });
  issues.removeSubIssue(world, { actor: ada, child });
  issues.pinIssue(world, { actor: ada, issue });
  issues.unpinIssue(world, { actor: ada, issue });
  conversation.lock(world, { actor: ada, on: issue, reason: "too heated" });
  conversation.unlock(world, { actor: ada, on: issue });
  const comment = conversation.comment(world, { actor: ben, on: issue, body: "Still" });
  conversation.react(world, { actor: ada, to: comment, content: "heart" });
  conversation.editComment(world, { actor: ben, comment, body: "Still so" });
  conversation.deleteComment(world, { actor: ada, comment });
  issues.closeIssue(world, { actor: ada, issue });
  issues.reopenIssue(world, { actor: ben, issue });
  conversation.unassign(world, { actor: ada, on: issue, assignees: [ben] });
  conversation.removeLabels(world, { actor: ada, on: issue, labels: [label] });
  conversation.setMilestone(world, { actor: ada, on: issue, milestone: null });
  transferIssue(world, { actor: ada, issue, to: other });
  issues.deleteIssue(world, { actor: ada, issue: child });
  planning.closeMilestone(world, { actor: ada, milestone });
  planning.reopenMilestone(world, { actor: ada, milestone });
  planning.deleteMilestone(world, { actor: ada, milestone });
  planning.deleteLabel(world, { actor: ada, label });
}

function talk({ world, ada, ben, repository, other }: SmallWorld): void {
  for (const one of [repository, other]) discussions.enableDiscussions(world, { repository: one });
  const answerable = repository.discussionCategories.find(({ isAnswerable }) => isAnswerable)!;
  const general = repository.discussionCategories.find(({ isAnswerable }) => !isAnswerable)!;
  const discussion = discussions.createDiscussion(world, { actor: ben, repository, title: "How", body: "How so", category: general });
  discussions.changeCategory(world, { actor: ada, discussion, category: answerable });
  discussions.editDiscussion(world, { actor: ben, discussion, title: "How?" });
  const comment = discussions.commentOnDiscussion(world, { actor: ada, discussion, body: "So" });
  discussions.commentOnDiscussion(world, { actor: ben, discussion, body: "Ah", replyTo: comment });
  discussions.editDiscussionComment(world, { actor: ada, comment, body: "Just so" });
  discussions.markAnswer(world, { actor: ben, comment });
  discussions.unmarkAnswer(world, { actor: ben, discussion });
  const label = repository.labels[0]!;
  discussions.labelDiscussion(world, { actor: ada, discussion, label });
  discussions.unlabelDiscussion(world, { actor: ada, discussion, label });
  discussions.lockDiscussion(world, { actor: ada, discussion });
  discussions.unlockDiscussion(world, { actor: ada, discussion });
  discussions.pinDiscussion(world, { actor: ada, discussion });
  discussions.unpinDiscussion(world, { actor: ada, discussion });
  discussions.closeDiscussion(world, { actor: ada, discussion });
  discussions.reopenDiscussion(world, { actor: ada, discussion });
  const moved = transferDiscussion(world, { actor: ada, discussion, to: other, category: other.discussionCategories[0]! });
  discussions.deleteDiscussion(world, { actor: ada, discussion: moved ?? discussion });
  convertToDiscussion(world, { actor: ada, issue: issues.openIssue(world, { actor: ben, repository, title: "A question" }), category: answerable });
}

function codeAndReviews(at: SmallWorld): void {
  const { world, ada, ben, organization, repository } = at;
  const pullRequest = at.pullRequest("topic", "Much better");
  const team = organization.teams[0]!;
  for (const reviewer of [ada, team]) pulls.requestReview(world, { actor: ben, pullRequest, reviewer });
  pulls.removeReviewRequest(world, { actor: ben, pullRequest, reviewer: team });
  conversation.comment(world, { actor: ben, on: pullRequest, body: "Please look" });
  const review = reviews.submitReview(world, { actor: ada, pullRequest, state: "changes_requested", body: "No", comments: [{ path: "src/a.ts", line: 2, body: "Why?" }] });
  const thread = pullRequest.threads[0]!;
  const reply = reviews.replyToThread(world, { actor: ben, thread, body: "Because" })!;
  reviews.editReviewComment(world, { actor: ben, comment: reply, body: "Just because" });
  reviews.deleteReviewComment(world, { actor: ben, comment: reply });
  reviews.resolveThread(world, { actor: ada, thread });
  reviews.unresolveThread(world, { actor: ada, thread });
  if (review !== undefined) {
    reviews.editReview(world, { actor: ada, review, body: "Not yet" });
    reviews.dismissReview(world, { actor: ben, review, message: "Done" });
  }
  push(world, { actor: ben, repository, branch: "topic", commits: [{ message: "Better still", files: [{ path: "src/b.ts", status: "added", additions: 4, deletions: 0 }] }] });
  forcePush(world, { actor: ben, repository, branch: "topic", commits: [{ message: "Best", files: [{ path: "src/b.ts", status: "removed", additions: 0, deletions: 4 }] }] });
  pulls.editPullRequest(world, { actor: ben, pullRequest, title: "Best" });
  pulls.convertToDraft(world, { actor: ben, pullRequest });
  pulls.markReadyForReview(world, { actor: ben, pullRequest });
  pulls.enableAutoMerge(world, { actor: ben, pullRequest });
  pulls.disableAutoMerge(world, { actor: ben, pullRequest });
  pulls.closePullRequest(world, { actor: ben, pullRequest });
  pulls.reopenPullRequest(world, { actor: ben, pullRequest });
  rare.enqueue(world, { actor: ada, pullRequest });
  rare.dequeue(world, { actor: ada, pullRequest });
  pulls.mergePullRequest(world, { actor: ada, pullRequest, method: "squash" });
  deleteBranch(world, { actor: ben, repository, branch: "topic" });
  createBranch(world, { actor: ada, repository, branch: "next" });
  createTag(world, { actor: ada, repository, tag: "v1.0.0" });
  createTag(world, { actor: ada, repository, tag: "wrong" });
  deleteTag(world, { actor: ada, repository, tag: "wrong" });
  rare.commentOnCommit(world, { actor: ben, repository, sha: repository.commits[0]!.sha, body: "The first" });
  const release = releases.createRelease(world, { actor: ada, repository, tagName: "v1.0.0", draft: true });
  releases.publishRelease(world, { actor: ada, release });
  releases.uploadAsset(world, { actor: ada, release, name: "engine.tgz", sizeBytes: 9000 });
  releases.editRelease(world, { actor: ada, release, name: "One", body: "At last" });
  releases.unpublishRelease(world, { actor: ada, release });
  releases.deleteRelease(world, { actor: ada, release });
}

function automation({ world, ada, organization, repository }: SmallWorld): void {
  const head = repository.commits.at(-1)!;
  createApp(world, { slug: "lint", name: "Lint", owner: organization, checksPushes: true });
  requestCheckSuites(world, { actor: ada, repository, branch: "main", sha: head.sha });
  const suite = repository.checkSuites.at(-1)!;
  const run = createCheckRun(world, { actor: ada, suite, name: "lint" });
  completeCheckRun(world, { actor: ada, run, conclusion: "success", title: "Clean" });
  completeCheckSuite(world, { actor: ada, suite });
  rerequestCheckSuite(world, { actor: ada, suite });
  rerequestCheckRun(world, { actor: ada, run });
  requestCheckRunAction(world, { actor: ada, run });
  createStatus(world, { actor: ada, repository, sha: head.sha, context: "ci/old", state: "success" });
  const workflow = workflows.createWorkflow(world, { repository, name: "CI", path: ".github/workflows/ci.yml" });
  workflows.dispatchWorkflow(world, { actor: ada, workflow, ref: "refs/heads/main" });
  const workflowRun = workflows.requestWorkflowRun(world, { actor: ada, workflow, event: "push", branch: "main", sha: head.sha });
  const job = workflows.queueJob(world, { actor: ada, run: workflowRun, name: "build", steps: ["Check out"] });
  workflows.queueJob(world, { actor: ada, run: workflowRun, name: "deploy", waiting: true });
  workflows.startJob(world, { actor: ada, job });
  workflows.completeJob(world, { actor: ada, job, conclusion: "failure" });
  const deployment = createDeployment(world, { actor: ada, repository, sha: head.sha, ref: "main", environment: "production" });
  setDeploymentStatus(world, { actor: ada, deployment, state: "success", environmentUrl: "https://example.com" });
  rare.dispatchRepository(world, { actor: ada, repository, eventType: "nightly" });
}

function security({ world, ada, repository }: SmallWorld): void {
  const commitSha = repository.commits.at(-1)!.sha;
  const vulnerable = { summary: "Fooled", description: "Much text", severity: "high", ecosystem: "npm", packageName: "left", vulnerableRange: "< 2" } as const;
  const advisory = publishGlobalAdvisory(world, { actor: ada, ...vulnerable, cveId: "CVE-2026-1", patchedVersion: "2.0.0", cvssScore: 7, cvssVector: "CVSS:3.1/AV:N", cwes: [{ id: "CWE-20", name: "Improper Input Validation" }] });
  updateGlobalAdvisory(world, { actor: ada, advisory, summary: "Fooled again" });
  const alert = alerts.raiseDependabotAlert(world, { actor: ada, repository, advisory, manifestPath: "package.json" });
  alerts.dismissDependabotAlert(world, { actor: ada, alert, reason: "not_used" });
  alerts.reopenDependabotAlert(world, { actor: ada, alert });
  alerts.autoDismissDependabotAlert(world, { actor: ada, alert });
  alerts.autoReopenDependabotAlert(world, { actor: ada, alert });
  alerts.fixDependabotAlert(world, { actor: ada, alert });
  alerts.reintroduceDependabotAlert(world, { actor: ada, alert });
  withdrawGlobalAdvisory(world, { actor: ada, advisory });
  const finding = alerts.raiseCodeScanningAlert(world, { actor: ada, repository, ruleId: "js/unused", ruleName: "Unused", ruleDescription: "Nobody uses it", severity: "note", securitySeverity: null, path: "src/a.ts", line: 3, commitSha });
  alerts.dismissCodeScanningAlert(world, { actor: ada, alert: finding, reason: "won't fix" });
  alerts.reopenCodeScanningAlert(world, { actor: ada, alert: finding });
  alerts.fixCodeScanningAlert(world, { actor: ada, alert: finding });
  alerts.findCodeScanningAlertAgain(world, { actor: ada, alert: finding });
  alerts.findCodeScanningAlertInBranch(world, { actor: ada, alert: finding });
  const secret = alerts.raiseSecretScanningAlert(world, { actor: ada, repository, secretType: "npm_access_token", secretTypeDisplayName: "npm Access Token", secret: "npm_0", path: ".npmrc", commitSha });
  alerts.validateSecret(world, { actor: ada, alert: secret, validity: "active" });
  alerts.leakSecret(world, { actor: ada, alert: secret });
  alerts.resolveSecretScanningAlert(world, { actor: ada, alert: secret, resolution: "revoked" });
  alerts.reopenSecretScanningAlert(world, { actor: ada, alert: secret });
  reportAdvisory(world, { actor: ada, repository, ...vulnerable });
  publishAdvisory(world, { actor: ada, advisory: draftAdvisory(world, { actor: ada, repository, ...vulnerable }) });
}

function boards({ world, ada, organization, repository }: SmallWorld): void {
  const project = projects.createProject(world, { actor: ada, organization, title: "Road" });
  projects.editProject(world, { actor: ada, project, title: "Roadmap", readme: "What comes", isPublic: true });
  const item = projects.addProjectItem(world, { actor: ada, project, content: issues.openIssue(world, { actor: ada, repository, title: "Plan" }) });
  const draft = projects.addDraftIssue(world, { actor: ada, project, title: "Idea" });
  projects.setItemStatus(world, { actor: ada, item, status: "Todo" });
  projects.setItemStatus(world, { actor: ada, item, status: "Done" });
  projects.reorderItem(world, { actor: ada, item, after: draft });
  projects.archiveItem(world, { actor: ada, item });
  projects.restoreItem(world, { actor: ada, item });
  projects.convertDraftIssue(world, { actor: ada, item: draft, issue: issues.openIssue(world, { actor: ada, repository, title: "Idea" }) });
  projects.deleteItem(world, { actor: ada, item });
  projects.closeProject(world, { actor: ada, project });
  projects.reopenProject(world, { actor: ada, project });
  projects.deleteProject(world, { actor: ada, project });
}

function oddsAndEnds({ world, ada, ben, organization, repository }: SmallWorld): void {
  star(world, { actor: ben, repository });
  unstar(world, { actor: ben, repository });
  fork(world, { actor: ben, repository });
  for (const target of [repository, organization] as const) deleteHook(world, { actor: ada, hook: createHook(world, { actor: ada, target, url: "http://127.0.0.1/", events: ["*"], secret: "s" }) });
  rare.deleteDeployKey(world, { actor: ada, repository, key: rare.addDeployKey(world, { actor: ada, repository, title: "deploy", key: "ssh-ed25519 AAAA" }) });
  const rule = rare.protectBranch(world, { actor: ada, repository, name: "main" });
  rare.editProtection(world, { actor: ada, rule, requiredApprovals: 2 });
  rare.unprotectBranch(world, { actor: ada, rule });
  rare.buildPages(world, { actor: ada, repository });
  rare.editWiki(world, { actor: ada, repository, pages: [{ title: "Home", action: "created" }] });
  rare.updatePackage(world, { actor: ada, repository, version: rare.publishPackage(world, { actor: ada, repository, name: "engine", version: "1.0.0" }) });
}

function repositoriesChange({ world, ada, ben, organization, repository, other }: SmallWorld): void {
  repositories.editRepository(world, { actor: ada, repository, description: "It moves", topics: ["engine"] });
  repositories.renameRepository(world, { actor: ada, repository, name: "motor" });
  repositories.privatizeRepository(world, { actor: ada, repository });
  repositories.publicizeRepository(world, { actor: ada, repository });
  repositories.archiveRepository(world, { actor: ada, repository: other });
  repositories.unarchiveRepository(world, { actor: ada, repository: other });
  const notes: E.Repository = repositories.createRepository(world, { actor: ben, owner: ben, name: "notes" });
  repositories.transferRepository(world, { actor: ben, repository: notes, owner: organization });
  repositories.transferRepository(world, { actor: ada, repository: notes, owner: ben });
  repositories.deleteRepository(world, { actor: ben, repository: notes });
  renameOrganization(world, { actor: ada, organization, login: "octo-two" });
}
