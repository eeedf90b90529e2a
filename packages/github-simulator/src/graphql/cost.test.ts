import { expect, test } from "@jest/globals";
import { exampleWorld } from "./example-world.ts";
import { makeGraphql } from "./graphql.ts";

const { world } = exampleWorld(0);
const graphql = makeGraphql(world);
const IN = (selection: string): string => `{ repository(owner: "o", name: "n") { ${selection} } }`;

// The first is the worked example of GitHub's documentation for points, the second and third those for nodes.
test.each<[query: string, cost: number, nodeCount: number]>([
  ["{ viewer { login repositories(first: 100) { edges { node { id issues(first: 50) { edges { node { id labels(first: 60) { edges { node { id name } } } } } } } } } } }", 51, 305_100],
  ["{ viewer { repositories(first: 50) { edges { repository: node { name issues(first: 10) { totalCount edges { node { title bodyHTML } } } } } } } }", 1, 550],
  [
    `{ viewer { repositories(first: 50) { edges { repository: node { name
        pullRequests(first: 20) { edges { pullRequest: node { title comments(first: 10) { edges { comment: node { bodyHTML } } } } } }
        issues(first: 20) { totalCount edges { issue: node { title bodyHTML comments(first: 10) { edges { comment: node { bodyHTML } } } } } } } } }
      followers(first: 10) { edges { follower: node { login } } } } }`, 21, 22_060,
  ],
  ["{ rateLimit { cost } }", 1, 0],
  ["{ viewer { login } }", 1, 0],
  [IN("issues { totalCount } pullRequests { totalCount }"), 1, 0],
  [IN("pullRequests(first: 25) { nodes { reviews(first: 20) { nodes { id } } comments(first: 20) { nodes { id } } commits(first: 20) { nodes { id } } labels(first: 20) { nodes { id } } files(first: 20) { nodes { path } } assignees(first: 20) { nodes { id } } } }"), 2, 3025],
  [IN("pullRequests(first: 25) { nodes { reviews(first: 20) { nodes { comments(first: 20) { nodes { id } } } } a: comments(first: 1) { nodes { id } } b: commits(first: 1) { nodes { id } } c: labels(first: 1) { nodes { id } } d: files(first: 1) { nodes { path } } e: assignees(first: 1) { nodes { id } } } }"), 7, 10_650],
  // One connection asked for in two places of one selection is one; under two names it is two.
  [IN("issues(first: 100) { nodes { id } issues: nodes { comments(first: 1) { nodes { id } } } }"), 1, 200],
  [`${IN("issues(first: 100) { nodes { ...F comments(first: 2) { totalCount } } }")} fragment F on Issue { comments(first: 2) { nodes { id } } }`, 1, 300],
  [IN("issues(first: 100) { nodes { a: comments(first: 2) { nodes { id } } b: comments(first: 2) { nodes { id } } } }"), 2, 500],
  ["{ nodes(ids: [\"a\", \"b\", \"c\"]) { ... on PullRequest { reviews(first: 100) { nodes { id } } } } }", 1, 300],
  [IN("issues(last: 100) @skip(if: true) { nodes { comments(first: 100) { nodes { id } } } }"), 1, 0],
])("%s", (query, cost, nodeCount) => {
  expect(graphql.cost({ query })).toEqual({ cost, nodeCount, kind: "query" });
});

test("sizes from variables, and their defaults, count", () => {
  const query = "query($n: Int = 10) { viewer { repositories(first: $n) { nodes { issues(first: $n) { nodes { id } } } } } }";
  expect(graphql.cost({ query })?.nodeCount).toBe(110);
  expect(graphql.cost({ query, variables: { n: 100 } })).toEqual({ cost: 1, nodeCount: 10_100, kind: "query" });
});

test("rateLimit tells the price and what is left; a dry run has no other data and is free", () => {
  const { owner } = exampleWorld(0);
  const charged: number[] = [];
  const charge = (cost: number) => {
    charged.push(cost);
    return { limit: 5000, remaining: 4990, used: 10, resetAt: Date.UTC(2024, 0, 2, 10) };
  };
  const query = "query($dry: Boolean) { viewer { repositories(first: 100) { nodes { issues(first: 100) { nodes { id comments(first: 10) { totalCount } } } } } } rateLimit(dryRun: $dry) { cost limit nodeCount remaining resetAt used } }";
  const rateLimit = { cost: 101, limit: 5000, nodeCount: 110_100, remaining: 4990, resetAt: "2024-01-02T10:00:00Z", used: 10 };
  expect(graphql.execute({ query }, owner, { charge }).body.data).toEqual({ viewer: { repositories: { nodes: [] } }, rateLimit });
  expect(graphql.execute({ query, variables: { dry: true } }, owner, { charge })).toMatchObject({ body: { data: { rateLimit } }, dryRun: true, cost: 0 });
  expect(charged).toEqual([101, 0]);
});
