import { describe, expect, test } from "@jest/globals";
import { checkDocument } from "../test/check-document.ts";

const RATE = "rateLimit { cost remaining resetAt limit nodeCount }";
const PAGE = "pageInfo { hasNextPage endCursor }";

describe("a document is checked against GitHub's schema", () => {
  test("the documentation's worked example: 5,101 requests, 51 points", () => {
    const example = "query { viewer { login repositories(first: 100) { edges { node { id issues(first: 50) { edges { node { id labels(first: 60) { edges { node { id name } } } } } } } } } } }";
    expect(checkDocument(example, { lenient: true })).toEqual({ problems: [], requests: 5101, cost: 51, nodes: 100 + 5000 + 300_000 });
  });

  const pulls = (inner: string): string => `query ($first: Int!, $after: String) { repository(owner: "o", name: "r") { pullRequests(first: $first, after: $after) { ${PAGE} nodes { id ${inner} } } } ${RATE} }`;
  const flat = (name: string): string => `${name}(first: 20) { ${PAGE} nodes { id } }`;

  test("25 pull requests with six flat connections cost 2 points, with nested ones 7", () => {
    const six = ["reviews", "comments", "commits", "assignees", "labels", "reviewRequests"].map(flat).join(" ");
    expect(checkDocument(pulls(six), { variables: { first: 25 } })).toMatchObject({ problems: [], requests: 151, cost: 2 });
    const nested = `reviews(first: 20) { ${PAGE} nodes { id ${flat("comments")} } }`;
    expect(checkDocument(pulls(`${nested} ${flat("commits")} ${flat("assignees")} ${flat("labels")} ${flat("reviewRequests")} ${flat("comments")}`), { variables: { first: 25 } })).toMatchObject({ requests: 651, cost: 7 });
  });

  test("a page size that is not told counts as 100; a fragment used twice counts once; a count alone is one request", () => {
    expect(checkDocument(pulls("number"))).toMatchObject({ problems: [], requests: 1, nodes: 100 });
    expect(checkDocument(`${pulls("...F ...F")} fragment F on PullRequest { comments { totalCount } }`, { variables: { first: 10 } })).toMatchObject({ problems: [], requests: 11, nodes: 10 });
  });

  test("nodes(ids:) counts for each id", () => {
    const text = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { id ${flat("reviews")} } } ${RATE} }`;
    expect(checkDocument(text, { variables: { ids: ["a", "b", "c"] } })).toMatchObject({ problems: [], requests: 3, nodes: 60 });
  });

  test.each([
    ["a field that GitHub does not have", pulls("nope"), 'Cannot query field "nope" on type "PullRequest".'],
    ["no rateLimit", "query { viewer { login } }", "It does not ask for rateLimit { cost remaining resetAt limit nodeCount }."],
    ["rateLimit in part", "query { viewer { login } rateLimit { cost } }", "It does not ask for rateLimit { cost remaining resetAt limit nodeCount }."],
    ["a list that could be cut", pulls("reviews(first: 20) { nodes { id } }"), "repository.pullRequests.nodes.reviews does not ask for pageInfo { hasNextPage endCursor }: it could be cut without a word."],
    ["a list without its size", pulls(`reviews { ${PAGE} nodes { id } }`), "repository.pullRequests.nodes.reviews has neither first nor last."],
    ["more than a hundred", pulls(`reviews(first: 101) { ${PAGE} nodes { id } }`), "repository.pullRequests.nodes.reviews asks for 101; GitHub takes 1 to 100."],
    ["too many nodes", pulls(`reviews(first: 100) { ${PAGE} nodes { id comments(first: 100) { ${PAGE} nodes { id } } } }`), "It may ask for 1010100 nodes; GitHub refuses more than 500000."],
    ["no GraphQL", "{ viewer {", "Syntax Error: Expected Name, found <EOF>."],
  ])("%s", (_, text, problem) => {
    expect(checkDocument(text).problems).toContain(problem);
  });
});
