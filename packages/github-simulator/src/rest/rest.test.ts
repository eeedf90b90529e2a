import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { comment } from "../operations/conversations.ts";
import { deleteIssue } from "../operations/issues.ts";
import { createRepository, renameRepository, transferRepository } from "../operations/repository.ts";
import { star } from "../operations/stars-forks-watchers.ts";
import { createUser } from "../operations/accounts.ts";
import { makeTinyWorld, START } from "../server/tiny-world.test-builder.ts";

let tiny: ReturnType<typeof makeTinyWorld>;
beforeEach(() => {
  tiny = makeTinyWorld({ limitsClock: null });
});
afterEach(() => tiny.server.close());

const json = async <T = Record<string, unknown>>(response: Promise<Response>): Promise<T> => (await response).json() as Promise<T>;
const linksOf = (response: Response): Record<string, string> => Object.fromEntries([...(response.headers.get("link") ?? "").matchAll(/<([^>]*)>; rel="(\w+)"/g)].map(([, url, rel]) => [rel, url!]));
const numbers = (items: { number: number }[]) => items.map(({ number }) => number);

describe("lists", () => {
  test("by number: the four links, in GitHub's order and with its addresses", async () => {
    tiny.openIssues(1);
    const [issue] = tiny.open.issues;
    for (let count = 0; count < 7; count += 1) comment(tiny.world, { actor: tiny.ben, on: issue!, body: `Comment ${count}` });
    const at = (page: number) => tiny.get(`/repos/octo/open/issues/1/comments?per_page=3&page=${page}`);
    const url = `https://api.github.com/repositories/${tiny.open.id}/issues/1/comments?per_page=3&page=`;
    expect((await at(1)).headers.get("link")).toBe(`<${url}2>; rel="next", <${url}3>; rel="last"`);
    expect((await at(2)).headers.get("link")).toBe(`<${url}1>; rel="prev", <${url}3>; rel="next", <${url}3>; rel="last", <${url}1>; rel="first"`);
    expect((await at(3)).headers.get("link")).toBe(`<${url}2>; rel="prev", <${url}1>; rel="first"`);
    expect(await json<unknown[]>(at(3))).toHaveLength(1);
    expect(await json(at(4))).toEqual([]);
    // The links lead on.
    expect((await tiny.server.fetch(`${url}3`, { headers: { authorization: `Bearer ${tiny.token}` } })).status).toBe(200);
  });

  test.each([["", 30], ["?per_page=5", 5], ["?per_page=1000", 100], ["?per_page=0", 30], ["?per_page=x", 30]])("per_page%s gives %i", async (query, size) => {
    tiny.openIssues(120);
    expect(await json<unknown[]>(tiny.get(`/repos/octo/open/issues${query}`))).toHaveLength(size);
  });

  test("issues by cursor: what changes meanwhile makes nothing appear twice or not at all", async () => {
    tiny.openIssues(6);
    const first = await tiny.get("/repos/octo/open/issues?per_page=2&sort=updated&direction=asc");
    expect(numbers((await first.clone().json()) as { number: number }[])).toEqual([1, 2]);
    tiny.clock.moveTo(tiny.clock.now() + 1000);
    comment(tiny.world, { actor: tiny.ben, on: tiny.open.issues[0]!, body: "back to the end" });
    const next = await tiny.server.fetch(linksOf(first)["next"]!, { headers: { authorization: `Bearer ${tiny.token}` } });
    expect(numbers((await next.clone().json()) as { number: number }[])).toEqual([3, 4]);
    expect(Object.keys(linksOf(next))).toEqual(["next", "prev"]);
    // By number of page, the same change loses one.
    expect(numbers(await json<{ number: number }[]>(tiny.get("/repos/octo/open/issues?per_page=2&sort=updated&direction=asc&page=2")))).toEqual([4, 5]);
  });

  test.each([
    ["state=all&since=2024-06-03T09:00:04Z", [5, 4]],
    ["sort=created&direction=asc", [1, 2, 3, 4, 5]],
    ["creator=ben&per_page=1", [5]],
    ["creator=ada", []],
    ["assignee=none&direction=asc&per_page=2&page=2", [3, 4]],
    ["milestone=*", []],
    ["state=closed", []],
  ])("issues?%s", async (query, expected) => {
    tiny.openIssues(5);
    expect(numbers(await json<{ number: number }[]>(tiny.get(`/repos/octo/open/issues?${query}`)))).toEqual(expected);
  });

  test("past GitHub's last page", async () => {
    const caps = ["/repos/octo/open/stargazers?page=401", "/repos/octo/open/events?per_page=100&page=4", "/search/issues?q=x&per_page=100&page=11", "/repos/octo/open/issues?per_page=100&page=100", "/repos/octo/open/issues/events?page=401"];
    expect(await Promise.all(caps.map(async (path) => (await tiny.get(path)).status))).toEqual([422, 422, 422, 422, 422]);
    expect(await json(tiny.get("/repos/octo/open/stargazers?page=401"))).toEqual({ message: "In order to keep the API fast for everyone, pagination is limited for this resource.", documentation_url: "https://docs.github.com/v3/#pagination", status: "422" });
    expect((await tiny.get("/repos/octo/open/dependabot/alerts?page=2")).status).toBe(400);
  });

  test("the accept header star+json adds when it was starred", async () => {
    star(tiny.world, { actor: tiny.ben, repository: tiny.open });
    const [plain] = await json<Record<string, unknown>[]>(tiny.get("/repos/octo/open/stargazers"));
    const [dated] = await json<Record<string, unknown>[]>(tiny.get("/repos/octo/open/stargazers", { accept: "application/vnd.github.star+json" }));
    expect([plain!["login"], Object.keys(dated!), dated!["starred_at"]]).toEqual(["ben", ["starred_at", "user"], "2024-06-03T09:00:00Z"]);
  });
});

describe("conditional requests", () => {
  test("If-None-Match and If-Modified-Since, until something changes", async () => {
    tiny.openIssues(1);
    const ask = (headers: Record<string, string> = {}) => tiny.get("/repos/octo/open/issues/1", headers);
    const first = await ask();
    const [etag, modified] = [first.headers.get("etag")!, first.headers.get("last-modified")!];
    expect(etag).toMatch(/^W\/"[0-9a-f]{64}"$/);
    expect([modified, first.headers.get("date")]).toEqual(["Mon, 03 Jun 2024 09:00:01 GMT", "Mon, 03 Jun 2024 09:00:01 GMT"]);
    const same = [{ "if-none-match": etag }, { "if-none-match": etag.slice(2) }, { "if-none-match": `"x", ${etag}` }, { "if-modified-since": modified }];
    for (const headers of same) expect((await ask(headers)).status).toBe(304);
    tiny.clock.moveTo(tiny.clock.now() + 5000);
    comment(tiny.world, { actor: tiny.ben, on: tiny.open.issues[0]!, body: "News" });
    for (const headers of same) expect((await ask(headers)).status).toBe(200);
  });

  test("events tell how often to ask", async () => {
    tiny.openIssues(1);
    tiny.clock.moveTo(tiny.clock.now() + 60_000);
    const answer = await tiny.get("/repos/octo/open/events");
    expect([answer.headers.get("x-poll-interval"), answer.headers.get("etag") !== null, ((await answer.json()) as { type: string }[])[0]?.type]).toEqual(["60", true, "IssuesEvent"]);
  });
});

describe("moves and ends", () => {
  test("a renamed repository: 301 to its number, followed by fetch; 307 where something is written", async () => {
    renameRepository(tiny.world, { actor: tiny.ada, repository: tiny.open, name: "opened" });
    const moved = await tiny.server.fetch("https://api.github.com/repos/octo/open/issues?state=all", { redirect: "manual" });
    const url = `https://api.github.com/repositories/${tiny.open.id}/issues?state=all`;
    expect([moved.status, moved.headers.get("location"), await moved.json()]).toEqual([301, url, { message: "Moved Permanently", url, documentation_url: "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects" }]);
    expect((await json(tiny.get("/repos/octo/open")))["full_name"]).toBe("octo/opened");
    const written = await tiny.server.fetch("https://api.github.com/repos/octo/open/issues", { method: "POST", redirect: "manual", headers: { authorization: `Bearer ${tiny.token}` }, body: "{}" });
    expect(written.status).toBe(307);
  });

  test("a transferred repository, until somebody takes the name", async () => {
    transferRepository(tiny.world, { actor: tiny.ada, repository: tiny.open, owner: tiny.eve });
    expect((await json(tiny.get("/repos/octo/open")))["full_name"]).toBe("eve/open");
    createRepository(tiny.world, { actor: tiny.ada, owner: tiny.organization, name: "open" });
    expect((await json(tiny.get("/repos/octo/open")))["full_name"]).toBe("octo/open");
  });

  test("who does not see a private repository is not told that its name was another", async () => {
    renameRepository(tiny.world, { actor: tiny.ada, repository: tiny.closed, name: "hidden" });
    expect((await tiny.server.fetch("https://api.github.com/repos/octo/closed", { redirect: "manual" })).status).toBe(404);
  });

  test("a deleted issue is 410, one that never was 404, the commits of an empty repository 409", async () => {
    tiny.openIssues(2);
    deleteIssue(tiny.world, { actor: tiny.ada, issue: tiny.open.issues[0]! });
    expect(await json(tiny.get("/repos/octo/open/issues/1"))).toEqual({ message: "This issue was deleted", documentation_url: "https://docs.github.com/rest/issues/issues#get-an-issue", status: "410" });
    expect((await tiny.get("/repos/octo/open/issues/99")).status).toBe(404);
    expect(await json(tiny.get("/repos/octo/open/commits"))).toEqual({ message: "Git Repository is empty.", documentation_url: "https://docs.github.com/rest/commits/commits#list-commits", status: "409" });
  });
});

describe("who sees what", () => {
  test.each([
    ["an outsider", "/repos/octo/closed", 404],
    ["an outsider", "/repos/octo/open", 200],
    ["an outsider", "/repos/octo/open/traffic/views", 403],
    ["an outsider", "/repos/octo/open/hooks", 404],
    ["an outsider", "/orgs/octo/outside_collaborators", 404],
    ["a member", "/repos/octo/closed", 200],
    ["a member", "/repos/octo/closed/traffic/views", 403],
    ["a member", "/orgs/octo/outside_collaborators", 200],
    ["a member", "/orgs/octo/hooks", 404],
    ["nobody", "/repos/octo/open/issues", 200],
    ["nobody", "/user", 401],
    ["nobody", "/repos/octo/open/collaborators", 401],
    ["a liar", "/repos/octo/open", 401],
  ])("%s: %s is %i", async (who, path, status) => {
    const scopes = ["repo", "admin:org", "admin:org_hook", "admin:repo_hook"];
    const token = who === "nobody" ? null : who === "a liar" ? "ghp_wrong" : tiny.server.credentials.classic(who === "a member" ? tiny.ben : tiny.eve, scopes);
    const answer = await tiny.server.fetch(`https://api.github.com${path}`, { headers: token === null ? {} : { authorization: `token ${token}` } });
    expect(answer.status).toBe(status);
  });

  test("a fine-grained token sees what it was granted, and is told what it lacks", async () => {
    const token = tiny.server.credentials.fineGrained(tiny.ada, { metadata: "read", issues: "read" }, [tiny.closed]);
    const ask = (path: string) => tiny.server.fetch(`https://api.github.com${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask("/repos/octo/closed/issues")).status).toBe(200);
    const refused = await ask("/repos/octo/closed/pulls");
    expect([refused.status, refused.headers.get("x-accepted-github-permissions"), refused.headers.get("x-oauth-scopes")]).toEqual([403, "pull_requests=read", null]);
    expect(await refused.json()).toEqual({ message: "Resource not accessible by personal access token", documentation_url: "https://docs.github.com/rest/pulls/pulls#list-pull-requests", status: "403" });
    expect((await ask("/repos/octo/open/pulls")).status).toBe(200);
  });

  test("a classic token without scopes sees what is public, and its headers say so", async () => {
    const token = tiny.server.credentials.classic(tiny.ada, []);
    const ask = (path: string) => tiny.server.fetch(`https://api.github.com${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect([(await ask("/repos/octo/closed")).status, (await ask("/repos/octo/open")).status]).toEqual([404, 200]);
    const answer = await ask("/orgs/octo/memberships/ben");
    expect([answer.status, answer.headers.get("x-oauth-scopes"), answer.headers.get("x-accepted-oauth-scopes")]).toEqual([403, "", "admin:org, read:org, repo, user, write:org"]);
  });

  test("outsiders are shown the public members only", async () => {
    const token = tiny.server.credentials.classic(tiny.eve, ["read:org"]);
    expect(await json(tiny.server.fetch("https://api.github.com/orgs/octo/members", { headers: { authorization: `Bearer ${token}` } }))).toEqual([]);
    expect((await json<{ login: string }[]>(tiny.get("/orgs/octo/members"))).map(({ login }) => login)).toEqual(["ada", "ben"]);
  });
});

describe("versions, addresses, forms", () => {
  test("2022-11-28 without a word, 2026-03-10 if asked for, 400 for any other", async () => {
    const ask = (version?: string) => tiny.get("/rate_limit", version === undefined ? {} : { "x-github-api-version": version });
    expect([(await ask()).headers.get("x-github-api-version-selected"), Object.keys(await json(ask()))]).toEqual(["2022-11-28", ["resources", "rate"]]);
    expect([(await ask("2026-03-10")).headers.get("x-github-api-version-selected"), Object.keys(await json(ask("2026-03-10")))]).toEqual(["2026-03-10", ["resources"]]);
    expect((await ask("2020-01-01")).status).toBe(400);
  });

  test("as github.com, as a server of one's own at its root, and as an Enterprise Server", async () => {
    const urlAt = async (address: string) => (await json(tiny.server.fetch(`${address}/repos/octo/open`)))["url"];
    expect(await urlAt("https://api.github.com")).toBe("https://api.github.com/repos/octo/open");
    expect(await urlAt("http://127.0.0.1:4100")).toBe("http://127.0.0.1:4100/repos/octo/open");
    expect(await urlAt("http://127.0.0.1:4100/api/v3")).toBe("http://127.0.0.1:4100/api/v3/repos/octo/open");
    const graphql = await tiny.server.fetch("http://127.0.0.1:4100/api/graphql", { method: "POST", headers: { authorization: `Bearer ${tiny.token}` }, body: JSON.stringify({ query: "{ viewer { login } }" }) });
    expect(await graphql.json()).toEqual({ data: { viewer: { login: "ada" } } });
  });

  test("the old format of node ids, where it is asked for", async () => {
    const idOf = async (headers: Record<string, string>) => (await json(tiny.get("/repos/octo/open", headers)))["node_id"];
    expect([await idOf({ "x-github-next-global-id": "0" }), await idOf({ "x-github-next-global-id": "1" })]).toEqual([Buffer.from(`010:Repository${tiny.open.id}`).toString("base64"), expect.stringMatching(/^R_/)]);
  });

  test("a broken body is 400, an unknown path 404 in GitHub's words", async () => {
    const broken = await tiny.server.fetch("https://api.github.com/repos/octo/open/issues", { method: "POST", headers: { authorization: `Bearer ${tiny.token}` }, body: "{" });
    expect([broken.status, ((await broken.json()) as { message: string }).message]).toEqual([400, "Problems parsing JSON"]);
    expect(await json(tiny.get("/nowhere"))).toEqual({ message: "Not Found", documentation_url: "https://docs.github.com/rest", status: "404" });
  });

  test("what is written happens in the world", async () => {
    const made = await tiny.send("POST", "/repos/octo/open/issues", { title: "By hand", labels: ["bug", "new one"], assignees: ["ben"] });
    expect([made.status, tiny.open.issues[0]?.title, tiny.open.issues[0]?.labels.map(({ name }) => name), tiny.open.issues[0]?.assignees]).toEqual([201, "By hand", ["bug", "new one"], [tiny.ben]]);
    expect((await tiny.send("PATCH", "/repos/octo/open/issues/1", { state: "closed", state_reason: "not_planned" })).status).toBe(200);
    expect([tiny.open.issues[0]?.state, tiny.open.issues[0]?.stateReason]).toEqual(["closed", "not_planned"]);
    expect((await tiny.send("PUT", "/user/starred/octo/open", {})).status).toBe(204);
    expect(tiny.open.stars.map(({ user }) => user.login)).toEqual(["ada"]);
  });

  test("a deleted account is nobody's token any more", async () => {
    const gone = createUser(tiny.world, { login: "gone" });
    const token = tiny.server.credentials.classic(gone, ["repo"]);
    tiny.world.journal.set(gone, "deleted", true);
    expect((await tiny.server.fetch("https://api.github.com/user", { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect(START).toBe(Date.UTC(2024, 5, 3, 9));
  });
});
