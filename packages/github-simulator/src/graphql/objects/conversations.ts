/** What issues and pull requests have in common, and how lists of them are filtered and ordered. */
import type * as E from "../../world/entities.ts";
import { connection, emptyConnection, type Listing, type OrderArg, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { globalId } from "../global-ids.ts";
import { account, constants, escapeHtml, type Fields } from "../resolver.ts";
import { conversationPath } from "../urls.ts";
import { comment, labels, lockable, reactable, users, viewerMay } from "./parts.ts";
import { itemsWith, type ProjectArgs, projectListing, projectsOf } from "./project.ts";
import { timelineItems } from "./timeline.ts";

export type Conversation = E.Issue | E.PullRequest;

type CommentArgs = PageArgs & { readonly orderBy?: OrderArg | null };

export function conversation<S extends Conversation>(permission: "issues" | "pull_requests"): Fields<S> {
  const may = (source: S, context: Context): boolean => viewerMay(context, source.repository, "triage", permission);
  return {
    ...comment<S>(({ repository }) => repository, permission),
    ...lockable<S>(),
    ...reactable<S>(),
    id: (source, _, context) => globalId(context, source.type === "issue" ? "Issue" : "PullRequest", source.repository.id, source.id, source.createdAt),
    databaseId: ({ id }) => id,
    fullDatabaseId: ({ id }) => String(id),
    number: ({ number }) => number,
    title: ({ title }) => title,
    titleHTML: ({ title }) => escapeHtml(title),
    resourcePath: (source) => conversationPath(source),
    url: (source, _, { urls }) => urls.url(conversationPath(source)),
    milestone: ({ milestone }) => milestone,
    labels: (source, args, context, info) => labels(source, args, context, info),
    assignees: ({ assignees }, args, context, info) => users(assignees, args, context, info),
    participants: (source, args, context, info) => users(participants(source), args, context, info),
    comments: ({ comments }, args: CommentArgs, context, info) => {
      const { orderBy } = args;
      const byUpdate = orderBy?.field === "UPDATED_AT" ? { key: ({ updatedAt }: E.IssueComment) => updatedAt, descending: orderBy.direction === "DESC" } : {};
      return connection({ items: comments, id: ({ id }) => id, ...byUpdate }, args, context, info);
    },
    timelineItems,
    projectItems: (source, args: PageArgs & { readonly includeArchived?: boolean | null }, context, info) => {
      const filter = ({ project, archivedAt }: E.ProjectItem): boolean => (args.includeArchived !== false || archivedAt === null) && projectsOf(context, project.organization).includes(project);
      return connection({ items: itemsWith(context, source), filter, id: ({ id }) => id }, args, context, info);
    },
    projectsV2: (source, args: ProjectArgs, context, info) => {
      const projects = new Set(itemsWith(context, source).map(({ project }) => project));
      return connection(projectListing([...projects].filter((project) => projectsOf(context, project.organization).includes(project)), args), args, context, info);
    },
    projectCards: emptyConnection,
    ...constants(null, "isReadByViewer", "viewerSubscription", "viewerThreadSubscriptionFormAction", "viewerThreadSubscriptionStatus", "projectV2"),
    viewerCanClose: (source, _, context) => source.author === context.viewer.user || may(source, context),
    viewerCanReopen: (source, _, context) => source.author === context.viewer.user || may(source, context),
    viewerCanLabel: (source, _, context) => may(source, context),
    viewerCanSubscribe: (_source, _, { viewer }) => viewer.is === "user",
    hovercard: () => ({ contexts: [] }),
  };
}

/** In the order in which they joined: author, assignees, commenters, reviewers. */
export function participants(source: Conversation): readonly E.User[] {
  const all = new Set<E.User>([source.author, ...source.assignees]);
  for (const { author } of source.comments) all.add(author);
  if (source.type === "pull-request") {
    for (const { author } of source.reviews) all.add(author);
    for (const { comments } of source.threads) for (const { author } of comments) all.add(author);
  }
  return [...all];
}

export type IssueArgs = PageArgs & {
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly orderBy?: OrderArg | null;
  readonly baseRefName?: string | null;
  readonly headRefName?: string | null;
  readonly filterBy?: IssueFilters | null;
};
type IssueFilters = {
  readonly assignee?: string | null;
  readonly createdBy?: string | null;
  readonly labels?: readonly string[] | null;
  readonly mentioned?: string | null;
  readonly milestone?: string | null;
  readonly milestoneNumber?: string | null;
  readonly since?: string | null;
  readonly states?: readonly string[] | null;
};

export function stateOf(source: Conversation): "OPEN" | "CLOSED" | "MERGED" {
  if (source.state === "open") return "OPEN";
  return source.type === "pull-request" && source.mergedAt !== null ? "MERGED" : "CLOSED";
}

/** A list of issues or of pull requests as the arguments of GitHub's connections want it. */
export function conversationListing<S extends Conversation>(items: readonly S[], args: IssueArgs): Listing<S> {
  const { orderBy } = args;
  const tests = [...testsOf<S>(args), ...(args.filterBy === undefined || args.filterBy === null ? [] : filterTests<S>(args.filterBy))];
  const filter = tests.length === 0 ? undefined : (item: S): boolean => tests.every((test) => test(item));
  const key = orderBy === undefined || orderBy === null ? undefined : KEYS[orderBy.field];
  return { items, filter, id: ({ id }) => id, key: key ?? KEYS["CREATED_AT"], descending: orderBy?.direction === "DESC" };
}

const KEYS: Readonly<Record<string, (source: Conversation) => number>> = {
  CREATED_AT: ({ createdAt }) => createdAt,
  UPDATED_AT: ({ updatedAt }) => updatedAt,
  COMMENTS: ({ comments }) => comments.length,
};

type Test<S> = (source: S) => boolean;

function testsOf<S extends Conversation>({ states, labels: names, baseRefName, headRefName }: Pick<IssueArgs, "states" | "labels" | "baseRefName" | "headRefName">): Test<S>[] {
  const tests: Test<S>[] = [];
  if (states !== undefined && states !== null && states.length > 0) tests.push((source) => states.includes(stateOf(source)));
  if (names !== undefined && names !== null && names.length > 0) {
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    tests.push((source) => source.labels.some(({ name }) => wanted.has(name.toLowerCase())));
  }
  if (baseRefName !== undefined && baseRefName !== null) tests.push((source) => source.type === "pull-request" && source.baseRef === baseRefName);
  if (headRefName !== undefined && headRefName !== null) tests.push((source) => source.type === "pull-request" && source.headRef === headRefName);
  return tests;
}

function filterTests<S extends Conversation>({ assignee, createdBy, labels: names, mentioned, milestone, milestoneNumber, since, states }: IssueFilters): Test<S>[] {
  const tests = testsOf<S>({ states: states ?? null, labels: names ?? null });
  const is = (login: string) => (user: E.User): boolean => account(user)?.login.toLowerCase() === login.toLowerCase();
  if (createdBy !== undefined && createdBy !== null) tests.push(({ author }) => is(createdBy)(author));
  if (assignee !== undefined) tests.push(({ assignees }) => (assignee === null ? assignees.length === 0 : assignee === "*" ? assignees.length > 0 : assignees.some(is(assignee))));
  if (mentioned !== undefined && mentioned !== null) tests.push(({ body }) => body?.includes(`@${mentioned}`) === true);
  const number = milestoneNumber ?? milestone;
  if (number !== undefined) tests.push((source) => (number === null ? source.milestone === null : number === "*" ? source.milestone !== null : String(source.milestone?.number) === number || source.milestone?.title === number));
  if (since !== undefined && since !== null) {
    const from = Date.parse(since);
    tests.push(({ updatedAt }) => updatedAt >= from);
  }
  return tests;
}
