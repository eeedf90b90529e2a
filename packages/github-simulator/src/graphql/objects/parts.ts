/** Fields that many types share: those of GraphQL's interfaces. */
import type * as E from "../../world/entities.ts";
import type { Permission } from "../../world/viewer.ts";
import { connection, type Edge, emptyConnection, type OrderArg, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { globalId } from "../global-ids.ts";
import { isAtLeast, permissionOf } from "../../world/permission.ts";
import { account, constants, dateTime, enumName, type Fields, markdownHtml, maybeDateTime } from "../resolver.ts";
import { ReactionOn, type Reacted } from "../views.ts";

export type Direction = "ASC" | "DESC";

export function viewerMay(context: Context, repository: E.Repository, least: E.RepositoryPermission, permission: Permission): boolean {
  const { user, permissions, is } = context.viewer;
  if (is === "user") return user !== null && isAtLeast(permissionOf(repository, user), least) && (permissions === "all" || permissions[permission] === "write");
  return is === "installation" && permissions !== "all" && permissions[permission] === "write";
}

type Commented = { readonly author: E.User; readonly authorAssociation: E.Association; readonly body: string | null; readonly createdAt: E.Millis; readonly updatedAt: E.Millis };

/** Comment, Deletable, Minimizable, Updatable, UpdatableComment: what of them the type has is taken, see `pick`. */
export function comment<S extends Commented>(repositoryOf: (source: S) => E.Repository, permission: Permission): Fields<S> {
  const mayChange = (source: S, context: Context): boolean => source.author === context.viewer.user || viewerMay(context, repositoryOf(source), "push", permission);
  return {
    author: ({ author }) => account(author),
    authorAssociation: ({ authorAssociation }) => authorAssociation,
    body: ({ body }) => body ?? "",
    bodyHTML: ({ body }) => markdownHtml(body),
    bodyText: ({ body }) => body ?? "",
    createdAt: ({ createdAt }) => dateTime(createdAt),
    publishedAt: ({ createdAt }) => dateTime(createdAt),
    updatedAt: ({ updatedAt }) => dateTime(updatedAt),
    ...constants(false, "createdViaEmail", "includesCreatedEdit", "isMinimized"),
    ...constants(null, "editor", "lastEditedAt", "minimizedReason"),
    userContentEdits: emptyConnection,
    viewerDidAuthor: ({ author }, _, { viewer }) => author === viewer.user,
    viewerCanUpdate: (source, _, context) => mayChange(source, context),
    viewerCanDelete: (source, _, context) => mayChange(source, context),
    viewerCanMinimize: (source, _, context) => viewerMay(context, repositoryOf(source), "push", permission),
    viewerCannotUpdateReasons: (source, _, context) => (mayChange(source, context) ? [] : ["INSUFFICIENT_ACCESS"]),
    repository: (source) => repositoryOf(source),
  };
}

const CONTENTS = { "+1": "THUMBS_UP", "-1": "THUMBS_DOWN", laugh: "LAUGH", hooray: "HOORAY", confused: "CONFUSED", heart: "HEART", rocket: "ROCKET", eyes: "EYES" } as const;
const CONTENT_KEYS = Object.keys(CONTENTS) as readonly E.ReactionContent[];

export type ReactionGroup = { readonly subject: Reacted; readonly content: E.ReactionContent };

export function reactable<S extends Reacted>(): Fields<S> {
  return {
    reactions: (source, args: PageArgs & { content?: string | null; orderBy?: OrderArg | null }, context, info) => {
      const { content, orderBy } = args;
      const filter = content === undefined || content === null ? undefined : (reaction: E.Reaction): boolean => CONTENTS[reaction.content] === content;
      return connection({ items: source.reactions, filter, id: ({ id }) => id, node: (reaction) => new ReactionOn(reaction, source), descending: orderBy?.direction === "DESC" }, args, context, info);
    },
    reactionGroups: (source) => CONTENT_KEYS.map((content): ReactionGroup => ({ subject: source, content })),
    viewerCanReact: (_source, _, { viewer }) => viewer.is === "user",
  };
}

/** Reviews and releases: GitHub lets react to them, this world does not. */
export function neverReacted<S extends object>(): Fields<S> {
  return { reactions: emptyConnection, reactionGroups: () => [], viewerCanReact: (_source, _, { viewer }) => viewer.is === "user" };
}

export const reactionGroup: Fields<ReactionGroup> = {
  content: ({ content }) => CONTENTS[content],
  createdAt: (group) => maybeDateTime(ofGroup(group)[0]?.createdAt ?? null),
  subject: ({ subject }) => subject,
  viewerHasReacted: (group, _, { viewer }) => ofGroup(group).some(({ user }) => user === viewer.user),
  reactors: (group, args: PageArgs, context, info) => connection({ items: ofGroup(group), filter: ({ user }) => !user.deleted, id: ({ id }) => id, node: ({ user }) => user }, args, context, info),
  users: (group, args: PageArgs, context, info) => connection({ items: ofGroup(group), filter: ({ user }) => account(user)?.type === "User", id: ({ id }) => id, node: ({ user }) => user }, args, context, info),
};

function ofGroup({ subject, content }: ReactionGroup): readonly E.Reaction[] {
  return subject.reactions.filter((reaction) => reaction.content === content);
}

export const reactionEdge: Fields<Edge<E.Reaction>> = { reactedAt: ({ item: { createdAt } }) => dateTime(createdAt) };

export const reaction: Fields<ReactionOn> = {
  content: ({ reaction: { content } }) => CONTENTS[content],
  createdAt: ({ reaction: { createdAt } }) => dateTime(createdAt),
  id: ({ reaction: { id, createdAt }, subject }, _, context) => globalId(context, "Reaction", repositoryWith(subject).id, id, createdAt),
  databaseId: ({ reaction: { id } }) => id,
  reactable: ({ subject }) => subject,
  user: ({ reaction: { user } }) => account(user),
};

function repositoryWith(subject: Reacted): E.Repository {
  if ("repository" in subject) return subject.repository;
  if ("on" in subject) return subject.on.repository;
  return "thread" in subject ? subject.thread.pullRequest.repository : subject.discussion.repository;
}

/** Of an issue, a pull request and a discussion. */
export function lockable<S extends { readonly locked: boolean; readonly lockReason: E.LockReason | null; readonly closedAt: E.Millis | null; readonly state: "open" | "closed" }>(): Fields<S> {
  return {
    locked: ({ locked }) => locked,
    activeLockReason: ({ locked, lockReason }) => (locked && lockReason !== null ? enumName(lockReason) : null),
    closed: ({ state }) => state === "closed",
    closedAt: ({ closedAt }) => maybeDateTime(closedAt),
  };
}

type LabelArgs = PageArgs & { orderBy?: OrderArg | null };

export function labels({ labels: items }: { readonly labels: readonly E.Label[] }, args: LabelArgs, context: Context, info: Parameters<typeof connection>[3]): unknown {
  return connection(labelListing(items, args.orderBy), args, context, info);
}

export function labelListing(items: readonly E.Label[], orderBy: OrderArg | null | undefined): Parameters<typeof connection<E.Label>>[0] {
  const key = orderBy?.field === "NAME" ? ({ name }: E.Label) => name.toLowerCase() : ({ createdAt }: E.Label) => createdAt;
  return { items, id: ({ id }) => id, key, descending: orderBy?.direction === "DESC" };
}

export function users(list: readonly E.User[], args: PageArgs, context: Context, info: Parameters<typeof connection>[3]): unknown {
  return connection({ items: list, filter: ({ deleted, type }) => !deleted && type === "User", id: ({ id }) => id }, args, context, info);
}
