import { expect, test } from "@jest/globals";
import { openIssue } from "../operations/issues.ts";
import { exampleWorld } from "./example-world.ts";
import { makeGraphql } from "./graphql.ts";
import { inRange } from "./search-query.ts";

const { world, owner, shop, people, tick } = exampleWorld(3);
const graphql = makeGraphql(world);

type Found = { readonly issueCount: number; readonly nodes: readonly { readonly title?: string; readonly name?: string; readonly login?: string }[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string } };
function search(query: string, type = "ISSUE", page = "first: 20"): Found {
  const { body } = graphql.execute({ query: `query($q: String!) { search(query: $q, type: ${type}, ${page}) { issueCount nodes { ... on Issue { title } ... on PullRequest { title } ... on Repository { name } ... on User { login } ... on Organization { login } ... on Discussion { title } } pageInfo { hasNextPage endCursor } } }`, variables: { q: query } }, owner);
  expect(body.errors).toBeUndefined();
  return (body.data as { search: Found }).search;
}

test.each<[query: string, titles: readonly string[]]>([
  ["repo:octo-demo/shop is:issue is:open", ["Wrong place", "It is too slow", "It breaks"]],
  ["repo:octo-demo/shop is:issue is:open sort:created-asc", ["It breaks", "It is too slow", "Wrong place"]],
  ["org:octo-demo is:pr is:merged", ["Feature 2"]],
  ["org:octo-demo is:pr is:open sort:created-asc", ["Feature 1", "Feature 3", "Hide"]],
  ["org:octo-demo is:pr is:open -is:private sort:created-asc", ["Feature 1", "Feature 3"]],
  ['label:"bug :lady_beetle:" is:issue state:closed', ["Colours"]],
  ["author:bob is:issue", ["Secret"]],
  ["assignee:bob", ["It breaks"]],
  ["is:issue milestone:first", ["It breaks"]],
  ["slow in:title repo:octo-demo/shop", ["It is too slow"]],
  ["is:issue is:private", ["Secret"]],
  ["is:pr merged:>2024-01-01 repo:octo-demo/shop", ["Feature 2"]],
  ["is:pr merged:<2024-01-01", []],
  ["is:issue created:2024-01-02 no:assignee is:open sort:created-asc", ["It is too slow", "Wrong place", "Secret"]],
  ["is:issue commenter:bob", ["It breaks"]],
  ["repo:octo-demo/none", []],
])("%s", (query, titles) => {
  const found = search(query);
  expect(new Set(found.nodes.map(({ title }) => title))).toEqual(new Set(titles));
  expect(found.issueCount).toBe(titles.length);
});

test("the order is as asked, newest first without", () => {
  const titles = (query: string) => search(query).nodes.map(({ title }) => title);
  expect(titles("org:octo-demo is:pr is:open sort:created-asc")).toEqual(["Feature 1", "Feature 3", "Hide"]);
  expect(titles("org:octo-demo is:pr is:open")).toEqual(["Hide", "Feature 3", "Feature 1"]);
});

test("other types", () => {
  expect(search("org:octo-demo language:typescript", "REPOSITORY").nodes).toEqual([{ name: "shop" }]);
  expect(search("type:org", "USER").nodes).toEqual([{ login: "octo-demo" }]);
  expect(search("how", "DISCUSSION").nodes).toEqual([{ title: "How?" }]);
});

test("at most 1,000 results can be read, the count is true", () => {
  tick();
  for (let number = 0; number < 1005; number++) openIssue(world, { actor: people.bob, repository: shop, title: `Many ${number}`, body: null });
  let read = 0;
  let after = "";
  for (;;) {
    const { nodes, pageInfo, issueCount } = search("Many is:issue", "ISSUE", `first: 100${after}`);
    expect(issueCount).toBe(1005);
    read += nodes.length;
    if (!pageInfo.hasNextPage) break;
    after = `, after: "${pageInfo.endCursor}"`;
  }
  expect(read).toBe(1000);
});

test.each<[range: string, value: number, is: boolean]>([
  ["5", 5, true], [">5", 5, false], [">=5", 5, true], ["3..5", 4, true], ["*..5", 6, false], ["5..*", 6, true],
  ["2024-01-02", Date.UTC(2024, 0, 2, 23, 59), true], ["2024-01-02", Date.UTC(2024, 0, 3), false], [">2024-01-02", Date.UTC(2024, 0, 2, 12), false], ["<=2024-01-02", Date.UTC(2024, 0, 2, 12), true],
  ["2024-01-01..2024-01-02", Date.UTC(2024, 0, 2, 12), true], [">=2024-01-02t12:00:00z", Date.UTC(2024, 0, 2, 11), false], ["nonsense", 5, false],
])("%s takes %d: %s", (range, value, is) => {
  expect(inRange(range, value)).toBe(is);
});
