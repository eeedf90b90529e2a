import { afterEach, expect, jest, test } from "@jest/globals";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Health } from "../core/health.ts";
import { makeFront, type FrontOptions } from "./front.ts";

const health: Health = { state: "ready", opensearch_url: "http://admin:pass@127.0.0.1:9201", components: [], webhooks: [], completeness: [] };
let front: ReturnType<typeof makeFront> | undefined;

/** A front on a port of its own; returns what calls it. */
async function open(options: Partial<FrontOptions> = {}): Promise<(path: string, request?: RequestInit) => Promise<Response>> {
  front = makeFront({ intake: async () => ({ statusCode: 202, body: '{"ok":true}' }), health: () => health, status: async () => ({}), budgets: async () => [], ...options });
  const url = await front.listen({ port: 0, host: "127.0.0.1" });
  return (path, request) => fetch(`${url}${path}`, request);
}

// A buffer has no type of its own that fetch would add.
const post = (body: string | Buffer): RequestInit => ({ method: "POST", body: Buffer.from(body), headers: { "content-type": "application/json" } });

afterEach(async () => front?.close());

test("a webhook reaches the handler byte for byte, and its answer comes back", async () => {
  const events: APIGatewayProxyEventV2[] = [];
  const call = await open({
    intake: async (event) => {
      events.push(event);
      return { statusCode: 202, headers: { "x-answer": "1" }, body: "taken" };
    },
  });
  const answer = await call("/webhooks/github", post('{ "ä": 1 }\n'));
  expect([answer.status, answer.headers.get("x-answer"), await answer.text()]).toEqual([202, "1", "taken"]);
  expect(events).toMatchObject([{ body: '{ "ä": 1 }\n', isBase64Encoded: false, rawPath: "/webhooks/github" }]);
});

test.each([["application/x-www-form-urlencoded"], ["application/octet-stream"], ["garbage"], [""], [undefined]])("a body of type %p is the handler's to judge", async (type) => {
  const call = await open({ intake: async ({ headers }) => ({ statusCode: 202, body: `${headers["content-type"]}` }) });
  const answer = await call("/webhooks/github", { ...post("x=1"), headers: type === undefined ? {} : { "content-type": type } });
  expect([answer.status, await answer.text()]).toEqual([202, `${type}`]);
});

test("what GitHub may send is the intake's to refuse; what is absurd is refused here", async () => {
  const call = await open({ intake: async ({ body }) => ({ statusCode: 413, body: `from the intake: ${body?.length}` }) });
  const large = await call("/webhooks/github", post(Buffer.alloc(26 * 1024 * 1024, "x")));
  expect([large.status, await large.text()]).toEqual([413, `from the intake: ${26 * 1024 * 1024}`]);
  const absurd = await call("/webhooks/github", post(Buffer.alloc(33 * 1024 * 1024, "x")));
  expect([absurd.status, await absurd.text()]).toEqual([413, expect.not.stringContaining("from the intake")]);
});

test("a handler that throws is a 500 that says nothing about why", async () => {
  const log = jest.spyOn(console, "error").mockImplementation(() => undefined);
  const call = await open({ intake: () => Promise.reject(new Error("the secret is 42")) });
  const answer = await call("/webhooks/github", post("{}"));
  log.mockRestore();
  expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining("42")]);
});

test.each([
  ["GET", "/webhooks/github", "POST"],
  ["PUT", "/api/health", "GET, HEAD"],
  ["DELETE", "/", "GET, HEAD"],
  ["POST", "/api/status?x=1", "GET, HEAD"],
])("%s %s is the wrong method, and the right ones are named", async (method, path, allow) => {
  const call = await open();
  const answer = await call(path, { method });
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, allow]);
});

test("an unknown path is a 404 in JSON", async () => {
  const call = await open();
  const answer = await call("/api/nothing");
  expect([answer.status, await answer.json()]).toEqual([404, { error: "not-found", message: expect.stringContaining("/api/nothing") }]);
});

test.each([
  ["ready", 200],
  ["starting", 503],
  ["degraded", 503],
  ["stopping", 503],
] as const)("health of a system that is %s is %i, without the store's password", async (state, status) => {
  const call = await open({ health: () => ({ ...health, state }) });
  const answer = await call("/api/health");
  expect([answer.status, await answer.json()]).toEqual([status, { state, opensearch_url: "http://***@127.0.0.1:9201", components: [], webhooks: [], completeness: [] }]);
});

test("the page loads nothing from elsewhere, and its policy allows nothing else", async () => {
  const call = await open();
  const answer = await call("/");
  expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'sha256-[^ ]+'; style-src 'sha256-[^ ]+';/u);
  expect((await answer.text()).match(/(?:src|href)="(?!data:)[^"]*"/gu)).toBeNull();
});
