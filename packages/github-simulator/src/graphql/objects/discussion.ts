import type * as E from "../../world/entities.ts";
import { connection, type Listing, type OrderArg, type PageArgs } from "../connection.ts";
import { globalId } from "../global-ids.ts";
import { account, constants, dateTime, type Fields, maybeDateTime, maybeEnumName } from "../resolver.ts";
import { conversationPath } from "../urls.ts";
import { comment, labels, lockable, reactable, viewerMay } from "./parts.ts";
import type { Context } from "../context.ts";

const may = (repository: E.Repository, context: Context): boolean => viewerMay(context, repository, "triage", "discussions");

export const discussion: Fields<E.Discussion> = {
  ...comment<E.Discussion>(({ repository }) => repository, "discussions"),
  ...lockable<E.Discussion>(),
  ...reactable<E.Discussion>(),
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "Discussion", repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  number: ({ number }) => number,
  title: ({ title }) => title,
  category: ({ category }) => category,
  stateReason: ({ stateReason }) => maybeEnumName(stateReason),
  isAnswered: ({ answer, category }) => (category.isAnswerable ? answer !== null : null),
  answer: ({ answer }) => answer,
  answerChosenAt: ({ answerChosenAt }) => maybeDateTime(answerChosenAt),
  answerChosenBy: ({ answerChosenBy }) => account(answerChosenBy),
  labels: (source, args, context, info) => labels(source, args, context, info),
  comments: ({ comments }, args: PageArgs, context, info) => connection({ items: comments, id: ({ id }) => id }, args, context, info),
  resourcePath: (source) => conversationPath(source),
  url: (source, _, { urls }) => urls.url(conversationPath(source)),
  upvoteCount: () => 1,
  ...constants(null, "poll", "viewerSubscription"),
  ...constants(false, "viewerHasUpvoted"),
  viewerCanClose: ({ repository }, _, context) => may(repository, context),
  viewerCanReopen: ({ repository }, _, context) => may(repository, context),
  viewerCanLabel: ({ repository }, _, context) => may(repository, context),
  viewerCanSubscribe: (_source, _, { viewer }) => viewer.is === "user",
  viewerCanUpvote: (_source, _, { viewer }) => viewer.is === "user",
};

function commentPath({ id, discussion: of }: E.DiscussionComment): string {
  return `${conversationPath(of)}#discussioncomment-${id}`;
}

export const discussionComment: Fields<E.DiscussionComment> = {
  ...comment<E.DiscussionComment>(({ discussion: of }) => of.repository, "discussions"),
  ...reactable<E.DiscussionComment>(),
  id: ({ id, discussion: of, createdAt }, _, context) => globalId(context, "DiscussionComment", of.repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  discussion: (source) => source.discussion,
  isAnswer: (source) => source.discussion.answer === source,
  replies: ({ replies }, args: PageArgs, context, info) => connection({ items: replies, id: ({ id }) => id }, args, context, info),
  replyTo: ({ replyTo }) => replyTo,
  resourcePath: (source) => commentPath(source),
  url: (source, _, { urls }) => urls.url(commentPath(source)),
  deletedAt: () => null,
  upvoteCount: () => 0,
  viewerHasUpvoted: () => false,
  viewerCanUpvote: (_source, _, { viewer }) => viewer.is === "user",
  viewerCanMarkAsAnswer: (source, _, context) => source.discussion.category.isAnswerable && source.discussion.answer !== source && may(source.discussion.repository, context),
  viewerCanUnmarkAsAnswer: (source, _, context) => source.discussion.answer === source && may(source.discussion.repository, context),
};

export const discussionCategory: Fields<E.DiscussionCategory> = {
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "DiscussionCategory", repository.id, id, createdAt),
  name: ({ name }) => name,
  slug: ({ slug }) => slug,
  emoji: ({ emoji }) => emoji,
  emojiHTML: ({ emoji }) => `<div>${emoji}</div>`,
  description: ({ description }) => description,
  isAnswerable: ({ isAnswerable }) => isAnswerable,
  repository: ({ repository }) => repository,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ createdAt }) => dateTime(createdAt),
};

export type DiscussionArgs = PageArgs & { readonly answered?: boolean | null; readonly categoryId?: string | null; readonly states?: readonly string[] | null; readonly orderBy?: OrderArg | null };

export function discussionListing(items: readonly E.Discussion[], { answered, categoryId, states, orderBy }: DiscussionArgs, categoryOf: (id: string) => unknown): Listing<E.Discussion> {
  const category = categoryId === undefined || categoryId === null ? undefined : categoryOf(categoryId);
  const filter = (of: E.Discussion): boolean =>
    (category === undefined || of.category === category) && (states === undefined || states === null || states.length === 0 || states.includes(of.state.toUpperCase())) &&
    (answered === undefined || answered === null || (of.category.isAnswerable && (of.answer !== null) === answered));
  const key = orderBy?.field === "CREATED_AT" ? ({ createdAt }: E.Discussion) => createdAt : ({ updatedAt }: E.Discussion) => updatedAt;
  return { items, filter, id: ({ id }) => id, key, descending: orderBy?.direction !== "ASC" };
}
