import { expect, test } from "@jest/globals";
import { comment } from "../operations/conversations.ts";
import { push } from "../operations/branches-and-commits.ts";
import { deleteIssue, openIssue } from "../operations/issues.ts";
import { unstar } from "../operations/stars-forks-watchers.ts";
import { exampleWorld } from "./example-world.ts";
import { makeGraphql } from "./graphql.ts";

type Page = { readonly totalCount: number; readonly nodes: readonly { readonly [name: string]: unknown }[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly startCursor: string | null; readonly endCursor: string | null } };

function ask(example = exampleWorld(2)) {
  const graphql = makeGraphql(example.world);
  const page = (field: string, args: string, node: string, inner = AS_IT_IS): Page => {
    const query = `{ repository(owner: "octo-demo", name: "shop") { ${inner(`page: ${field}(${args}) { totalCount nodes { ${node} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`)} } }`;
    const { body } = graphql.execute({ query }, example.owner);
    expect(body.errors).toBeUndefined();
    let found = (body.data as { repository: unknown }).repository as Record<string, unknown>;
    while (!("page" in found)) found = Object.values(found)[0] as Record<string, unknown>;
    return found["page"] as Page;
  };
  return { ...example, page };
}

const AS_IT_IS = (text: string): string => text;
const ON_PULL = (text: string): string => `pullRequest(number: 4) { ${text} }`;
const ON_COMMIT = (text: string): string => `defaultBranchRef { target { ... on Commit { ${text} } } }`;
const LISTS: readonly [field: string, args: string, node: string, inner?: (text: string) => string][] = [
  ["issues", "", "id"], ["issues", "orderBy: {field: UPDATED_AT, direction: DESC}", "id"], ["issues", "orderBy: {field: COMMENTS, direction: ASC}", "id"], ["issues", "states: [OPEN]", "id"], ["issues", 'labels: ["wish"]', "id"],
  ["pullRequests", "", "id"], ["pullRequests", "orderBy: {field: CREATED_AT, direction: DESC}", "id"], ["pullRequests", "states: [MERGED]", "id"],
  ["labels", "", "id"], ["labels", "orderBy: {field: NAME, direction: DESC}", "id"], ["milestones", "", "id"], ["refs", 'refPrefix: "refs/heads/"', "id"], ["refs", 'refPrefix: "refs/tags/"', "id"], ["releases", "", "id"],
  ["discussions", "", "id"], ["discussionCategories", "", "id"], ["stargazers", "orderBy: {field: STARRED_AT, direction: DESC}", "id"], ["watchers", "", "id"], ["forks", "", "id"], ["collaborators", "", "id"],
  ["deployments", "", "id"], ["commitComments", "", "id"], ["vulnerabilityAlerts", "", "id"], ["branchProtectionRules", "", "id"], ["repositoryTopics", "", "id"], ["languages", "", "id"],
  ["comments", "", "id", ON_PULL], ["comments", "orderBy: {field: UPDATED_AT, direction: DESC}", "id", ON_PULL], ["reviews", "", "id", ON_PULL], ["reviewThreads", "", "id", ON_PULL], ["commits", "", "id", ON_PULL], ["files", "", "path", ON_PULL], ["labels", "", "id", ON_PULL],
  ["timelineItems", "", "__typename ... on Node { id }", ON_PULL], ["timelineItems", "itemTypes: [ISSUE_COMMENT, PULL_REQUEST_REVIEW]", "... on Node { id }", ON_PULL], ["participants", "", "id", ON_PULL], ["reviewRequests", "", "id", ON_PULL], ["history", "", "id", ON_COMMIT], ["history", 'since: "2020-01-01T00:00:00Z"', "id", ON_COMMIT],
];

test.each(LISTS.map(([field, args, node, inner = AS_IT_IS]) => [field, args, node, inner] as const))("%s(%s) is read to its totalCount, forwards and backwards", (field, args, node, inner) => {
  const { page } = ask();
  const walk = (bound: "first" | "last", cursor: "after" | "before"): readonly string[] => {
    const read: string[] = [];
    let from: string | null = null;
    for (let pages = 0; pages < 100; pages++) {
      const { nodes, pageInfo, totalCount } = page(field, [args, `${bound}: 2`, ...(from === null ? [] : [`${cursor}: ${JSON.stringify(from)}`])].filter((part) => part !== "").join(", "), node, inner);
      const texts = nodes.map((one) => JSON.stringify(one));
      read.splice(bound === "first" ? read.length : 0, 0, ...texts);
      const more = bound === "first" ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
      if (!more) {
        expect([new Set(read).size, read.length]).toEqual([totalCount, totalCount]);
        return read;
      }
      from = bound === "first" ? pageInfo.endCursor : pageInfo.startCursor;
    }
    throw new Error("It never ends");
  };
  const forwards = walk("first", "after");
  expect(walk("last", "before")).toEqual(forwards);
  expect(forwards.length).toBeGreaterThan(0);
});

test("a cursor holds its place when things are added and taken away before it", () => {
  const { page, world, shop, tick, people: { ada } } = ask();
  const by = "orderBy: {field: CREATED_AT, direction: DESC}";
  const first = page("issues", `first: 2, ${by}`, "title");
  expect(first.nodes.map(({ title }) => title)).toEqual(["Wrong place", "Colours"]);
  tick();
  openIssue(world, { actor: ada, repository: shop, title: "New", body: null });
  const colours = shop.issues.find(({ title }) => title === "Colours");
  if (colours !== undefined) deleteIssue(world, { actor: ada, issue: colours });
  const second = page("issues", `first: 2, ${by}, after: "${first.pageInfo.endCursor}"`, "title");
  expect(second.nodes.map(({ title }) => title)).toEqual(["It is too slow", "It breaks"]);
  expect([second.totalCount, second.pageInfo.hasNextPage, second.pageInfo.hasPreviousPage]).toEqual([4, false, true]);
});

test("a list in its own order goes on behind an item that is gone", () => {
  const { page, world, shop, tick, people: { ada, bob } } = ask();
  const [pull] = shop.pullRequests;
  if (pull === undefined) throw new Error("No pull request");
  const first = page("comments", "first: 2", "body", ON_PULL);
  expect(first.nodes.map(({ body }) => body)).toEqual(["Why?", "Because"]);
  const because = pull.comments[1];
  world.journal.remove(pull, "comments", because as NonNullable<typeof because>);
  tick();
  comment(world, { actor: bob, on: pull, body: "Later" });
  expect(page("comments", `first: 2, after: "${first.pageInfo.endCursor}"`, "body", ON_PULL).nodes.map(({ body }) => body)).toEqual(["Ah", "Later"]);
  unstar(world, { actor: ada, repository: shop });
});

test("a timeline goes on behind an item that is gone", () => {
  const { page, world, shop, tick, people: { bob } } = ask();
  const [issue] = shop.issues;
  if (issue === undefined) throw new Error("No issue");
  const say = (body: string) => {
    tick();
    return comment(world, { actor: bob, on: issue, body });
  };
  const gone = say("Gone");
  say("Behind");
  const onIssue = (text: string): string => `issue(number: 1) { ${text} }`;
  const { totalCount } = page("timelineItems", "first: 1", "__typename", onIssue);
  const first = page("timelineItems", `first: ${totalCount - 1}`, "__typename", onIssue);
  world.journal.remove(issue, "comments", gone);
  expect(page("timelineItems", `first: 50, after: "${first.pageInfo.endCursor}"`, "... on IssueComment { body }", onIssue).nodes).toEqual([{ body: "Behind" }]);
});

test("a history is read from the commit it was begun at, whatever is pushed meanwhile", () => {
  const { page, world, shop, people: { ada } } = ask();
  const first = page("history", "first: 1", "messageHeadline", ON_COMMIT);
  const head = shop.branches.find(({ name }) => name === "main")?.head;
  expect(first.pageInfo.endCursor).toBe(`${head?.sha} 0`);
  push(world, { actor: ada, repository: shop, branch: "main", commits: [{ message: "Newer" }] });
  const second = page("history", `first: 100, after: "${first.pageInfo.endCursor}"`, "messageHeadline", ON_COMMIT);
  expect(second.nodes.map(({ messageHeadline }) => messageHeadline)).toEqual(expect.arrayContaining(["Go on", "Begin"]));
  expect(second.nodes.map(({ messageHeadline }) => messageHeadline)).not.toContain("Newer");
});

test("filters and the order of filtered lists", () => {
  const { page } = ask();
  const titles = (args: string): unknown[] => page("issues", `first: 10, ${args}`, "title").nodes.map(({ title }) => title);
  expect(titles("states: [CLOSED]")).toEqual(["Colours"]);
  expect(titles('filterBy: {assignee: "bob"}')).toEqual(["It breaks"]);
  expect(titles("filterBy: {assignee: null}")).toEqual(["It is too slow", "Colours", "Wrong place"]);
  expect(titles('filterBy: {createdBy: "eve", states: [OPEN]}')).toEqual(["It breaks", "It is too slow", "Wrong place"]);
  expect(titles('filterBy: {milestoneNumber: "1"}')).toEqual(["It breaks"]);
  expect(titles('filterBy: {since: "2999-01-01T00:00:00Z"}')).toEqual([]);
});
