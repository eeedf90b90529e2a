/** Search: true counts, of which a thousand can be read. What the caller does not see is left out without a word. */
import type * as E from "../../world/entities.ts";
import { canSee, mayUse } from "../../world/viewer.ts";
import { conversationTest } from "../../graphql/search-conversations.ts";
import { inRange, parseSearch, type Term } from "../../graphql/search-query.ts";
import { toUser } from "../../shapes/account.ts";
import { toCommit } from "../../shapes/commit.ts";
import { toIssue } from "../../shapes/issue.ts";
import { toLabel } from "../../shapes/label.ts";
import { toListedRepository, toMinimalRepository } from "../../shapes/repository.ts";
import { ApiError, invalid } from "../../server/api-error.ts";
import type { Answer, Call, Endpoint } from "../call.ts";
import { plain } from "../define.ts";
import type { Conversation } from "../issue-filters.ts";
import { page, pageNumber, pageSize } from "../paging.ts";
import { permissions, visible } from "./users.ts";

const MOST_FOUND = 1000;
const LONGEST_QUERY = 256;
const MOST_OPERATORS = 5;

export const SEARCH: readonly Endpoint[] = [
  searching("issues", "search-issues-and-pull-requests", (call) => {
    const keys: Keys<Conversation> = { created: ({ createdAt }) => createdAt, updated: ({ updatedAt }) => updatedAt, comments: ({ comments }) => comments.length, reactions: ({ reactions }) => reactions.length };
    return answer(call, conversationsSeen(call), conversationTest, keys, (issue) => ({ ...toIssue(call.s, issue), score: 1 }));
  }),
  searching("repositories", "search-repositories", (call) => {
    const keys: Keys<E.Repository> = { stars: ({ stars }) => stars.length, forks: ({ forks }) => forks.length, updated: ({ updatedAt }) => updatedAt };
    return answer(call, visible(call), repositoryTest, keys, (repository) => ({ ...toListedRepository(call.s, repository, permissions(call, repository)), score: 1 }));
  }),
  searching("commits", "search-commits", (call) => {
    const keys: Keys<E.Commit> = { "author-date": ({ authoredAt }) => authoredAt, "committer-date": ({ committedAt }) => committedAt };
    return answer(call, visible(call).flatMap(({ commits }) => commits), commitTest, keys, (commit) => ({ ...toCommit(call.s, commit), repository: toMinimalRepository(call.s, commit.repository), score: 1 }));
  }),
  searching("users", "search-users", (call) => {
    const keys: Keys<E.Account> = { joined: ({ createdAt }) => createdAt };
    return answer(call, [...call.world.accountsByLogin.values()].filter(({ type }) => type !== "Bot"), accountTest, keys, (account) => ({ ...toUser(call.s, account), score: 1 }));
  }),
  searching("labels", "search-labels", (call) => {
    const repository = call.world.repositories.get(Number(call.query.get("repository_id")));
    if (repository === undefined || !canSee(call.viewer, repository)) throw invalid({ resource: "Search", field: "repository_id", code: "invalid" });
    return answer(call, repository.labels, ({ value }) => ({ name, description }) => `${name} ${description ?? ""}`.toLowerCase().includes(value), {}, (label) => ({ ...toLabel(call.s, label), score: 1 }));
  }),
];

type Keys<T> = Readonly<Record<string, (item: T) => number>>;

function searching(what: string, doc: string, run: (call: Call) => Answer): Endpoint {
  return plain("GET", `/search/${what}`, `search/search#${doc}`, run, "search");
}

function answer<T>(call: Call, items: readonly T[], testOf: (term: Term) => (item: T) => boolean, keys: Keys<T>, shape: (item: T) => unknown): Answer {
  const text = call.query.get("q") ?? "";
  if (text.trim() === "") throw invalid({ resource: "Search", field: "q", code: "missing" });
  if (text.replaceAll(/\S+:\S+/g, "").length > LONGEST_QUERY) throw new ApiError(422, "Validation Failed", { errors: [{ message: "The search is longer than 256 characters.", resource: "Search", field: "q", code: "invalid" }] });
  if ((text.match(/\b(?:AND|OR|NOT)\b/g) ?? []).length > MOST_OPERATORS) throw new ApiError(422, "Validation Failed", { errors: [{ message: "More than five AND / OR / NOT operators were used.", resource: "Search", field: "q", code: "invalid" }] });
  if ((pageNumber(call) - 1) * pageSize(call) >= MOST_FOUND) throw new ApiError(422, "Only the first 1000 search results are available", { doc: "https://docs.github.com/v3/search/" });
  const { terms, sort, descending } = parseSearch(text);
  const tests = terms.map((term) => {
    const test = testOf(term);
    return term.negated ? (item: T): boolean => !test(item) : test;
  });
  const key = keys[call.query.get("sort") ?? sort];
  const sign = (call.query.has("order") ? call.query.get("order") !== "asc" : descending) ? -1 : 1;
  const found = items.filter((item) => tests.every((test) => test(item)));
  const sorted = key === undefined ? found : found.toSorted((a, b) => (key(a) - key(b)) * sign);
  return page(call, sorted, shape, { maxItems: MOST_FOUND, wrap: (shapes, total_count) => ({ total_count, incomplete_results: false, items: shapes }) });
}

function conversationsSeen(call: Call): readonly Conversation[] {
  return visible(call).flatMap((repository) => {
    const open = repository.visibility === "public";
    return [...(open || mayUse(call.viewer, "issues") ? repository.issues : []), ...(open || mayUse(call.viewer, "pull_requests") ? repository.pullRequests : [])];
  });
}

function repositoryTest({ qualifier, value }: Term): (repository: E.Repository) => boolean {
  switch (qualifier) {
    case "repo":
      return ({ owner, name }) => `${owner.login}/${name}`.toLowerCase() === value;
    case "org":
    case "user":
      return ({ owner }) => owner.login.toLowerCase() === value;
    case "is":
      return ({ visibility }) => visibility === value;
    case "archived":
      return ({ archived }) => String(archived) === value;
    case "fork":
      return ({ parent }) => value === "true" || (value === "only") === (parent !== null);
    case "language":
      return ({ language }) => language?.toLowerCase() === value;
    case "topic":
      return ({ topics }) => topics.includes(value);
    case "stars":
      return ({ stars }) => inRange(value, stars.length);
    case "created":
      return ({ createdAt }) => inRange(value, createdAt);
    case "pushed":
      return ({ pushedAt }) => pushedAt !== null && inRange(value, pushedAt);
    case null:
      return ({ name, description }) => `${name} ${description ?? ""}`.toLowerCase().includes(value);
    default:
      return () => true;
  }
}

function commitTest({ qualifier, value }: Term): (commit: E.Commit) => boolean {
  switch (qualifier) {
    case "repo":
      return ({ repository: { owner, name } }) => `${owner.login}/${name}`.toLowerCase() === value;
    case "org":
    case "user":
      return ({ repository: { owner } }) => owner.login.toLowerCase() === value;
    case "author":
      return ({ author }) => author?.login.toLowerCase() === value;
    case "hash":
      return ({ sha }) => sha.startsWith(value);
    case "author-date":
      return ({ authoredAt }) => inRange(value, authoredAt);
    case "committer-date":
      return ({ committedAt }) => inRange(value, committedAt);
    case null:
      return ({ message }) => message.toLowerCase().includes(value);
    default:
      return () => true;
  }
}

function accountTest({ qualifier, value }: Term): (account: E.Account) => boolean {
  switch (qualifier) {
    case "type":
      return ({ type }) => (value === "org") === (type === "Organization");
    case "created":
      return ({ createdAt }) => inRange(value, createdAt);
    case null:
      return ({ login, name }) => `${login} ${name ?? ""}`.toLowerCase().includes(value);
    default:
      return () => true;
  }
}
