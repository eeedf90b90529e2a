/** `timelineItems`: events, comments, commits and reviews in one order; and the types of the events. */
import type * as E from "../../world/entities.ts";
import { checkBounds, Connection, type Listing, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { globalId, madeUpId } from "../global-ids.ts";
import { account, constants, dateTime, enumName, type Fields, markdownHtml, type Resolve, userOnly } from "../resolver.ts";
import { EVENT_TYPE_NAMES, typeNameOf } from "../type-names.ts";
import { conversationPath } from "../urls.ts";
import { PullRequestCommit } from "../views.ts";

type Item = E.TimelineEvent | E.IssueComment | E.Review | PullRequestCommit;
type TimelineArgs = PageArgs & { readonly itemTypes?: readonly string[] | null; readonly since?: string | null; readonly skip?: number | null };

/** Adds the counts that only this connection has. */
class Timeline extends Connection<Item> {
  get filteredCount(): number {
    return this.totalCount;
  }

  get pageCount(): number {
    return this.page.items.length;
  }

  get updatedAt(): string | null {
    const latest = this.matching.at(-1);
    return latest === undefined ? null : dateTime(timeOf(latest));
  }
}

/** "ClosedEvent" → "CLOSED_EVENT". */
function itemType(typeName: string): string {
  return typeName.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

const ITEM_TYPES = new Map<string, string>([...Object.values(EVENT_TYPE_NAMES), "IssueComment", "PullRequestReview", "PullRequestCommit"].map((name) => [name, itemType(name)]));

export const timelineItems: Resolve<E.Issue | E.PullRequest> = (source, args: TimelineArgs, context, info) => {
  checkBounds(args, info);
  context.spend(5);
  return new Timeline(listing(source, args), args, context);
};

function listing(source: E.Issue | E.PullRequest, { itemTypes, since, skip }: TimelineArgs): Listing<Item> {
  const wanted = itemTypes === undefined || itemTypes === null || itemTypes.length === 0 ? undefined : new Set(itemTypes);
  const from = since === undefined || since === null ? undefined : Date.parse(since);
  const takes = (typeName: string): boolean => wanted === undefined || wanted.has(String(ITEM_TYPES.get(typeName)));
  const items: Item[] = source.timeline.filter(({ type }) => takes(EVENT_TYPE_NAMES[type]));
  if (takes("IssueComment")) items.push(...source.comments);
  if (source.type === "pull-request") {
    if (takes("PullRequestReview")) items.push(...source.reviews.filter(({ state }) => state !== "pending"));
    if (takes("PullRequestCommit")) items.push(...source.commits.map((commit) => new PullRequestCommit(source, commit)));
  }
  const since_ = from === undefined ? items : items.filter((item) => timeOf(item) >= from);
  const sorted = since_.toSorted((a, b) => timeOf(a) - timeOf(b));
  // The time comes first, so that the place of an item that is gone can be told from its cursor.
  const id = (item: Item): string => `${timeOf(item)}:${typeNameOf(item)}:${item instanceof PullRequestCommit ? item.commit.sha : item.id}`;
  return { items: skip === undefined || skip === null ? sorted : sorted.slice(skip), id };
}

function timeOf(item: Item): E.Millis {
  if (item instanceof PullRequestCommit) return item.commit.committedAt;
  return "submittedAt" in item ? (item.submittedAt ?? item.createdAt) : item.createdAt;
}

type Event = E.TimelineEvent;
type Is<K extends E.TimelineSubject["is"]> = Extract<E.TimelineSubject, { readonly is: K }>;

function about<K extends E.TimelineSubject["is"]>(event: Event, is: K): Is<K> | null {
  return event.subject?.is === is ? (event.subject as Is<K>) : null;
}

const common: Fields<Event> = {
  id: (event, _, context) => globalId(context, "TimelineEvent", event.on.repository.id, event.id, event.createdAt),
  databaseId: ({ id }) => id,
  actor: ({ actor }) => account(actor),
  createdAt: ({ createdAt }) => dateTime(createdAt),
};
const on: Resolve<Event> = (event) => event.on;
const path: Resolve<Event> = (event) => `${conversationPath(event.on)}#event-${event.id}`;
const address: Resolve<Event> = (event, _, { urls }) => urls.url(`${conversationPath(event.on)}#event-${event.id}`);
const located: Fields<Event> = { resourcePath: path, url: address };
const ofPullRequest: Fields<Event> = { ...common, ...located, pullRequest: on };

function commitOf(context: Context, sha: string | null | undefined): E.Commit | null {
  return sha === null || sha === undefined ? null : (context.world.commits.get(sha) ?? null);
}

const label: Fields<Event> = {
  ...common,
  labelable: on,
  /** The label as it is now; as it was then, where it is gone. */
  label: (event) => {
    const subject = about(event, "label");
    if (subject === null) return null;
    return event.on.repository.labels.find(({ name }) => name === subject.name) ?? goneLabel(event, subject);
  },
};

function goneLabel({ on: { repository }, id, createdAt }: Event, { name, color }: Is<"label">): E.Label {
  return { id: -id, repository, name, color, description: null, isDefault: false, createdAt, updatedAt: createdAt };
}

const assignment: Fields<Event> = {
  ...common,
  assignable: on,
  assignee: (event) => account(about(event, "user")?.user ?? null),
  user: (event) => userOnly(about(event, "user")?.user ?? null),
};
const milestone: Fields<Event> = { ...common, subject: on, milestoneTitle: (event) => about(event, "milestone")?.title ?? "" };
const request: Fields<Event> = { ...ofPullRequest, requestedReviewer: (event) => about(event, "team")?.team ?? account(about(event, "user")?.user ?? null) };
const link: Fields<Event> = {
  ...common,
  subject: on,
  source: (event) => about(event, "source")?.source ?? event.on,
  isCrossRepository: (event) => about(event, "source")?.source.repository !== event.on.repository,
};
const pinned: Fields<Event> = { ...common, issue: on };
const autoMerge: Fields<Event> = { ...ofPullRequest, enabler: ({ actor }) => userOnly(actor), disabler: ({ actor }) => userOnly(actor), ...constants(null, "reason", "reasonCode") };
const headRef: Fields<Event> = {
  ...ofPullRequest,
  headRefName: ({ on: of }) => (of.type === "pull-request" ? of.headRef : ""),
  headRef: ({ on: of }) => (of.type === "pull-request" ? (of.headRepository?.branches.find(({ name }) => name === of.headRef) ?? null) : null),
};
const family: Fields<Event> = { ...common, parent: related, subIssue: related };

function related(event: Event, _: unknown, context: Context): E.Issue | null {
  const source = seen(event, context);
  return source?.type === "issue" ? source : null;
}

/** The other end, where whoever asks may see it, and it is still there. */
function seen(event: Event, context: Context): E.Issue | E.PullRequest | null {
  const source = about(event, "source")?.source;
  return source !== undefined && context.sees(source.repository) ? source : null;
}

export const timelineEvents: Readonly<Record<string, Fields<Event>>> = {
  ClosedEvent: {
    ...common, ...located, closable: on,
    closer: (event, _, context) => about(event, "source")?.source ?? commitOf(context, about(event, "commit")?.sha),
    stateReason: ({ on: of }) => (of.type === "issue" && of.state === "closed" && of.stateReason !== null ? enumName(of.stateReason) : null),
  },
  ReopenedEvent: { ...common, closable: on, stateReason: ({ on: of }) => (of.type === "issue" ? "REOPENED" : null) },
  MergedEvent: {
    ...ofPullRequest,
    commit: (event, _, context) => commitOf(context, about(event, "commit")?.sha ?? (event.on.type === "pull-request" ? event.on.mergeCommitSha : null)),
    mergeRefName: ({ on: of }) => (of.type === "pull-request" ? of.baseRef : ""),
    mergeRef: ({ on: of }) => (of.type === "pull-request" ? (of.repository.branches.find(({ name }) => name === of.baseRef) ?? null) : null),
  },
  LabeledEvent: label, UnlabeledEvent: label,
  AssignedEvent: assignment, UnassignedEvent: assignment,
  MilestonedEvent: milestone, DemilestonedEvent: milestone,
  RenamedTitleEvent: { ...common, subject: on, previousTitle: (event) => about(event, "rename")?.from ?? "", currentTitle: (event) => about(event, "rename")?.to ?? "" },
  LockedEvent: { ...common, lockable: on, lockReason: (event) => { const reason = about(event, "lock")?.reason ?? null; return reason === null ? null : enumName(reason); } },
  UnlockedEvent: { ...common, lockable: on },
  ReferencedEvent: {
    ...common, subject: on, isDirectReference: () => false,
    commit: (event, _, context) => commitOf(context, about(event, "commit")?.sha),
    commitRepository: (event, _, context) => commitOf(context, about(event, "commit")?.sha)?.repository ?? event.on.repository,
    isCrossRepository: (event, _, context) => (commitOf(context, about(event, "commit")?.sha)?.repository ?? event.on.repository) !== event.on.repository,
  },
  CrossReferencedEvent: { ...link, ...located, target: on, referencedAt: ({ createdAt }) => dateTime(createdAt), willCloseTarget: (event) => closes(about(event, "source")?.source, event.on) },
  MentionedEvent: common,
  SubscribedEvent: { ...common, subscribable: on },
  PinnedEvent: pinned, UnpinnedEvent: pinned,
  TransferredEvent: { ...common, issue: on, fromRepository: (event, _, context) => { const from = about(event, "transfer")?.from; return from !== undefined && context.sees(from) ? from : null; } },
  ReviewRequestedEvent: request, ReviewRequestRemovedEvent: request,
  ReviewDismissedEvent: {
    ...ofPullRequest,
    review: (event) => about(event, "review")?.review ?? null,
    dismissalMessage: (event) => about(event, "review")?.message ?? null,
    dismissalMessageHTML: (event) => markdownHtml(about(event, "review")?.message ?? null),
    previousReviewState: () => "CHANGES_REQUESTED",
    pullRequestCommit: () => null,
  },
  ReadyForReviewEvent: ofPullRequest, ConvertToDraftEvent: ofPullRequest,
  HeadRefForcePushedEvent: {
    ...headRef, ref: (...all) => headRef["headRef"]?.(...all),
    beforeCommit: (event, _, context) => commitOf(context, about(event, "force-push")?.before),
    afterCommit: (event, _, context) => commitOf(context, about(event, "force-push")?.after),
  },
  HeadRefDeletedEvent: headRef, HeadRefRestoredEvent: ofPullRequest,
  BaseRefChangedEvent: { ...ofPullRequest, previousRefName: (event) => about(event, "ref")?.from ?? "", currentRefName: (event) => about(event, "ref")?.to ?? "" },
  AutoMergeEnabledEvent: autoMerge, AutoMergeDisabledEvent: autoMerge,
  ConnectedEvent: link, DisconnectedEvent: link,
  CommentDeletedEvent: { ...common, deletedCommentAuthor: () => null },
  ParentIssueAddedEvent: family, SubIssueAddedEvent: family,
  MarkedAsDuplicateEvent: { ...common, canonical: (event, _, context) => seen(event, context), duplicate: on, isCrossRepository: link["isCrossRepository"] ?? (() => false) },
};

const CLOSING = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)/gi;

/** Issues that a pull request will close, by its words. */
export function closingNumbers({ body }: E.PullRequest): readonly number[] {
  return body === null ? [] : [...body.matchAll(CLOSING)].map(([, number]) => Number(number));
}

export function closes(source: E.Issue | E.PullRequest | undefined, target: E.Issue | E.PullRequest): boolean {
  return source?.type === "pull-request" && target.type === "issue" && source.repository === target.repository && closingNumbers(source).includes(target.number);
}

export const pullRequestCommit: Fields<PullRequestCommit> = {
  id: ({ pullRequest, commit }) => madeUpId("PURC", pullRequest.id, commit.sha),
  commit: ({ commit }) => commit,
  pullRequest: ({ pullRequest }) => pullRequest,
  resourcePath: ({ pullRequest, commit }) => `${conversationPath(pullRequest)}/commits/${commit.sha}`,
  url: ({ pullRequest, commit }, _, { urls }) => urls.url(`${conversationPath(pullRequest)}/commits/${commit.sha}`),
};
