/** Operations by dice, on a small world: each step is three numbers, the operation and what it chooses. */
import { deleteUser, createUser, renameUser } from "../src/operations/accounts.ts";
import { createBranch, createTag, deleteBranch, forcePush, push } from "../src/operations/branches-and-commits.ts";
import { addCollaborator, changeCollaborator, removeCollaborator } from "../src/operations/collaborators.ts";
import * as conversation from "../src/operations/conversations.ts";
import * as discussion from "../src/operations/discussions.ts";
import * as issues from "../src/operations/issues.ts";
import { closeMilestone, createLabel, createMilestone, deleteLabel, deleteMilestone, reopenMilestone } from "../src/operations/labels-and-milestones.ts";
import { addMember, removeMember } from "../src/operations/organization.ts";
import { addDraftIssue, addProjectItem, createProject, deleteItem, setItemStatus } from "../src/operations/projects.ts";
import * as pulls from "../src/operations/pull-requests.ts";
import { createRelease, deleteRelease, publishRelease } from "../src/operations/releases.ts";
import { archiveRepository, createRepository, deleteRepository, renameRepository } from "../src/operations/repository.ts";
import * as reviews from "../src/operations/reviews.ts";
import { fork, star, unstar, unwatch, watch } from "../src/operations/stars-forks-watchers.ts";
import { addTeamMember, addTeamRepository, createTeam, deleteTeam } from "../src/operations/teams.ts";
import { convertToDiscussion, transferDiscussion, transferIssue } from "../src/operations/transfers.ts";
import { completeJob, createWorkflow, queueJob, requestWorkflowRun, rerun, startJob } from "../src/operations/workflows.ts";
import type * as E from "../src/world/entities.ts";
import type { World } from "../src/world/world.ts";

export type Step = readonly [operation: number, what: number, other: number];

export type Stage = {
  readonly world: World;
  readonly organization: E.Organization;
  /** Who stays, whatever happens. */
  readonly ada?: E.User;
  /** Where it happens; default: in every repository there is. */
  readonly repositories?: readonly E.Repository[];
  /** Nothing is deleted, moved or renamed as a whole: no account, repository or team. */
  readonly calm?: boolean;
};

export function play(at: Stage, [operation, what, other]: Step): void {
  const choose = <T>(list: readonly T[], by = what): T | undefined => (list.length === 0 ? undefined : list[by % list.length]);
  const { world, organization, calm = false } = at;
  const repositories = at.repositories ?? [...world.repositories.values()].filter(({ deleted }) => !deleted);
  const repository = choose(repositories, other);
  const actor = choose([...world.users.values()].filter(({ deleted, id, type }) => !deleted && id !== world.ghost.id && type === "User"), what);
  if (repository === undefined || actor === undefined) return;
  const issue = choose(repository.issues);
  const pullRequest = choose(repository.pullRequests);
  const thread: E.Issue | E.PullRequest | undefined = choose([...repository.issues, ...repository.pullRequests]);
  const talk = choose(repository.discussions);
  const user = choose([...world.users.values()].filter(({ deleted, app }) => !deleted && app === null), other);
  const open = choose(repository.pullRequests.filter(({ state }) => state === "open"));
  const branch = `topic-${what % 4}`;
  const text = [`See #${other % 9}`, "Words @ben", `Fixes #${what % 9}`, "More words"][(what + other) % 4] ?? "";
  const category = (): E.DiscussionCategory => {
    discussion.enableDiscussions(world, { repository });
    return choose(repository.discussionCategories, other) as E.DiscussionCategory;
  };
  const project = (): E.Project => organization.projects[0] ?? createProject(world, { actor, organization, title: "Plan" });
  const run = choose(repository.workflowRuns);
  const job = choose(repository.workflowRuns.flatMap(({ jobs }) => jobs));

  const operations: readonly (() => unknown)[] = [
    () => issues.openIssue(world, { actor, repository, title: "New", body: text }),
    () => issues.openIssue(world, { actor, repository, title: "Another" }),
    () => issue && issues.editIssue(world, { actor, issue, title: `Title ${other}`, body: text }),
    () => issue && issues.closeIssue(world, { actor, issue, reason: "not_planned" }),
    () => issue && issues.reopenIssue(world, { actor, issue }),
    () => issue && issues.deleteIssue(world, { actor, issue }),
    () => issue && transferIssue(world, { actor, issue, to: choose(repositories, what + 1) as E.Repository }),
    () => issue && convertToDiscussion(world, { actor, issue, category: category() }),
    () => issue && issues.pinIssue(world, { actor, issue }),
    () => issue && choose(repository.issues, other) !== issue && issues.addSubIssue(world, { actor, parent: issue, child: choose(repository.issues, other) as E.Issue }),
    () => issue && issues.removeSubIssue(world, { actor, child: issue }),
    () => thread && conversation.comment(world, { actor, on: thread, body: text }),
    () => thread && conversation.comment(world, { actor, on: thread, body: "Again" }),
    () => repository.issueComments.length > 0 && conversation.deleteComment(world, { actor, comment: choose(repository.issueComments) as E.IssueComment }),
    () => repository.issueComments.length > 0 && conversation.editComment(world, { actor, comment: choose(repository.issueComments) as E.IssueComment, body: text }),
    () => thread && conversation.addLabels(world, { actor, on: thread, labels: repository.labels.slice(other % 5, (other % 5) + 2) }),
    () => thread && conversation.removeLabels(world, { actor, on: thread, labels: thread.labels.slice(0, 1) }),
    () => thread && user && conversation.assign(world, { actor, on: thread, assignees: [user] }),
    () => thread && conversation.setMilestone(world, { actor, on: thread, milestone: choose([null, ...repository.milestones], other) ?? null }),
    () => thread && conversation.lock(world, { actor, on: thread }),
    () => thread && conversation.react(world, { actor, to: thread, content: "heart" }),
    () => createMilestone(world, { actor, repository, title: `M${other}` }),
    () => repository.milestones[0] && closeMilestone(world, { actor, milestone: repository.milestones[0] }),
    () => repository.milestones[0] && reopenMilestone(world, { actor, milestone: repository.milestones[0] }),
    () => repository.milestones[0] && deleteMilestone(world, { actor, milestone: repository.milestones[0] }),
    () => createLabel(world, { actor, repository, name: `label-${other}` }),
    () => repository.labels.length > 0 && deleteLabel(world, { actor, label: choose(repository.labels) as E.Label }),
    () => push(world, { actor, repository, branch, commits: [{ message: text, files: [{ path: `src/${other}.ts`, status: "modified", additions: other, deletions: what }] }] }),
    () => push(world, { actor, repository, branch: repository.defaultBranch, commits: [{ message: text }, { message: "Two" }] }),
    () => forcePush(world, { actor, repository, branch, commits: [{ message: "Anew" }] }),
    () => createBranch(world, { actor, repository, branch: `branch-${other}` }),
    () => deleteBranch(world, { actor, repository, branch }),
    () => createTag(world, { actor, repository, tag: `v${repository.tags.length}` }),
    () => repository.branches.some(({ name }) => name === branch) && pulls.openPullRequest(world, { actor, repository, title: "Change", body: text, head: { repository, branch } }),
    () => {
      push(world, { actor, repository, branch, commits: [{ message: "Work" }] });
      return pulls.openPullRequest(world, { actor, repository, title: "Change", head: { repository, branch }, draft: other % 2 === 0 });
    },
    () => {
      const { parent } = repository;
      if (parent === null) return;
      push(world, { actor, repository, branch, commits: [{ message: "From outside" }] });
      pulls.openPullRequest(world, { actor, repository: parent, title: "Gift", head: { repository, branch } });
    },
    () => pullRequest && pulls.closePullRequest(world, { actor, pullRequest }),
    () => pullRequest && pulls.reopenPullRequest(world, { actor, pullRequest }),
    () => open && pulls.mergePullRequest(world, { actor, pullRequest: open, method: (["merge", "squash", "rebase"] as const)[other % 3] ?? "merge" }),
    () => open && pulls.mergePullRequest(world, { actor, pullRequest: open }),
    () => open && pulls.updateBranch(world, { actor, pullRequest: open }),
    () => pullRequest && pulls.markReadyForReview(world, { actor, pullRequest }),
    () => pullRequest && user && pulls.requestReview(world, { actor, pullRequest, reviewer: choose<E.User | E.Team>([user, ...organization.teams]) ?? user }),
    () => pullRequest && reviews.submitReview(world, { actor, pullRequest, state: "commented", comments: [{ path: `src/${other}.ts`, line: 1, body: text }, { path: "b.ts", line: 2, body: "B" }] }),
    () => pullRequest && reviews.submitReview(world, { actor, pullRequest, state: "approved" }),
    () => pullRequest && reviews.startReview(world, { actor, pullRequest, comments: [{ path: "c.ts", line: 1, body: "Pending" }] }),
    () => pullRequest?.reviews.filter(({ state }) => state === "pending").map((review) => reviews.submitPendingReview(world, { actor, review, state: "commented" })),
    () => pullRequest?.threads.filter(({ comments: [first] }) => first?.review.state !== "pending").slice(0, 1).map((on) => reviews.replyToThread(world, { actor, thread: on, body: text })),
    () => pullRequest?.threads[0] && reviews.resolveThread(world, { actor, thread: pullRequest.threads[0] }),
    () => repository.reviewComments.length > 0 && reviews.deleteReviewComment(world, { actor, comment: choose(repository.reviewComments) as E.ReviewComment }),
    () => pullRequest?.reviews.filter(({ state }) => state === "approved").map((review) => reviews.dismissReview(world, { actor, review, message: "No" })),
    () => discussion.createDiscussion(world, { actor, repository, title: "Talk", body: text, category: category() }),
    () => talk && discussion.commentOnDiscussion(world, { actor, discussion: talk, body: text, replyTo: choose([null, ...talk.comments], other) ?? null }),
    () => talk?.comments[0] && discussion.markAnswer(world, { actor, comment: talk.comments[0] }),
    () => talk?.comments[0] && discussion.deleteDiscussionComment(world, { actor, comment: talk.comments[0] }),
    () => talk && discussion.deleteDiscussion(world, { actor, discussion: talk }),
    () => {
      const to = choose(repositories, what + 1) as E.Repository;
      discussion.enableDiscussions(world, { repository: to });
      return talk && transferDiscussion(world, { actor, discussion: talk, to, category: to.discussionCategories[0] as E.DiscussionCategory });
    },
    () => star(world, { actor, repository }),
    () => unstar(world, { actor, repository }),
    () => watch(world, { actor, repository }),
    () => unwatch(world, { actor, repository }),
    () => !organization.members.some((member) => member.user === actor) && addMember(world, { actor, organization, user: actor }),
    () => !repository.collaborators.some((collaborator) => collaborator.user === actor) && addCollaborator(world, { actor, repository, user: actor }),
    () => changeCollaborator(world, { actor, repository, user: actor, permission: "admin" }),
    () => removeCollaborator(world, { actor, repository, user: actor }),
    () => organization.teams.length < 4 && addTeamMember(world, { actor, team: createTeam(world, { actor, organization, name: `Team ${what}-${other}` }), user: actor }),
    () => organization.teams[0] && !organization.teams[0].repositories.some((grant) => grant.repository === repository) && addTeamRepository(world, { actor, team: organization.teams[0], repository }),
    () => createRelease(world, { actor, repository, tagName: `r${repository.releases.length}-${other}`, draft: other % 2 === 0 }),
    () => repository.releases[0]?.draft && publishRelease(world, { actor, release: repository.releases[0] }),
    () => repository.releases[0] && deleteRelease(world, { actor, release: repository.releases[0] }),
    () => requestWorkflowRun(world, { actor, workflow: repository.workflows[0] ?? createWorkflow(world, { repository, name: "CI", path: "ci.yml" }), event: "push", branch: "main", sha: repository.commits[0]?.sha ?? "" }),
    () => run && queueJob(world, { actor, run, name: `job ${other}`, steps: ["One", "Two"] }),
    () => job?.status === "queued" && startJob(world, { actor, job }),
    () => job?.status === "in_progress" && completeJob(world, { actor, job, conclusion: other % 2 === 0 ? "success" : "failure" }),
    () => run?.status === "completed" && rerun(world, { actor, run }),
    () => issue && addProjectItem(world, { actor, project: project(), content: issue }),
    () => addDraftIssue(world, { actor, project: project(), title: "Idea" }),
    () => project().items[0] && setItemStatus(world, { actor, item: project().items[0] as E.ProjectItem, status: "Done" }),
    () => project().items[0] && deleteItem(world, { actor, item: project().items[0] as E.ProjectItem }),
  ];
  const upheavals: readonly (() => unknown)[] = [
    () => repository.parent && deleteRepository(world, { actor, repository }),
    () => repositories.length < 6 && fork(world, { actor, repository, name: `fork-${world.repositories.size}` }),
    () => repositories.length < 6 && push(world, { actor, repository: createRepository(world, { actor, owner: organization, name: `repo-${world.repositories.size}` }), branch: "main", commits: [{ message: "First" }] }),
    () => repositories.length > 2 && deleteRepository(world, { actor, repository }),
    () => renameRepository(world, { actor, repository, name: `name-${world.repositories.size}-${what}-${other}` }),
    () => archiveRepository(world, { actor, repository }),
    () => createUser(world, { login: `user-${world.users.size}` }),
    () => world.users.size > 6 && actor !== at.ada && deleteUser(world, { user: actor }),
    () => renameUser(world, { user: actor, login: `renamed-${world.users.size}-${actor.id}` }),
    () => actor !== at.ada && removeMember(world, { actor, organization, user: actor }),
    () => organization.teams.length > 2 && deleteTeam(world, { actor, team: organization.teams[0] as E.Team }),
  ];
  choose(calm ? operations : [...operations, ...upheavals], operation)?.();
}
