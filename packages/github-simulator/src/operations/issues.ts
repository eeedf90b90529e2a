/** What happens to issues alone; what they share with pull requests is in conversations.ts, moving away in transfers.ts. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { associationOf } from "./associations.ts";
import { countInMilestone, setState, takeNumber } from "./conversations.ts";
import { freshId } from "./first-ids.ts";
import { takeFromProjects } from "./projects.ts";
import { record, recordReferences } from "./timeline.ts";
import { edit, isEmpty, touch } from "./touch.ts";

type Of = { readonly actor: E.User; readonly issue: E.Issue };
type NewIssue = { readonly actor: E.User; readonly repository: E.Repository; readonly title: string; readonly body?: string | null; readonly issueType?: E.IssueType | null };

/** Labels, assignees and a milestone are put on it afterwards, as GitHub tells them. */
export function openIssue(world: World, { actor, repository, title, body = null, issueType = null }: NewIssue): E.Issue {
  const now = world.now();
  const issue: E.Issue = {
    type: "issue", id: freshId(world, "issue"), repository, number: takeNumber(world, repository), title, body, author: actor, authorAssociation: associationOf(repository, actor),
    state: "open", stateReason: null, locked: false, lockReason: null, labels: NONE, assignees: NONE, milestone: null, comments: NONE, timeline: NONE, reactions: NONE,
    createdAt: now, updatedAt: now, closedAt: null, closedBy: null, issueType, parentIssue: null, subIssues: NONE, pinned: false,
  };
  addIssue(world, issue);
  recordReferences(world, { on: issue, actor, text: body });
  world.emit({ at: now, actor, event: "issues", action: "opened", repository, issue });
  if (issueType !== null) world.emit({ at: now, actor, event: "issues", action: "typed", repository, issue });
  return issue;
}

/** To its repository's lists, by its number, which is the next. */
export function addIssue(world: World, issue: E.Issue): void {
  world.journal.push(issue.repository, "numbered", issue);
  world.journal.push(issue.repository, "issues", issue);
  world.register("Issue", issue.id, issue);
}

export function editIssue(world: World, { actor, issue, title, body }: Of & { readonly title?: string; readonly body?: string | null }): void {
  const from = issue.title;
  const changes = edit<E.Issue>(world, issue, { ...(title !== undefined && { title }), ...(body !== undefined && { body }) });
  if (isEmpty(changes)) return;
  if (title !== undefined && title !== from) record(world, { on: issue, type: "renamed", actor, subject: { is: "rename", from, to: title } });
  if (body !== undefined) recordReferences(world, { on: issue, actor, text: body });
  touch(world, issue);
  world.emit({ at: world.now(), actor, event: "issues", action: "edited", repository: issue.repository, issue, changes });
}

/** `by`: the commit or the pull request that closed it. */
export function closeIssue(world: World, { actor, issue, reason = "completed", by }: Of & { readonly reason?: "completed" | "not_planned" | "duplicate"; readonly by?: E.Commit | E.PullRequest }): void {
  if (issue.state === "closed") return;
  setState(world, issue, "closed");
  world.journal.assign<E.Issue>(issue, { stateReason: reason, closedAt: world.now(), closedBy: actor });
  if (reason === "duplicate") record(world, { on: issue, type: "marked_as_duplicate", actor });
  const closer = by === undefined ? {} : { subject: "sha" in by ? { is: "commit" as const, sha: by.sha } : { is: "source" as const, source: by } };
  record(world, { on: issue, type: "closed", actor, ...closer });
  touch(world, issue);
  world.emit({ at: world.now(), actor, event: "issues", action: "closed", repository: issue.repository, issue });
}

export function reopenIssue(world: World, { actor, issue }: Of): void {
  if (issue.state === "open") return;
  setState(world, issue, "open");
  world.journal.assign<E.Issue>(issue, { stateReason: "reopened", closedAt: null, closedBy: null });
  record(world, { on: issue, type: "reopened", actor });
  touch(world, issue);
  world.emit({ at: world.now(), actor, event: "issues", action: "reopened", repository: issue.repository, issue });
}

/** REST answers 410 from now on. */
export function deleteIssue(world: World, { actor, issue }: Of): void {
  const { repository } = issue;
  takeOut(world, issue);
  world.journal.put(repository.goneNumbers, issue.number, world.now());
  world.emit({ at: world.now(), actor, event: "issues", action: "deleted", repository, issue });
}

/** From its repository and from everything that refers to it. The record itself stays whole for whoever tells of it. */
export function takeOut(world: World, issue: E.Issue): void {
  const { journal } = world;
  const { repository } = issue;
  journal.set(repository, "numbered", repository.numbered.with(issue.number - 1, undefined));
  journal.remove(repository, "issues", issue);
  journal.set(repository, "issueComments", repository.issueComments.filter(({ on }) => on !== issue));
  journal.set(repository, "issueEvents", repository.issueEvents.filter(({ on }) => on !== issue));
  world.forget("Issue", issue.id);
  for (const { id } of issue.comments) world.forget("IssueComment", id);
  for (const { id } of issue.timeline) world.forget("TimelineEvent", id);
  countInMilestone(world, issue.milestone, issue, -1);
  if (issue.parentIssue !== null) journal.remove(issue.parentIssue, "subIssues", issue);
  for (const child of issue.subIssues) journal.set(child, "parentIssue", null);
  takeFromProjects(world, (content) => content === issue);
}

export function pinIssue(world: World, { actor, issue }: Of): void {
  world.journal.set(issue, "pinned", true);
  record(world, { on: issue, type: "pinned", actor });
  world.emit({ at: world.now(), actor, event: "issues", action: "pinned", repository: issue.repository, issue });
}

export function unpinIssue(world: World, { actor, issue }: Of): void {
  world.journal.set(issue, "pinned", false);
  record(world, { on: issue, type: "unpinned", actor });
  world.emit({ at: world.now(), actor, event: "issues", action: "unpinned", repository: issue.repository, issue });
}

/** Null: no type. */
export function setIssueType(world: World, { actor, issue, issueType }: Of & { readonly issueType: E.IssueType | null }): void {
  if (issue.issueType === issueType) return;
  world.journal.set(issue, "issueType", issueType);
  touch(world, issue);
  world.emit({ at: world.now(), actor, event: "issues", action: issueType === null ? "untyped" : "typed", repository: issue.repository, issue });
}

/** Told once for each end. */
export function addSubIssue(world: World, { actor, parent, child }: { readonly actor: E.User; readonly parent: E.Issue; readonly child: E.Issue }): void {
  if (child.parentIssue !== null) removeSubIssue(world, { actor, child });
  world.journal.set(child, "parentIssue", parent);
  world.journal.push(parent, "subIssues", child);
  record(world, { on: parent, type: "sub_issue_added", actor, subject: { is: "source", source: child } });
  record(world, { on: child, type: "parent_issue_added", actor, subject: { is: "source", source: parent } });
  touch(world, parent, child);
  world.emit({ at: world.now(), actor, event: "sub_issues", action: "sub_issue_added", repository: parent.repository, parent, child });
  world.emit({ at: world.now(), actor, event: "sub_issues", action: "parent_issue_added", repository: child.repository, parent, child });
}

export function removeSubIssue(world: World, { actor, child }: { readonly actor: E.User; readonly child: E.Issue }): void {
  const parent = child.parentIssue;
  if (parent === null) return;
  world.journal.set(child, "parentIssue", null);
  world.journal.remove(parent, "subIssues", child);
  touch(world, parent, child);
  world.emit({ at: world.now(), actor, event: "sub_issues", action: "sub_issue_removed", repository: parent.repository, parent, child });
  world.emit({ at: world.now(), actor, event: "sub_issues", action: "parent_issue_removed", repository: child.repository, parent, child });
}
