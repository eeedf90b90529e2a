/** `search`: GitHub's query language over what the viewer may see. True counts, at most 1,000 results. */
import type * as E from "../world/entities.ts";
import { checkBounds, type PageArgs } from "./connection.ts";
import type { Context } from "./context.ts";
import { TypedError } from "./errors.ts";
import type { Resolve } from "./resolver.ts";
import { everywhere } from "./objects/account.ts";
import { conversationTest } from "./search-conversations.ts";
import { compareBy, inRange, parseSearch, type Search, type Term } from "./search-query.ts";

type SearchType = "ISSUE" | "REPOSITORY" | "USER" | "DISCUSSION";
type SearchArgs = PageArgs & { readonly query: string; readonly type: SearchType };

const MOST = 1000;
const COUNTS = { ISSUE: "issueCount", REPOSITORY: "repositoryCount", USER: "userCount", DISCUSSION: "discussionCount" } as const;

export const search: Resolve<unknown> = (_source, args: SearchArgs, context, info) => {
  checkBounds(args, info);
  context.spend(20);
  const found = results(context, args.type, parseSearch(args.query));
  const readable = Math.min(found.length, MOST);
  const start = args.after === undefined || args.after === null ? 0 : positionOf(args.after);
  const end = args.before === undefined || args.before === null ? readable : Math.min(readable, positionOf(args.before) - 1);
  const forward = args.first !== undefined && args.first !== null;
  const [from, to] = forward ? [start, Math.min(end, start + (args.first ?? 0))] : [Math.max(start, end - (args.last ?? 0)), end];
  const items = found.slice(from, Math.max(from, to));
  context.spend(items.length);
  return {
    ...Object.fromEntries(["codeCount", "wikiCount", ...Object.values(COUNTS)].map((name) => [name, name === COUNTS[args.type] ? found.length : 0])),
    nodes: items,
    edges: items.map((node, index) => ({ node, cursor: cursorOf(from + index + 1), textMatches: null })),
    pageInfo: {
      hasNextPage: from + items.length < readable,
      hasPreviousPage: from > 0,
      startCursor: items.length === 0 ? null : cursorOf(from + 1),
      endCursor: items.length === 0 ? null : cursorOf(from + items.length),
    },
  };
};

/** The number of a result, from 1. */
function cursorOf(position: number): string {
  return Buffer.from(`cursor:${position}`).toString("base64");
}

function positionOf(cursor: string): number {
  const [, position] = /^cursor:(\d+)$/.exec(Buffer.from(cursor, "base64").toString()) ?? [];
  if (position === undefined) throw new TypedError("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(position);
}

function results(context: Context, type: SearchType, query: Search): readonly object[] {
  switch (type) {
    case "ISSUE":
      return conversations(context, query);
    case "REPOSITORY":
      return matches([...context.world.repositories.values()].filter((repository) => context.sees(repository)), query, repositoryTest, repositoryKeys(query.sort));
    case "USER":
      return matches([...new Set(context.world.accountsByLogin.values())].filter(({ type: kind }) => kind !== "Bot"), query, accountTest, ({ createdAt }) => createdAt);
    case "DISCUSSION":
      return matches(everywhere(context, "discussions", ({ discussions }) => discussions), query, discussionTest, query.sort === "created" ? ({ createdAt }) => createdAt : ({ updatedAt }) => updatedAt);
    default:
      return type satisfies never;
  }
}

function matches<T>(items: readonly T[], { terms, descending }: Search, test: (term: Term) => (item: T) => boolean, key: (item: T) => number): readonly T[] {
  const tests = terms.map((term) => {
    const positive = test(term);
    return term.negated ? (item: T): boolean => !positive(item) : positive;
  });
  return items.filter((item) => tests.every((passes) => passes(item))).toSorted(compareBy(key, descending));
}

type Conversation = E.Issue | E.PullRequest;

const CONVERSATION_KEYS: Readonly<Record<string, (item: Conversation) => number>> = {
  created: ({ createdAt }) => createdAt, updated: ({ updatedAt }) => updatedAt, comments: ({ comments }) => comments.length, reactions: ({ reactions }) => reactions.length,
};

function conversations(context: Context, query: Search): readonly Conversation[] {
  const named = query.terms.filter(({ qualifier, negated }) => qualifier === "repo" && !negated).map(({ value }) => context.world.repositoriesByName.get(value));
  const repositories = named.length > 0 ? new Set(named.filter((repository) => repository !== undefined)) : context.world.repositories.values();
  const items: Conversation[] = [];
  const kinds = new Set(query.terms.filter(({ qualifier, negated }) => !negated && (qualifier === "is" || qualifier === "type")).map(({ value }) => value));
  for (const repository of repositories) {
    if (!kinds.has("pr") && !kinds.has("pull-request") && context.mayRead(repository, "issues")) items.push(...repository.issues);
    if (!kinds.has("issue") && context.mayRead(repository, "pull_requests")) items.push(...repository.pullRequests);
  }
  return matches(items, query, conversationTest, CONVERSATION_KEYS[query.sort] ?? (({ createdAt }) => createdAt));
}

function repositoryKeys(sort: string): (repository: E.Repository) => number {
  if (sort === "stars") return ({ stars }) => stars.length;
  if (sort === "forks") return ({ forks }) => forks.length;
  return sort === "updated" ? ({ updatedAt }) => updatedAt : ({ createdAt }) => createdAt;
}

function repositoryTest({ qualifier, value }: Term): (repository: E.Repository) => boolean {
  switch (qualifier) {
    case "repo": return ({ owner, name }) => `${owner.login}/${name}`.toLowerCase() === value;
    case "org": case "user": return ({ owner }) => owner.login.toLowerCase() === value;
    case "is": return ({ visibility }) => visibility === value;
    case "archived": return ({ archived }) => String(archived) === value;
    case "fork": return ({ parent }) => value === "true" || (value === "only" ? parent !== null : parent === null);
    case "language": return ({ language }) => language?.toLowerCase() === value;
    case "topic": return ({ topics }) => topics.includes(value);
    case "stars": return ({ stars }) => inRange(value, stars.length);
    case "forks": return ({ forks }) => inRange(value, forks.length);
    case "created": return ({ createdAt }) => inRange(value, createdAt);
    case "pushed": return ({ pushedAt }) => pushedAt !== null && inRange(value, pushedAt);
    case null: return ({ name, description }) => `${name} ${description ?? ""}`.toLowerCase().includes(value);
    default: return () => true;
  }
}

function accountTest({ qualifier, value }: Term): (account: E.Account) => boolean {
  switch (qualifier) {
    case "type": return ({ type }) => (value === "org" || value === "organization" ? type === "Organization" : type === "User");
    case "user": case "org": return ({ login }) => login.toLowerCase() === value;
    case "created": return ({ createdAt }) => inRange(value, createdAt);
    case "location": return (account) => account.type !== "Organization" && account.location?.toLowerCase().includes(value) === true;
    case null: return ({ login, name, email }) => `${login} ${name ?? ""} ${email ?? ""}`.toLowerCase().includes(value);
    default: return () => true;
  }
}

function discussionTest({ qualifier, value }: Term): (discussion: E.Discussion) => boolean {
  switch (qualifier) {
    case "repo": return ({ repository: { owner, name } }) => `${owner.login}/${name}`.toLowerCase() === value;
    case "org": case "user": return ({ repository: { owner } }) => owner.login.toLowerCase() === value;
    case "author": return ({ author }) => !author.deleted && author.login.toLowerCase() === value;
    case "category": return ({ category: { name, slug } }) => name.toLowerCase() === value || slug === value;
    case "label": return ({ labels }) => labels.some(({ name }) => name.toLowerCase() === value);
    case "is": return ({ state, answer, category, locked }) => (value === "answered" ? answer !== null : value === "unanswered" ? category.isAnswerable && answer === null : value === "locked" ? locked : state === value);
    case "created": return ({ createdAt }) => inRange(value, createdAt);
    case "updated": return ({ updatedAt }) => inRange(value, updatedAt);
    case null: return ({ title, body }) => `${title} ${body}`.toLowerCase().includes(value);
    default: return () => true;
  }
}
