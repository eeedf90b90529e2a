import { describe, expect, test } from "@jest/globals";
import { DATE, scriptedGitHub, type Script, type Scripted } from "../test/scripted-github.ts";
import type { Call } from "./call.ts";
import type { RestAnswer, RestListAnswer } from "./rest.ts";

const call: Call = { purpose: "live", kind: "issue" };
const API = "https://api.github.com";

async function get(script: Script | readonly Scripted[], over: Partial<Call> = {}): Promise<{ readonly answer: RestAnswer | Error } & ReturnType<typeof scriptedGitHub>> {
  const here = scriptedGitHub(script);
  const answer = await here.time.run(here.github.get({ path: "/repos/{owner}/{repo}", parameters: { owner: "octo-org", repo: "hello" } }, { ...call, ...over })).catch((error: unknown) => error as Error);
  return { ...here, answer };
}

async function pages(script: Script | readonly Scripted[], kept?: (url: string) => { etag?: string; next?: string | null } | undefined): Promise<{ readonly answers: RestListAnswer[] } & ReturnType<typeof scriptedGitHub>> {
  const here = scriptedGitHub(script);
  const answers: RestListAnswer[] = [];
  const read = async (): Promise<void> => {
    for await (const page of here.github.list({ path: "/repos/o/r/issues", parameters: { state: "all" }, ...(kept === undefined ? {} : { kept }) }, call)) answers.push(page);
  };
  await here.time.run(read());
  return { ...here, answers };
}

describe("one thing", () => {
  test("is asked for with the token, the version and the node-id format", async () => {
    const { answer, seen, uses } = await get([{ body: { id: 1 }, headers: { etag: 'W/"a"', "last-modified": DATE } }]);
    expect(answer).toEqual({ is: "found", data: { id: 1 }, etag: 'W/"a"', lastModified: DATE, observedAt: "2026-11-22T10:00:00.000Z", cost: 1, moved: null, next: null, hiddenOrganizations: [], scopes: null });
    expect(seen[0]).toMatchObject({ method: "GET", url: `${API}/repos/octo-org/hello`, headers: { authorization: "token t0ken", "x-github-api-version": "2022-11-28", "x-github-next-global-id": "1", "user-agent": expect.stringContaining("octally/") } });
    expect(uses).toEqual([{ at: "2026-11-22T10:00:00.000Z", purpose: "live", resource: "core", kind: "issue", outcome: "ok", points: 1 }]);
  });

  test("not modified is free", async () => {
    const here = scriptedGitHub([{ status: 304 }]);
    const answer = await here.time.run(here.github.get({ path: "/x", validators: { etag: 'W/"a"', lastModified: DATE } }, call));
    expect(answer).toMatchObject({ is: "not-modified", cost: 0 });
    expect(here.seen[0]?.headers).toMatchObject({ "if-none-match": 'W/"a"', "if-modified-since": DATE });
    expect(here.uses).toMatchObject([{ outcome: "not-modified", points: 0 }]);
  });

  test("a move is followed and told; the token stays with its server", async () => {
    const { answer, seen } = await get([{ status: 301, headers: { location: `${API}/repositories/1` } }, { status: 302, headers: { location: "https://codeload.example/x" } }, { body: { id: 1 } }]);
    expect(answer).toMatchObject({ is: "found", cost: 3, moved: { from: `${API}/repos/octo-org/hello`, to: "https://codeload.example/x", permanent: false } });
    expect(seen.map(({ headers }) => headers["authorization"])).toEqual(["token t0ken", "token t0ken", undefined]);
  });

  test.each([[303, "GET", undefined], [307, "POST", { a: 1 }], [308, "POST", { a: 1 }]])("%d after a write goes on as %s", async (status, method, body) => {
    const here = scriptedGitHub([{ status, headers: { location: "/elsewhere" } }, { body: {} }]);
    await here.time.run(here.github.post({ path: "/x", body: { a: 1 } }, call));
    expect(here.seen[1]).toMatchObject({ method, url: `${API}/elsewhere`, body });
  });

  test("a move for good", async () => {
    expect((await get([{ status: 301, headers: { location: "/repositories/1" } }, { status: 404, body: { message: "Not Found" } }])).answer).toMatchObject({ is: "missing", why: "not-found", moved: { permanent: true } });
  });

  test.each<[string, Script]>([
    ["in a circle", ({ url }) => ({ status: 302, headers: { location: url.endsWith("/a") ? "/b" : "/a" } })],
    ["for ever", (_, index) => ({ status: 301, headers: { location: `/${index}` } })],
  ])("redirects %s end", async (_, script) => {
    const { answer, seen } = await get(script);
    expect(answer).toMatchObject({ code: "github-redirects", retryable: false });
    expect(seen.length).toBeLessThanOrEqual(6);
  });

  test("revoked credentials are said, once", async () => {
    const { answer, seen } = await get([{ status: 401, body: { message: "Bad credentials" } }]);
    expect(answer).toMatchObject({ code: "github-unauthorized", retryable: false });
    expect((answer as Error).message).not.toContain("t0ken");
    expect(seen).toHaveLength(1);
  });

  const reset = Object.assign(new TypeError("fetch failed"), { cause: new Error("ECONNRESET") });
  test.each<[string, Scripted]>([
    ["500", { status: 500, text: "" }],
    ["502", { status: 502, text: "<html>" }],
    ["a broken connection", { fails: reset }],
    ["an answer that breaks off", { text: '{"id":' }],
  ])("%s is tried again", async (_, fault) => {
    const { answer, uses } = await get([fault, fault, { body: { id: 1 } }]);
    expect(answer).toMatchObject({ is: "found", data: { id: 1 } });
    expect(uses.map(({ outcome }) => outcome)).toEqual([expect.stringMatching(/^(?:failed|no-answer)$/), expect.stringMatching(/^(?:failed|no-answer)$/), "ok"]);
  });

  test("and after four times it is put off", async () => {
    const { answer, seen, time } = await get(() => ({ status: 503, text: "" }));
    expect(answer).toMatchObject({ code: "github-unavailable", retryable: true, retryAfterSeconds: 120 });
    expect(seen).toHaveLength(4);
    expect(time.nowMs()).toBeLessThan(4000);
  });

  test("never past the deadline", async () => {
    const { answer, seen, time } = await get(() => ({ status: 503, text: "" }), { deadlineMs: 1000 });
    expect(answer).toMatchObject({ code: "github-unavailable" });
    expect(seen).toHaveLength(2);
    expect(time.nowMs()).toBeLessThan(1000);
    expect((await get([{ body: {} }], { deadlineMs: 0 })).answer).toMatchObject({ code: "github-deadline" });
  });

  test("a write that fails is not sent twice, one that was limited is", async () => {
    const failing = scriptedGitHub(() => ({ status: 502, text: "" }));
    await expect(failing.time.run(failing.github.post({ path: "/x", body: {} }, call))).rejects.toMatchObject({ code: "github-unavailable" });
    expect(failing.seen).toHaveLength(1);
    const limited = scriptedGitHub([{ status: 403, body: { message: "You have exceeded a secondary rate limit." }, headers: { "retry-after": "10" } }, { status: 202, body: {} }]);
    expect(await limited.time.run(limited.github.post({ path: "/x" }, call))).toMatchObject({ is: "not-ready" });
    expect(limited.time.nowMs()).toBe(10_000);
  });

  test("a limit is waited for where that is soon, and else put off with the time to come again", async () => {
    const limit = { status: 429, body: { message: "API rate limit exceeded for user ID 1." }, headers: { "x-ratelimit-remaining": "0" } };
    expect((await get([limit, { body: {} }])).answer).toMatchObject({ code: "github-budget", retryAfterSeconds: 600 });
    const patient = await get([limit, { body: {} }], { maxWaitMs: 600_000 });
    expect(patient.answer).toMatchObject({ is: "found" });
    expect(patient.time.nowMs()).toBe(600_000);
    expect(patient.uses).toMatchObject([{ outcome: "limited", points: 0 }, { outcome: "ok" }]);
  });

  test("stops when its caller stops", async () => {
    const stop = new AbortController();
    const { answer, seen } = await get(() => { stop.abort(); return { status: 500, text: "" }; }, { signal: stop.signal });
    expect(answer).toMatchObject({ code: "github-stopped", retryable: true });
    expect(seen).toHaveLength(1);
  });

  test("single sign-on that hides a part of a list is told", async () => {
    expect((await get([{ body: [], headers: { "x-github-sso": "partial-results; organizations=21955855,20582480" } }])).answer).toMatchObject({ hiddenOrganizations: ["21955855", "20582480"] });
  });
});

describe("a list", () => {
  const next = (url: string): Record<string, string> => ({ link: `<${API}/first>; rel="prev", <${url}>; rel="next", <${API}/last>; rel="last"` });

  test("is read to its end, by number or by cursor, a hundred at a time", async () => {
    const { answers, seen } = await pages([{ body: [1, 2], headers: { ...next(`${API}/repos/o/r/issues?page=2`), etag: '"1"' } }, { body: [3], headers: next(`${API}/repositories/1/issues?after=Y3Vyc29y`) }, { body: [4] }]);
    expect(seen.map(({ url }) => url)).toEqual([`${API}/repos/o/r/issues?per_page=100&state=all`, `${API}/repos/o/r/issues?page=2`, `${API}/repositories/1/issues?after=Y3Vyc29y`]);
    expect(answers.map((page) => (page.is === "page" ? [page.items, page.next, page.etag] : []))).toEqual([[[1, 2], `${API}/repos/o/r/issues?page=2`, '"1"'], [[3], `${API}/repositories/1/issues?after=Y3Vyc29y`, null], [[4], null, null]]);
  });

  test("goes on at any next it gave", async () => {
    const here = scriptedGitHub([{ body: [3] }]);
    for await (const page of here.github.list({ path: `${API}/repositories/1/issues?page=7` }, call)) expect(page).toMatchObject({ is: "page", items: [3] });
    expect(here.seen[0]?.url).toBe(`${API}/repositories/1/issues?page=7`);
  });

  test("in an object, with its count", async () => {
    expect((await pages([{ body: { total_count: 2, workflow_runs: [{ id: 1 }] } }])).answers).toMatchObject([{ items: [{ id: 1 }], totalCount: 2, incomplete: false }]);
    expect((await pages([{ body: { total_count: 2, incomplete_results: true, items: [] } }])).answers).toMatchObject([{ items: [], incomplete: true }]);
  });

  test("of nothing", async () => {
    expect((await pages([{ status: 204 }])).answers).toMatchObject([{ is: "page", items: [] }]);
    expect((await pages([{ status: 409, body: { message: "Git Repository is empty." } }])).answers).toMatchObject([{ is: "empty-repository" }]);
  });

  test("that goes on beyond what GitHub shows ends with its word", async () => {
    const cap = { status: 422, body: { message: "In order to keep the API fast for everyone, pagination is limited for this resource." } };
    expect((await pages([{ body: [1], headers: next(`${API}/x?page=401`) }, cap])).answers).toMatchObject([{ is: "page" }, { is: "refused", pageCap: true, url: `${API}/x?page=401` }]);
  });

  test("page by page not modified, also where GitHub does not repeat the link", async () => {
    const kept = new Map([[`${API}/repos/o/r/issues?per_page=100&state=all`, { etag: '"1"', next: `${API}/two` }], [`${API}/two`, { etag: '"2"', next: null }]]);
    const { answers, seen } = await pages([{ status: 304 }, { status: 304 }], (url) => kept.get(url));
    expect(answers).toMatchObject([{ is: "not-modified", cost: 0 }, { is: "not-modified", url: `${API}/two` }]);
    expect(seen.map(({ headers }) => headers["if-none-match"])).toEqual(['"1"', '"2"']);
  });

  test.each<[string, readonly Scripted[]]>([
    ["something else", [{ body: { id: 1 } }]],
    ["two lists", [{ body: { a: [], b: [] } }]],
    ["another server's page", [{ body: [], headers: next("https://evil.example/x") }]],
    ["a list that leads back", [{ body: [1], headers: next(`${API}/two`) }, { body: [2], headers: next(`${API}/three`) }, { body: [3], headers: next(`${API}/two`) }, { body: [2] }]],
  ])("that is %s is refused", async (_, script) => {
    await expect(pages(script)).rejects.toMatchObject({ code: "github-unexpected", retryable: false });
  });
});
