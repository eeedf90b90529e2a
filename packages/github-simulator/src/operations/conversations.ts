/** What happens to issues and pull requests alike: labels, assignees, milestones, locks, comments. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { associationOf } from "./associations.ts";
import { freshId } from "./first-ids.ts";
import { record, recordReferences } from "./timeline.ts";
import { touch } from "./touch.ts";

export type Thread = E.Issue | E.PullRequest;
type Of = { readonly actor: E.User; readonly on: Thread };

type Shared =
  | { readonly action: "labeled" | "unlabeled"; readonly label: E.Label }
  | { readonly action: "assigned" | "unassigned"; readonly assignee: E.User }
  | { readonly action: "milestoned" | "demilestoned"; readonly milestone: E.Milestone }
  | { readonly action: "locked" | "unlocked" };

/** As `issues` or as `pull_request`, whatever it is. */
export function tell(world: World, { actor, on, ...what }: Of & Shared): void {
  const base = { at: world.now(), actor, repository: on.repository };
  if (on.type === "issue") world.emit({ ...base, event: "issues", issue: on, ...what });
  else world.emit({ ...base, event: "pull_request", pullRequest: on, ...what });
}

/** The number that issues, pull requests and discussions of a repository share. */
export function takeNumber(world: World, repository: E.Repository): number {
  const number = repository.nextNumber;
  world.journal.set(repository, "nextNumber", number + 1);
  return number;
}

export function addLabels(world: World, { actor, on, labels }: Of & { readonly labels: readonly E.Label[] }): void {
  for (const label of labels) {
    if (on.labels.includes(label)) continue;
    world.journal.push(on, "labels", label);
    record(world, { on, type: "labeled", actor, subject: { is: "label", name: label.name, color: label.color } });
    touch(world, on);
    tell(world, { actor, on, action: "labeled", label });
  }
}

export function removeLabels(world: World, { actor, on, labels }: Of & { readonly labels: readonly E.Label[] }): void {
  for (const label of labels) {
    if (!on.labels.includes(label)) continue;
    world.journal.remove(on, "labels", label);
    record(world, { on, type: "unlabeled", actor, subject: { is: "label", name: label.name, color: label.color } });
    touch(world, on);
    tell(world, { actor, on, action: "unlabeled", label });
  }
}

export function assign(world: World, { actor, on, assignees }: Of & { readonly assignees: readonly E.User[] }): void {
  for (const assignee of assignees) {
    if (on.assignees.includes(assignee)) continue;
    world.journal.push(on, "assignees", assignee);
    record(world, { on, type: "assigned", actor, subject: { is: "user", user: assignee } });
    touch(world, on);
    tell(world, { actor, on, action: "assigned", assignee });
  }
}

export function unassign(world: World, { actor, on, assignees }: Of & { readonly assignees: readonly E.User[] }): void {
  for (const assignee of assignees) {
    if (!on.assignees.includes(assignee)) continue;
    world.journal.remove(on, "assignees", assignee);
    record(world, { on, type: "unassigned", actor, subject: { is: "user", user: assignee } });
    touch(world, on);
    tell(world, { actor, on, action: "unassigned", assignee });
  }
}

/** Another one or, with null, none: GitHub tells the end of the old one first. */
export function setMilestone(world: World, { actor, on, milestone }: Of & { readonly milestone: E.Milestone | null }): void {
  const former = on.milestone;
  if (former === milestone) return;
  if (former !== null) {
    world.journal.set(on, "milestone", null);
    countInMilestone(world, former, on, -1);
    record(world, { on, type: "demilestoned", actor, subject: { is: "milestone", title: former.title } });
    touch(world, on);
    tell(world, { actor, on, action: "demilestoned", milestone: former });
  }
  if (milestone === null) return;
  world.journal.set(on, "milestone", milestone);
  countInMilestone(world, milestone, on, 1);
  record(world, { on, type: "milestoned", actor, subject: { is: "milestone", title: milestone.title } });
  touch(world, on);
  tell(world, { actor, on, action: "milestoned", milestone });
}

/** Milestones count pull requests among their issues. */
export function countInMilestone(world: World, milestone: E.Milestone | null, { state }: Pick<Thread, "state">, by: 1 | -1): void {
  if (milestone === null) return;
  const key = state === "open" ? "openIssues" : "closedIssues";
  world.journal.set(milestone, key, milestone[key] + by);
  touch(world, milestone);
}

/** Keeps its milestone's counts. */
export function setState(world: World, on: Thread, state: Thread["state"]): void {
  countInMilestone(world, on.milestone, on, -1);
  world.journal.set(on, "state", state);
  countInMilestone(world, on.milestone, on, 1);
}

export function lock(world: World, { actor, on, reason = null }: Of & { readonly reason?: E.LockReason | null }): void {
  world.journal.assign<Thread>(on, { locked: true, lockReason: reason });
  record(world, { on, type: "locked", actor, subject: { is: "lock", reason } });
  touch(world, on);
  tell(world, { actor, on, action: "locked" });
}

export function unlock(world: World, { actor, on }: Of): void {
  world.journal.assign<Thread>(on, { locked: false, lockReason: null });
  record(world, { on, type: "unlocked", actor });
  touch(world, on);
  tell(world, { actor, on, action: "unlocked" });
}

export function comment(world: World, { actor, on, body }: Of & { readonly body: string }): E.IssueComment {
  const { repository } = on;
  const now = world.now();
  const added: E.IssueComment = { id: freshId(world, "issueComment"), on, author: actor, authorAssociation: associationOf(repository, actor), body, createdAt: now, updatedAt: now, reactions: NONE };
  world.journal.push(on, "comments", added);
  world.journal.push(repository, "issueComments", added);
  world.register("IssueComment", added.id, added);
  touch(world, on);
  recordReferences(world, { on, actor, text: body });
  world.emit({ at: now, actor, event: "issue_comment", action: "created", repository, comment: added });
  return added;
}

export function editComment(world: World, { actor, comment: edited, body }: { readonly actor: E.User; readonly comment: E.IssueComment; readonly body: string }): void {
  const from = edited.body;
  world.journal.set(edited, "body", body);
  touch(world, edited, edited.on);
  recordReferences(world, { on: edited.on, actor, text: body });
  world.emit({ at: world.now(), actor, event: "issue_comment", action: "edited", repository: edited.on.repository, comment: edited, changes: { body: { from } } });
}

export function deleteComment(world: World, { actor, comment: gone }: { readonly actor: E.User; readonly comment: E.IssueComment }): void {
  const { on } = gone;
  world.journal.remove(on, "comments", gone);
  world.journal.remove(on.repository, "issueComments", gone);
  world.forget("IssueComment", gone.id);
  record(world, { on, type: "comment_deleted", actor, subject: { is: "user", user: gone.author } });
  touch(world, on);
  world.emit({ at: world.now(), actor, event: "issue_comment", action: "deleted", repository: on.repository, comment: gone });
}

type Reactable = { readonly reactions: readonly E.Reaction[] };

/** No webhook tells of reactions, and no `updated_at` moves. */
export function react(world: World, { actor, to, content }: { readonly actor: E.User; readonly to: Reactable; readonly content: E.ReactionContent }): void {
  if (to.reactions.some((reaction) => reaction.user === actor && reaction.content === content)) return;
  world.journal.push(to, "reactions", { id: freshId(world, "reaction"), user: actor, content, createdAt: world.now() });
}

export function withdrawReaction(world: World, { actor, from, content }: { readonly actor: E.User; readonly from: Reactable; readonly content: E.ReactionContent }): void {
  const given = from.reactions.find((reaction) => reaction.user === actor && reaction.content === content);
  if (given !== undefined) world.journal.remove(from, "reactions", given);
}
