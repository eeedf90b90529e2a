/** Commits, refs and the little of trees that the world knows. */
import type * as E from "../../world/entities.ts";
import { checkBounds, connection, emptyConnection, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { TypedError } from "../errors.ts";
import { globalId, madeUpId } from "../global-ids.ts";
import { ListIndex } from "../list-index.ts";
import { constants, dateTime, escapeHtml, type Fields, markdownHtml, userOnly } from "../resolver.ts";
import { commitPath, repositoryPath } from "../urls.ts";
import { Tree } from "../views.ts";
import { checkSuites, rollupOf, statusOf } from "./checks.ts";
import { conversationListing, type IssueArgs } from "./conversations.ts";

type GitActor = { readonly name: string; readonly email: string; readonly date: E.Millis; readonly user: E.User | null };

export const gitActor: Fields<GitActor> = {
  name: ({ name }) => name,
  email: ({ email }) => email,
  date: ({ date }) => dateTime(date),
  user: ({ user }) => userOnly(user),
  avatarUrl: ({ user, email }, { size }: { readonly size?: number | null }, { urls }) => (user === null ? `https://avatars.githubusercontent.com/u/e?email=${encodeURIComponent(email)}&s=${size ?? 80}` : urls.avatar(user, size)),
};

function authorOf({ authorName, authorEmail, authoredAt, author }: E.Commit): GitActor {
  return { name: authorName, email: authorEmail, date: authoredAt, user: author };
}

function committerOf({ committerName, committerEmail, committedAt, committer }: E.Commit): GitActor {
  return { name: committerName, email: committerEmail, date: committedAt, user: committer };
}

function headline(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}

function messageBody(message: string): string {
  const end = message.indexOf("\n");
  return end < 0 ? "" : message.slice(end).trim();
}

const commitComments = new ListIndex<E.CommitComment, string>(({ commitSha }) => commitSha);
const deploymentsOf = new ListIndex<E.Deployment, string>(({ sha }) => sha);

export const commit: Fields<E.Commit> = {
  id: ({ sha, repository, committedAt }, _, context) => globalId(context, "Commit", repository.id, sha, committedAt),
  oid: ({ sha }) => sha,
  abbreviatedOid: ({ sha }) => sha.slice(0, 7),
  message: ({ message }) => message,
  messageHeadline: ({ message }) => headline(message),
  messageHeadlineHTML: ({ message }) => escapeHtml(headline(message)),
  messageBody: ({ message }) => messageBody(message),
  messageBodyHTML: ({ message }) => markdownHtml(messageBody(message)),
  author: (source) => authorOf(source),
  committer: (source) => committerOf(source),
  authors: (source, args: PageArgs, context, info) => connection({ items: [authorOf(source)], id: ({ email }) => email }, args, context, info),
  authoredByCommitter: ({ author, committer, authorEmail, committerEmail }) => (author === null ? authorEmail === committerEmail : author === committer),
  authoredDate: ({ authoredAt }) => dateTime(authoredAt),
  committedDate: ({ committedAt }) => dateTime(committedAt),
  committedViaWeb: ({ committerEmail }) => committerEmail === "noreply@github.com",
  pushedDate: () => null,
  additions: ({ additions }) => additions,
  deletions: ({ deletions }) => deletions,
  changedFiles: ({ files }) => files.length,
  changedFilesIfAvailable: ({ files }) => files.length,
  repository: ({ repository }) => repository,
  parents: ({ parents }, args: PageArgs, context, info) => connection({ items: parents.flatMap((sha) => context.world.commits.get(sha) ?? []), id: ({ sha }) => sha }, args, context, info),
  history: (source, args: HistoryArgs, context, info) => history(source, args, context, info),
  associatedPullRequests: (source, args: PageArgs, context, info) => {
    context.mustRead(source.repository, "pull_requests");
    return connection({ items: pullRequestsWith(context, source), id: ({ id }) => id }, args, context, info);
  },
  checkSuites: (source, args, context, info) => checkSuites(source, args, context, info),
  status: (source, _, context) => statusOf(context, source),
  statusCheckRollup: (source, _, context) => rollupOf(context, source),
  comments: ({ repository, sha }, args: PageArgs, context, info) => connection({ items: commitComments.all(repository.commitComments, sha), id: ({ id }) => id }, args, context, info),
  deployments: ({ repository, sha }, args: PageArgs & { readonly environments?: readonly string[] | null }, context, info) => {
    context.mustRead(repository, "deployments");
    const { environments } = args;
    return connection({ items: deploymentsOf.all(repository.deployments, sha), filter: ({ environment }) => environments === undefined || environments === null || environments.includes(environment), id: ({ id }) => id }, args, context, info);
  },
  tree: ({ repository, tree }) => new Tree(repository, tree),
  submodules: emptyConnection,
  ...constants(null, "file", "onBehalfOf", "signature", "viewerSubscription"),
  viewerCanSubscribe: () => false,
  commitResourcePath: ({ repository, sha }) => commitPath(repository, sha),
  commitUrl: ({ repository, sha }, _, { urls }) => urls.url(commitPath(repository, sha)),
  resourcePath: ({ repository, sha }) => commitPath(repository, sha),
  url: ({ repository, sha }, _, { urls }) => urls.url(commitPath(repository, sha)),
  treeResourcePath: ({ repository, sha }) => `${repositoryPath(repository)}/tree/${sha}`,
  treeUrl: ({ repository, sha }, _, { urls }) => urls.url(`${repositoryPath(repository)}/tree/${sha}`),
  tarballUrl: ({ repository, sha }) => `https://codeload.github.com${repositoryPath(repository)}/legacy.tar.gz/${sha}`,
  zipballUrl: ({ repository, sha }) => `https://codeload.github.com${repositoryPath(repository)}/legacy.zip/${sha}`,
};

export const tree: Fields<Tree> = {
  id: ({ repository, oid }) => madeUpId("T", repository.id, oid),
  oid: ({ oid }) => oid,
  abbreviatedOid: ({ oid }) => oid.slice(0, 7),
  repository: ({ repository }) => repository,
  entries: () => null,
  commitResourcePath: ({ repository, oid }) => commitPath(repository, oid),
  commitUrl: ({ repository, oid }, _, { urls }) => urls.url(commitPath(repository, oid)),
};

/** Pull requests that brought the commit, or that were merged by it. */
function pullRequestsWith(context: Context, { repository, sha }: E.Commit): readonly E.PullRequest[] {
  const bySha = context.memo("pull requests by commit", repository, () => {
    const known = new Map<string, Set<E.PullRequest>>();
    const add = (of: string, by: E.PullRequest): void => {
      const others = known.get(of);
      if (others === undefined) known.set(of, new Set([by]));
      else others.add(by);
    };
    for (const pull of repository.pullRequests) {
      for (const { sha: of } of pull.commits) add(of, pull);
      if (pull.mergedAt !== null && pull.mergeCommitSha !== null) add(pull.mergeCommitSha, pull);
    }
    return known;
  });
  return [...(bySha.get(sha) ?? [])];
}

type HistoryArgs = PageArgs & { readonly since?: string | null; readonly until?: string | null; readonly path?: string | null; readonly author?: { readonly id?: string | null; readonly emails?: readonly string[] | null } | null };

/** Newest first. Its cursors are GitHub's: the commit from which the history was read and a position. */
function history(source: E.Commit, args: HistoryArgs, context: Context, info: Parameters<typeof connection>[3]): object {
  checkBounds(args, info);
  context.spend(5);
  const anchor = cursorOf(args.after)?.sha ?? cursorOf(args.before)?.sha ?? source.sha;
  const from = anchor === source.sha ? source : context.world.commits.get(anchor);
  if (from === undefined) throw new TypedError("INVALID_CURSOR_ARGUMENTS", `\`${args.after ?? args.before ?? ""}\` does not appear to be a valid cursor.`);
  let all: readonly E.Commit[] | undefined;
  const commits = (): readonly E.Commit[] => (all ??= matching(context.memo("history", from, () => ancestors(context, from)), args, context));
  const bounds = (): { readonly start: number; readonly end: number } => {
    const start = args.after === undefined || args.after === null ? 0 : (cursorOf(args.after)?.position ?? -1) + 1;
    const end = args.before === undefined || args.before === null ? commits().length : Math.min(commits().length, cursorOf(args.before)?.position ?? 0);
    return args.first === undefined || args.first === null ? { start: Math.max(start, end - (args.last ?? 100)), end } : { start, end: Math.min(end, start + args.first) };
  };
  const cursor = (position: number): string => `${from.sha} ${position}`;
  const page = (): readonly E.Commit[] => {
    const items = commits().slice(bounds().start, bounds().end);
    context.spend(items.length);
    return items;
  };
  return {
    get totalCount(): number {
      return commits().length;
    },
    get nodes(): readonly E.Commit[] {
      return page();
    },
    get edges(): readonly object[] {
      const { start } = bounds();
      return page().map((node, index) => ({ node, cursor: cursor(start + index) }));
    },
    get pageInfo(): object {
      const { start, end } = bounds();
      const empty = end <= start;
      return { startCursor: empty ? null : cursor(start), endCursor: empty ? null : cursor(end - 1), hasNextPage: end < commits().length, hasPreviousPage: start > 0 };
    },
  };
}

function cursorOf(text: string | null | undefined): { readonly sha: string; readonly position: number } | undefined {
  if (text === undefined || text === null) return undefined;
  const [, sha, position] = /^([0-9a-f]{40}) (\d+)$/.exec(text) ?? [];
  if (sha === undefined) throw new TypedError("INVALID_CURSOR_ARGUMENTS", `\`${text}\` does not appear to be a valid cursor.`);
  return { sha, position: Number(position) };
}

function matching(commits: readonly E.Commit[], { since, until, path, author }: HistoryArgs, { world }: Context): readonly E.Commit[] {
  const from = since === undefined || since === null ? -Infinity : Date.parse(since);
  const to = until === undefined || until === null ? Infinity : Date.parse(until);
  const all = from === -Infinity && to === Infinity && (path ?? "") === "" && (author ?? null) === null;
  if (all) return commits;
  const emails = author?.emails ?? null;
  const user = author?.id === undefined || author.id === null ? undefined : [...world.users.values()].find(({ login }) => login === author.id);
  return commits.filter(
    ({ committedAt, files, authorEmail, author: by }) =>
      committedAt >= from && committedAt <= to && ((path ?? "") === "" || files.some((file) => file.path === path || file.path.startsWith(`${path}/`))) &&
      (emails === null || emails.includes(authorEmail)) && (user === undefined || by === user),
  );
}

/** The commit and what came before it: on the default branch its list tells, elsewhere the parents do, until they meet it. */
function ancestors(context: Context, from: E.Commit): readonly E.Commit[] {
  const { commits } = from.repository;
  const own: E.Commit[] = [];
  let at: E.Commit | undefined = from;
  while (at !== undefined) {
    const found = commits.lastIndexOf(at);
    if (found >= 0) return [...own, ...commits.slice(0, found + 1).toReversed()];
    own.push(at);
    const parent: string | undefined = at.parents[0];
    at = parent === undefined ? undefined : context.world.commits.get(parent);
  }
  return own;
}

type Ref = E.Branch | E.Tag;

export function isBranch(ref: Ref): ref is E.Branch {
  return "head" in ref;
}

export function targetOf(ref: Ref): E.Commit {
  return isBranch(ref) ? ref.head : ref.commit;
}

function qualified(ref: Ref): string {
  return `${isBranch(ref) ? "refs/heads/" : "refs/tags/"}${ref.name}`;
}

export const ref: Fields<Ref> = {
  id: (source, _, context) => globalId(context, "Ref", source.repository.id, qualified(source), source.repository.createdAt),
  name: ({ name }) => name,
  prefix: (source) => (isBranch(source) ? "refs/heads/" : "refs/tags/"),
  repository: ({ repository }) => repository,
  target: (source) => targetOf(source),
  associatedPullRequests: (source, args: IssueArgs, context, info) => {
    context.mustRead(source.repository, "pull_requests");
    const items = isBranch(source) ? source.repository.pullRequests.filter(({ headRef, headRepository }) => headRef === source.name && headRepository === source.repository) : [];
    return connection(conversationListing(items, args), args, context, info);
  },
  branchProtectionRule: (source, _, context) => (isBranch(source) && context.viewer.permissions === "all" ? (source.repository.branchProtectionRules.find(({ name }) => name === source.name) ?? null) : null),
  refUpdateRule: () => null,
  compare: () => null,
  rules: emptyConnection,
};
