/** Issues, pull requests, discussions and boards: what seldom happens to them. */
import type * as E from "../world/entities.ts";
import { assign, deleteComment, editComment, lock, setMilestone, unassign, unlock } from "../operations/conversations.ts";
import { comment } from "../operations/conversations.ts";
import { changeCategory, closeDiscussion, commentOnDiscussion, createDiscussion, deleteDiscussion, deleteDiscussionComment, editDiscussion, editDiscussionComment, enableDiscussions, labelDiscussion, lockDiscussion, markAnswer, pinDiscussion, reopenDiscussion, unlabelDiscussion, unlockDiscussion, unmarkAnswer, unpinDiscussion } from "../operations/discussions.ts";
import { addSubIssue, closeIssue, deleteIssue, openIssue, pinIssue, removeSubIssue, reopenIssue, setIssueType, unpinIssue } from "../operations/issues.ts";
import { createMilestone } from "../operations/labels-and-milestones.ts";
import { addDraftIssue, addProjectItem, archiveItem, closeProject, convertDraftIssue, createProject, deleteItem, deleteProject, editProject, reopenProject, reorderItem, restoreItem, setItemStatus } from "../operations/projects.ts";
import { convertToDraft, disableAutoMerge, enableAutoMerge, markReadyForReview, removeReviewRequest, requestReview } from "../operations/pull-requests.ts";
import { dequeue, enqueue } from "../operations/rare.ts";
import { deleteReviewComment, dismissReview, editReview, editReviewComment, replyToThread, resolveThread, submitReview, unresolveThread } from "../operations/reviews.ts";
import { convertToDiscussion, transferDiscussion, transferIssue } from "../operations/transfers.ts";
import { colleague } from "./place.ts";
import { isClosed, type Part, type Play } from "./play.ts";
import { isOpen } from "./pull-request-story.ts";
import { later, type Scene } from "./scene.ts";

const TYPE: E.IssueType = { id: 1_200_417, name: "Task", description: "A specific piece of work", color: "yellow" };

/** Until one of them cannot be done any more. */
function* inTurn(scene: Scene, steps: readonly (() => unknown)[], possible: () => boolean = () => true): Part {
  for (const step of steps) {
    if (!possible()) return;
    step();
    yield* later(scene);
  }
}

export function* showIssues(scene: Scene): Part {
  const { play, place, random } = scene;
  const { world } = play;
  const { repository } = place;
  const actor = play.cast.owner(random);
  const elsewhere = otherPublic(play, repository);
  const open = (title: string): E.Issue => openIssue(world, { actor, repository, title, body: "Part of a larger plan." });
  const [parent, child, wrong] = [open("Epic: a better start"), open("First step"), open("Posted twice")];
  const milestone = createMilestone(world, { actor, repository, title: "A better start" });
  enableDiscussions(world, { repository });
  yield* inTurn(scene, [
    () => addSubIssue(world, { actor, parent, child }), () => setIssueType(world, { actor, issue: child, issueType: TYPE }), () => setIssueType(world, { actor, issue: child, issueType: null }),
    () => removeSubIssue(world, { actor, child }), () => pinIssue(world, { actor, issue: parent }), () => unpinIssue(world, { actor, issue: parent }),
    () => assign(world, { actor, on: child, assignees: [actor] }), () => unassign(world, { actor, on: child, assignees: [actor] }),
    () => setMilestone(world, { actor, on: child, milestone }), () => setMilestone(world, { actor, on: child, milestone: null }),
    () => lock(world, { actor, on: wrong, reason: "spam" }), () => unlock(world, { actor, on: wrong }),
    () => closeIssue(world, { actor, issue: wrong, reason: "duplicate" }), () => reopenIssue(world, { actor, issue: wrong }), () => deleteIssue(world, { actor, issue: wrong }),
    () => elsewhere === undefined || isClosed(elsewhere) || transferIssue(world, { actor, issue: child, to: elsewhere }),
    () => convertToDiscussion(world, { actor, issue: parent, category: categoryOf(repository, false) }),
  ]);
}

export function* showPullRequests(scene: Scene): Part {
  const { play, place, random } = scene;
  const { squad } = place;
  const actor = play.cast.owner(random);
  let on = openPullRequestOf(play, actor);
  // Where there is none, one will come.
  for (let attempt = 0; attempt < 200 && on === undefined; attempt++) {
    yield* later(scene);
    on = openPullRequestOf(play, actor);
  }
  if (on !== undefined) yield* showPullRequest(scene, on, actor, squad.team);
}

function* showPullRequest(scene: Scene, on: E.PullRequest, actor: E.User, team: E.Team): Part {
  const { play, place, random } = scene;
  const { world } = play;
  const { repository } = on;
  const said = comment(world, { actor, on, body: "Let me show something." });
  const review = submitReview(world, { actor, pullRequest: on, state: "changes_requested", body: "Not yet.", comments: [{ path: on.files[0]?.path ?? "README.md", line: 3, body: "Why?" }, { path: on.files[0]?.path ?? "README.md", line: 9, body: "And here?" }] });
  const [thread, other] = on.threads.filter(({ comments }) => comments[0]?.review === review);
  const colleagueUser = colleague(play, place, random, on.author)?.user ?? actor;
  const milestone = createMilestone(world, { actor, repository, title: "Shown once" });
  if (thread === undefined || other === undefined) return;
  const reviewed = [
    () => editReview(world, { actor, review, body: "Not yet, but soon." }), () => replyToThread(world, { actor: on.author, thread, body: "Because." }),
    () => thread.comments[0] === undefined || editReviewComment(world, { actor, comment: thread.comments[0], body: "Why, exactly?" }), () => other.comments[0] === undefined || deleteReviewComment(world, { actor, comment: other.comments[0] }),
    () => resolveThread(world, { actor, thread }), () => unresolveThread(world, { actor, thread }), () => dismissReview(world, { actor, review, message: "Settled in a call" }),
    () => editComment(world, { actor, comment: said, body: "Let me show something else." }), () => deleteComment(world, { actor, comment: said }),
    () => lock(world, { actor, on, reason: "resolved" }), () => unlock(world, { actor, on }), () => setMilestone(world, { actor, on, milestone }), () => setMilestone(world, { actor, on, milestone: null }),
    () => assign(world, { actor, on, assignees: [actor] }), () => unassign(world, { actor, on, assignees: [actor] }),
  ];
  yield* inTurn(scene, reviewed, () => !isClosed(repository));
  showQueue(play, on, actor, [colleagueUser, team]);
}

/** At one moment: it may be merged at any later one. */
function showQueue(play: Play, former: E.PullRequest, actor: E.User, reviewers: readonly (E.User | E.Team)[]): void {
  const { world } = play;
  const on = isOpen(former) ? former : openPullRequestOf(play, actor);
  if (on === undefined) return;
  convertToDraft(world, { actor, pullRequest: on });
  markReadyForReview(world, { actor, pullRequest: on });
  for (const reviewer of reviewers) requestReview(world, { actor, pullRequest: on, reviewer });
  for (const reviewer of reviewers) removeReviewRequest(world, { actor, pullRequest: on, reviewer });
  enableAutoMerge(world, { actor, pullRequest: on });
  disableAutoMerge(world, { actor, pullRequest: on });
  enqueue(world, { actor, pullRequest: on });
  dequeue(world, { actor, pullRequest: on });
}

export function* showDiscussion(scene: Scene): Part {
  const { play, place, random } = scene;
  const { world } = play;
  const { repository } = place;
  const actor = play.cast.owner(random);
  const elsewhere = otherPublic(play, repository);
  enableDiscussions(world, { repository });
  if (elsewhere !== undefined) enableDiscussions(world, { repository: elsewhere });
  const open = (title: string): E.Discussion => createDiscussion(world, { actor, repository, title, body: "What do you think?", category: categoryOf(repository, true) });
  const [discussion, moved, gone] = [open("How do we begin?"), open("In the wrong place"), open("Never mind")];
  const answer = commentOnDiscussion(world, { actor, discussion, body: "At the beginning." });
  const reply = commentOnDiscussion(world, { actor, discussion, body: "Of what?", replyTo: answer });
  const [label] = repository.labels;
  yield* inTurn(scene, [
    () => editDiscussion(world, { actor, discussion, title: "How and when do we begin?" }), () => editDiscussionComment(world, { actor, comment: reply, body: "Of what exactly?" }), () => deleteDiscussionComment(world, { actor, comment: reply }),
    () => markAnswer(world, { actor, comment: answer }), () => unmarkAnswer(world, { actor, discussion }), () => changeCategory(world, { actor, discussion, category: categoryOf(repository, false) }),
    () => label === undefined || labelDiscussion(world, { actor, discussion, label }), () => label === undefined || unlabelDiscussion(world, { actor, discussion, label }),
    () => pinDiscussion(world, { actor, discussion }), () => unpinDiscussion(world, { actor, discussion }), () => lockDiscussion(world, { actor, discussion }), () => unlockDiscussion(world, { actor, discussion }),
    () => closeDiscussion(world, { actor, discussion, reason: "outdated" }), () => reopenDiscussion(world, { actor, discussion }),
    () => deleteDiscussion(world, { actor, discussion: gone }), () => elsewhere === undefined || isClosed(elsewhere) || transferDiscussion(world, { actor, discussion: moved, to: elsewhere, category: categoryOf(elsewhere, true) }),
  ], () => !isClosed(repository));
}

export function* showBoard(scene: Scene): Part {
  const { play, place, random } = scene;
  const { world, organization } = play;
  const { repository } = place;
  const actor = play.cast.owner(random);
  const board = (title: string): E.Project => createProject(world, { actor, organization, title });
  const [project, brief] = [board("Everything once"), board("Gone soon")];
  const issue = openIssue(world, { actor, repository, title: "On the board" });
  const [item, draft] = [addProjectItem(world, { actor, project, content: issue }), addDraftIssue(world, { actor, project, title: "An idea" })];
  yield* inTurn(scene, [
    () => editProject(world, { actor, project, title: "Everything, once", isPublic: true }), () => setItemStatus(world, { actor, item, status: "Todo" }), () => setItemStatus(world, { actor, item, status: "Done" }),
    () => reorderItem(world, { actor, item, after: draft }), () => archiveItem(world, { actor, item }), () => restoreItem(world, { actor, item }), () => convertDraftIssue(world, { actor, item: draft, issue: openIssue(world, { actor, repository, title: "An idea" }) }),
    () => deleteItem(world, { actor, item }), () => closeProject(world, { actor, project }), () => reopenProject(world, { actor, project }), () => deleteProject(world, { actor, project: brief }),
  ]);
}

function openPullRequestOf({ places }: Play, not: E.User): E.PullRequest | undefined {
  for (const { repository } of places) {
    const found = repository.pullRequests.findLast((candidate) => isOpen(candidate) && candidate.author !== not && candidate.files.length > 0);
    if (found !== undefined) return found;
  }
  return undefined;
}

function categoryOf({ discussionCategories }: E.Repository, isAnswerable: boolean): E.DiscussionCategory {
  const category = discussionCategories.find((candidate) => candidate.isAnswerable === isAnswerable);
  if (category === undefined) throw new Error("Discussions are not enabled");
  return category;
}

function otherPublic({ places }: Play, not: E.Repository): E.Repository | undefined {
  return places.find(({ repository, plan }) => repository !== not && plan.fate === "lives" && repository.visibility === "public" && !isClosed(repository))?.repository;
}
