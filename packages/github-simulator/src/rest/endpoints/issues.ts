/** Issues (and pull requests as issues), their comments, events and timeline. */
import type * as E from "../../world/entities.ts";
import { toUser } from "../../shapes/account.ts";
import { toIssueComment } from "../../shapes/issue-comment.ts";
import { toIssue } from "../../shapes/issue.ts";
import { toLabel } from "../../shapes/label.ts";
import { toReaction } from "../../shapes/reaction.ts";
import { toCommentedEvent, toCommittedEvent, toEventOfIssue, toIssueEvent, toReviewedEvent, toTimelineEvent } from "../../shapes/timeline.ts";
import { ApiError, notFound } from "../../server/api-error.ts";
import { canSee } from "../../world/viewer.ts";
import { NO_CONTENT, ok, type Answer, type Call, type Endpoint } from "../call.ts";
import { directionIn, found, Moved, numberIn, onRepository, plain, queryOf, reads, timeIn } from "../define.ts";
import { derived, sortBy } from "../derived.ts";
import { filterIssues, type Conversation } from "../issue-filters.ts";
import { cursorPage, page, reversed, type Order } from "../paging.ts";
import { me, visible } from "./users.ts";

const ISSUES = reads("issues");
/** GitHub counts no further than this many pages of a repository's events. */
const MOST_PAGES = 400;

export const ISSUE_ENDPOINTS: readonly Endpoint[] = [
  onRepository("/issues", "issues/issues#list-repository-issues", ISSUES, (call, repository) => issues(call, repository, conversationsOf(call, repository), "repository")),
  onRepository("/issues/:number", "issues/issues#get-an-issue", ISSUES, (call, repository) => {
    const issue = conversation(call, repository);
    return ok({ ...toIssue(call.s, issue), closed_by: issue.closedBy === null ? null : toUser(call.s, issue.closedBy) }, issue.updatedAt);
  }),
  onRepository("/issues/:number/comments", "issues/comments#list-issue-comments", ISSUES, (call, repository) => {
    const since = timeIn(call, "since");
    const { comments } = conversation(call, repository);
    return page(call, since === null ? comments : comments.filter(({ updatedAt }) => updatedAt >= since), (comment) => toIssueComment(call.s, comment));
  }),
  onRepository("/issues/:number/events", "issues/events#list-issue-events", ISSUES, (call, repository) => page(call, conversation(call, repository).timeline.filter(isIssueEvent), (event) => toEventOfIssue(call.s, event))),
  onRepository("/issues/:number/timeline", "issues/timeline#list-timeline-events-for-an-issue", ISSUES, (call, repository) => page(call, timelineOf(conversation(call, repository)), (entry) => entry.shape(call))),
  onRepository("/issues/:number/labels", "issues/labels#list-labels-for-an-issue", ISSUES, (call, repository) => page(call, conversation(call, repository).labels, (label) => toLabel(call.s, label))),
  onRepository("/issues/:number/reactions", "reactions/reactions#list-reactions-for-an-issue", ISSUES, (call, repository) => reactions(call, repository, conversation(call, repository).reactions)),
  onRepository("/issues/:number/sub_issues", "issues/sub-issues#list-sub-issues", ISSUES, (call, repository) => {
    const issue = conversation(call, repository);
    return page(call, issue.type === "issue" ? issue.subIssues : [], (child) => toIssue(call.s, child));
  }),
  onRepository("/issues/:number/parent", "issues/sub-issues#get-parent-issue", ISSUES, (call, repository) => {
    const issue = conversation(call, repository);
    return ok(toIssue(call.s, found(issue.type === "issue" ? issue.parentIssue : null)));
  }),
  onRepository("/issues/:number/dependencies/blocked_by", "issues/issue-dependencies#list-dependencies-an-issue-is-blocked-by", ISSUES, (call, repository) => (conversation(call, repository), page(call, [], () => null))),
  onRepository("/issues/:number/dependencies/blocking", "issues/issue-dependencies#list-dependencies-an-issue-is-blocking", ISSUES, (call, repository) => (conversation(call, repository), page(call, [], () => null))),
  onRepository("/issues/comments", "issues/comments#list-issue-comments-for-a-repository", ISSUES, (call, repository) => {
    const since = timeIn(call, "since");
    const sorted = bySort(call, repository, "issue-comments", repository.issueComments);
    return page(call, since === null ? sorted : filtered(sorted, ({ updatedAt }) => updatedAt >= since), (comment) => toIssueComment(call.s, comment));
  }),
  onRepository("/issues/comments/:id", "issues/comments#get-an-issue-comment", ISSUES, (call, repository) => {
    const comment = commentIn(call, repository);
    return ok(toIssueComment(call.s, comment), comment.updatedAt);
  }),
  onRepository("/issues/comments/:id/reactions", "reactions/reactions#list-reactions-for-an-issue-comment", ISSUES, (call, repository) => reactions(call, repository, commentIn(call, repository).reactions)),
  onRepository("/issues/events", "issues/events#list-issue-events-for-a-repository", ISSUES, (call, repository) => page(call, reversed(derived(call.world, repository, "issue-events", () => repository.issueEvents.filter(isIssueEvent))), (event) => toIssueEvent(call.s, event), { maxPages: MOST_PAGES })),
  onRepository("/issues/events/:id", "issues/events#get-an-issue-event", ISSUES, (call, repository) => {
    const event = found(call.world.find("TimelineEvent", numberIn(call, "id")));
    if (event.on.repository !== repository) throw notFound();
    return ok(toIssueEvent(call.s, event), event.createdAt);
  }),
  onRepository("/assignees", "issues/assignees#list-assignees", ISSUES, (call, repository) => page(call, assignable(repository), (user) => toUser(call.s, user))),
  onRepository("/assignees/:username", "issues/assignees#check-if-a-user-can-be-assigned", ISSUES, (call, repository) => {
    const login = (call.params["username"] ?? "").toLowerCase();
    if (!assignable(repository).some((user) => user.login.toLowerCase() === login)) throw notFound();
    return NO_CONTENT;
  }),
  plain("GET", "/issues", "issues/issues#list-issues-assigned-to-the-authenticated-user", (call) => mine(call, visible(call))),
  plain("GET", "/user/issues", "issues/issues#list-user-account-issues-assigned-to-the-authenticated-user", (call) => mine(call, visible(call))),
  plain("GET", "/orgs/:org/issues", "issues/issues#list-organization-issues-assigned-to-the-authenticated-user", (call) => mine(call, visible(call).filter(({ owner }) => owner.login.toLowerCase() === call.params["org"]?.toLowerCase()))),
];

/** What is only in the timeline is not an issue event. */
function isIssueEvent({ type }: E.TimelineEvent): boolean {
  return type !== "cross-referenced";
}

/** In order of number, which is that of creation but for what was transferred here. */
export function conversationsOf(call: Call, repository: E.Repository): readonly Conversation[] {
  return derived(call.world, repository, "conversations", () => repository.numbered.filter((one): one is Conversation => one !== undefined && one.type !== "discussion"));
}

function issues(call: Call, of: object, all: readonly Conversation[], name: string): Answer {
  const sort = call.query.get("sort");
  const key = (issue: Conversation): number => (sort === "updated" ? issue.updatedAt : sort === "comments" ? issue.comments.length : issue.createdAt);
  const order: Order<Conversation> = { key, id: (issue) => (issue.type === "issue" ? issue.id : issue.issueId), direction: directionIn(call, "desc") };
  const sorted = derived(call.world, of, `issues-${name}-${sort === "updated" || sort === "comments" ? sort : "created"}-${order.direction}`, () => sortBy(all, order));
  const filter = filterIssues(call);
  const wanted = filter === null ? sorted : derived(call.world, of, `issues-${name}?${filterKey(call)}`, () => sorted.filter(filter));
  return cursorPage(call, wanted, order, (issue) => toIssue(call.s, issue), { alsoPages: true });
}

function filterKey(call: Call): string {
  const query = new URLSearchParams(call.query);
  for (const name of ["page", "per_page", "after", "before"]) query.delete(name);
  return query.toString();
}

/** Everything that concerns the one who asks: assigned, created, mentioned. */
function mine(call: Call, repositories: readonly E.Repository[]): Answer {
  const user = me(call);
  const filter = call.query.get("filter") ?? "assigned";
  const all = repositories.flatMap((repository) => conversationsOf(call, repository)).filter((issue) => (filter === "assigned" ? issue.assignees.includes(user) : filter === "created" ? issue.author === user : true));
  return issues(call, {}, all, "mine");
}

/** 301 where it was transferred to a place that the caller sees, 410 where it was deleted. */
export function conversation(call: Call, repository: E.Repository): Conversation {
  const number = numberIn(call, "number");
  const here = repository.numbered[number - 1];
  if (here !== undefined && here.type !== "discussion") return here;
  if (repository.goneNumbers.has(number)) throw new ApiError(410, "This issue was deleted");
  const moved = repository.movedTo.get(number);
  if (moved === undefined || moved.type === "discussion" || !canSee(call.viewer, moved.repository)) throw notFound();
  const behind = call.linkPath.split(`/issues/${number}`)[1] ?? "";
  throw new Moved(`${call.s.base.api}/repositories/${moved.repository.id}/issues/${moved.number}${behind}${queryOf(call)}`, call.incoming.method);
}

function commentIn(call: Call, repository: E.Repository): E.IssueComment {
  const comment = found(call.world.find("IssueComment", numberIn(call, "id")));
  if (comment.on.repository !== repository) throw notFound();
  return comment;
}

export function reactions(call: Call, repository: E.Repository, all: readonly E.Reaction[]): Answer {
  const content = call.query.get("content");
  return page(call, content === null ? all : all.filter((reaction) => reaction.content === content), (reaction) => toReaction(call.s, reaction, repository));
}

type Dated = { readonly id: number; readonly createdAt: E.Millis; readonly updatedAt: E.Millis };

/** `sort=created|updated`, ascending unless told otherwise; without a sort GitHub ignores the direction. */
export function bySort<T extends Dated>(call: Call, repository: E.Repository, name: string, all: readonly T[]): readonly T[] {
  const sort = call.query.get("sort");
  if (sort !== "created" && sort !== "updated") return all;
  const order: Order<T> = { key: (item) => (sort === "updated" ? item.updatedAt : item.createdAt), id: ({ id }) => id, direction: directionIn(call, "desc") };
  return derived(call.world, repository, `${name}-${sort}-${order.direction}`, () => sortBy(all, order));
}

export function filtered<T>(items: readonly T[], wanted: (item: T) => boolean): readonly T[] {
  return items.filter(wanted);
}

type Entry = { readonly at: E.Millis; readonly shape: (call: Call) => unknown };

/** Events, comments, reviews and commits, in the order in which they happened. */
function timelineOf(issue: Conversation): readonly Entry[] {
  const entries: Entry[] = issue.timeline.map((event) => ({ at: event.createdAt, shape: ({ s }) => toTimelineEvent(s, event) }));
  for (const comment of issue.comments) entries.push({ at: comment.createdAt, shape: ({ s }) => toCommentedEvent(s, comment) });
  if (issue.type === "pull-request") {
    for (const commit of issue.commits) entries.push({ at: commit.committedAt, shape: ({ s }) => toCommittedEvent(s, commit, issue) });
    for (const review of issue.reviews) if (review.submittedAt !== null) entries.push({ at: review.submittedAt, shape: ({ s }) => toReviewedEvent(s, review) });
  }
  return entries.toSorted((a, b) => a.at - b.at);
}

export function assignable(repository: E.Repository): readonly E.User[] {
  const { owner } = repository;
  const users = new Set<E.User>(owner.type === "Organization" ? owner.members.map(({ user }) => user) : [owner]);
  for (const { user, permission } of repository.collaborators) if (permission !== "pull") users.add(user);
  return [...users].toSorted((a, b) => (a.login.toLowerCase() < b.login.toLowerCase() ? -1 : 1));
}
