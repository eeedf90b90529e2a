import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { classifyGraphql, type GraphqlVerdict } from "./classify-graphql.ts";
import type { Exchange, NoAnswer } from "./exchange.ts";
import { problemsAt } from "./graphql-problem.ts";

const HEADERS = { date: "Sun, 22 Nov 2026 10:00:00 GMT", "content-type": "application/json; charset=utf-8", "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "4990", "x-ratelimit-reset": "1795341600", "x-ratelimit-resource": "graphql" };
const came = (body: unknown, status = 200, headers: Record<string, string> = HEADERS): Exchange => ({ is: "exchange", url: "https://api.github.com/graphql", status, headers, body });
const noAnswer = (reason: NoAnswer["reason"]): NoAnswer => ({ is: "no-answer", reason, message: "no answer", cause: undefined });
const repository = { repository: { name: "hello", issues: { nodes: [{ id: "I_1", author: null }, null] } }, rateLimit: { cost: 1 } };
const SCOPES = "Your token has not been granted the required scopes to execute this query. The 'login' field requires one of the following scopes: ['read:org', 'admin:org'], but your token has only been granted the: ['repo'] scopes. Please modify your token's scopes at: https://github.com/settings/tokens.";
const WRONG = "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `ABCD:1234` when reporting this issue.";

describe("what an answer of the GraphQL API means", () => {
  const rows: readonly (readonly [string, Exchange | NoAnswer, object])[] = [
    ["data", came({ data: repository }), { is: "data", data: repository, problems: [] }],
    [
      "data with something not found",
      came({ data: { repository: null }, errors: [{ type: "NOT_FOUND", path: ["repository"], locations: [{ line: 1, column: 2 }], message: "Could not resolve to a Repository with the name 'octo-org/gone'." }] }),
      { is: "data", problems: [{ type: "NOT_FOUND", path: ["repository"], lost: ["repository"], missing: null }] },
    ],
    ["an error far below a null: everything between is lost too", came({ data: { repository: null }, errors: [{ type: "SOME_ERROR", path: ["repository", "issues", "nodes", 3, "author"], message: "m" }] }), { is: "data", problems: [{ path: ["repository", "issues", "nodes", 3, "author"], lost: ["repository"] }] }],
    ["an error whose place alone is null", came({ data: repository, errors: [{ type: "FORBIDDEN", path: ["repository", "issues", "nodes", 0, "author"], message: "Resource not accessible by integration" }] }), { is: "data", problems: [{ type: "FORBIDDEN", lost: ["repository", "issues", "nodes", 0, "author"], missing: { message: "Resource not accessible by integration" } }] }],
    ["a list's item that is null", came({ data: repository, errors: [{ path: ["repository", "issues", "nodes", 1, "title"], message: "m" }] }), { is: "data", problems: [{ type: "SOME", lost: ["repository", "issues", "nodes", 1] }] }],
    ["an error without a path", came({ data: repository, errors: [{ message: "m" }] }), { is: "data", problems: [{ path: [], lost: [] }] }],
    ["missing scopes, named", came({ data: { viewer: null }, errors: [{ type: "INSUFFICIENT_SCOPES", path: ["viewer"], message: SCOPES }] }), { is: "data", problems: [{ missing: { scopes: ["read:org", "admin:org"], grantedScopes: ["repo"] } }] }],
    ["missing scopes that leave no data", came({ errors: [{ type: "INSUFFICIENT_SCOPES", message: SCOPES }] }), { is: "forbidden", missing: { scopes: ["read:org", "admin:org"] } }],
    ["a limit, with status 200", came({ errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded for user ID 1." }] }), { is: "limited", limit: "primary" }],
    ["a limit in its newer form", came({ errors: [{ type: "RATE_LIMIT", code: "graphql_rate_limit", message: "API rate limit already exceeded for user ID 1." }] }), { is: "limited", limit: "primary" }],
    ["a limit as the code alone", came({ errors: [{ code: "graphql_rate_limit", message: "m" }] }), { is: "limited", limit: "primary" }],
    ["a limit in the midst of data: what came is not whole", came({ data: repository, errors: [{ type: "RATE_LIMITED", message: "m" }] }), { is: "limited" }],
    ["a secondary limit, with status 200", came({ errors: [{ type: "RATE_LIMITED", message: "You have exceeded a secondary rate limit." }] }), { is: "limited", limit: "secondary" }],
    ["a secondary limit, with status 403", came({ message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again." }, 403, { ...HEADERS, "retry-after": "60" }), { is: "limited", limit: "secondary" }],
    ["too many nodes", came({ errors: [{ type: "MAX_NODE_LIMIT_EXCEEDED", message: "This query requests up to 1,000,000 possible nodes which exceeds the maximum limit of 500,000." }] }), { is: "too-heavy", reason: "node-limit" }],
    ["resource limits with partial data", came({ data: { user: null }, errors: [{ type: "RESOURCE_LIMITS_EXCEEDED", path: ["user", "contributionsCollection"], message: "Resource limits for this query exceeded." }] }), { is: "too-heavy", reason: "resource-limit" }],
    ["a timeout, with status 200", came({ data: null, errors: [{ message: WRONG }] }), { is: "too-heavy", reason: "timeout" }],
    ["a timeout beside data", came({ data: repository, errors: [{ path: ["repository", "issues"], message: WRONG }] }), { is: "too-heavy", reason: "timeout" }],
    ["a timeout in other words", came({ message: "We couldn't respond to your request in time. Sorry about that.", errors: [{ message: "We couldn't respond to your request in time. Sorry about that." }] }), { is: "too-heavy", reason: "timeout" }],
    ["502", came("<html>502 Bad Gateway</html>", 502, {}), { is: "too-heavy", reason: "timeout" }],
    ["502 with GitHub's own body", came({ data: null, errors: [{ message: WRONG }] }, 502), { is: "too-heavy", reason: "timeout" }],
    ["504", came({ message: "We couldn't respond to your request in time." }, 504), { is: "too-heavy", reason: "timeout" }],
    ["silence for longer than GitHub works", noAnswer("timeout"), { is: "too-heavy", reason: "timeout" }],
    ["a broken connection", noAnswer("connection"), { is: "failed" }],
    ["an answer that breaks off", noAnswer("malformed"), { is: "failed" }],
    ["500", came("", 500), { is: "failed" }],
    ["503", came("", 503), { is: "failed" }],
    ["a part that was down: the rest is not taken for whole", came({ data: repository, errors: [{ type: "SERVICE_UNAVAILABLE", path: ["repository", "issues"], message: "m" }] }), { is: "failed" }],
    ["401", came({ message: "Bad credentials" }, 401), { is: "unauthorized", message: "Bad credentials" }],
    ["403 without the permission", came({ message: "Resource not accessible by personal access token" }, 403), { is: "forbidden" }],
    ["a document that GitHub's schema does not have", came({ errors: [{ path: ["query", "repository", "nope"], extensions: { code: "undefinedField" }, message: "Field 'nope' doesn't exist on type 'Repository'" }] }), { is: "invalid", message: "Field 'nope' doesn't exist on type 'Repository'" }],
    ["404 of a wrong address", came({ message: "Not Found" }, 404), { is: "invalid" }],
    ["neither data nor errors", came({}), { is: "failed" }],
    ["no object", came("ok"), { is: "failed" }],
  ];
  test.each(rows)("%s", (_, exchange, verdict) => {
    expect(classifyGraphql(exchange)).toMatchObject(verdict);
  });

  test("every answer has one, and data is never without the errors beside it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.dictionary(fc.constantFrom("data", "errors", "message"), fc.jsonValue()), fc.array(fc.record({ type: fc.string(), path: fc.array(fc.oneof(fc.string(), fc.nat())), message: fc.string() })), (status, body, errors) => {
        const verdict: GraphqlVerdict = classifyGraphql(came({ ...body, errors }, status));
        if (verdict.is === "data") expect(verdict.problems).toHaveLength(errors.length);
      }),
    );
  });
});

test("problems are found from above and from below", () => {
  const verdict = classifyGraphql(came({ data: { a: { b: null }, c: { d: 1 } }, errors: [{ path: ["a", "b", "x"], message: "1" }, { path: ["c", "d"], message: "2" }, { message: "everywhere" }] }));
  const problems = verdict.is === "data" ? verdict.problems : [];
  const at = (...path: string[]): string[] => problemsAt(problems, path).map(({ message }) => message);
  expect(at("a")).toEqual(["1", "everywhere"]);
  expect(at("a", "b", "nodes")).toEqual(["1", "everywhere"]);
  expect(at("a", "z")).toEqual(["everywhere"]);
  expect(at("c")).toEqual(["2", "everywhere"]);
});
