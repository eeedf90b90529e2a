import { createSign, generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createApp } from "../operations/accounts.ts";
import { createHook } from "../operations/hooks.ts";
import { createRepository } from "../operations/repository.ts";
import { star } from "../operations/stars-forks-watchers.ts";
import type { WebhookRequest } from "../webhooks/deliver-send.ts";
import { makeTinyWorld } from "./tiny-world.test-builder.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = publicKey.export({ type: "spki", format: "pem" }).toString();
const HOUR = 3_600_000;
const URL = "http://receiver.test/app";

let received: WebhookRequest[] = [];
let tiny: ReturnType<typeof makeTinyWorld>;
let app: ReturnType<typeof createApp>["app"];
let installation: ReturnType<(typeof tiny)["server"]["credentials"]["install"]>;

beforeEach(() => {
  received = [];
  tiny = makeTinyWorld({ receivers: new Map([[URL, (request) => (received.push(request), { status: 200 })]]) });
  ({ app } = createApp(tiny.world, { slug: "mirror", name: "Mirror", owner: tiny.organization }));
  const registered = tiny.server.credentials.registerApp(app, PEM, { issues: "read", contents: "read" }, ["star"]);
  installation = tiny.server.credentials.install(registered, tiny.organization);
});
afterEach(() => tiny.server.close());

function jwt(claims: Record<string, unknown> = {}, key = privateKey): string {
  const seconds = Math.floor(tiny.clock.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const head = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iat: seconds - 60, exp: seconds + 540, iss: String(app.id), ...claims })}`;
  return `${head}.${createSign("RSA-SHA256").update(head).sign(key, "base64url")}`;
}

const as = (token: string, path: string, method = "GET", body?: unknown) => tiny.server.fetch(`https://api.github.com${path}`, { method, headers: { authorization: `Bearer ${token}` }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
const mint = async (body?: unknown) => (await (await as(jwt(), `/app/installations/${installation.id}/access_tokens`, "POST", body)).json()) as { token: string; expires_at: string; permissions: unknown; repository_selection: string };

describe("an app", () => {
  test("says who it is by a token signed with its key", async () => {
    expect(await (await as(jwt(), "/app")).json()).toMatchObject({ id: app.id, slug: "mirror", permissions: { metadata: "read", issues: "read", contents: "read" }, installations_count: 1 });
    expect(await (await as(jwt(), "/app/installations")).json()).toMatchObject([{ id: installation.id, app_id: app.id, target_type: "Organization", account: { login: "octo" }, suspended_at: null }]);
    expect(await (await as(jwt(), "/orgs/octo/installation")).json()).toMatchObject({ id: installation.id });
    expect(await (await as(jwt(), "/repos/octo/closed/installation")).json()).toMatchObject({ id: installation.id });
  });

  test.each([
    ["expired", { exp: -1 }, 401, /^'Expiration time' claim \('exp'\) must be a numeric value/],
    ["good for too long", { exp: 11 * 60 }, 401, /^'Expiration time' claim \('exp'\) is too far/],
    ["from the future", { iat: 60 }, 401, /^'Issued at' claim/],
  ])("is refused when its token is %s, by GitHub's clock", async (_, offsets, status, message) => {
    const seconds = Math.floor(tiny.clock.now() / 1000);
    const refused = await as(jwt(Object.fromEntries(Object.entries(offsets).map(([name, offset]) => [name, seconds + offset]))), "/app");
    expect([refused.status, refused.headers.get("date")]).toEqual([status, new Date(tiny.clock.now()).toUTCString()]);
    expect(((await refused.json()) as { message: string }).message).toMatch(message);
  });

  test("is refused with another key, and when it is unknown", async () => {
    expect((await as(jwt({}, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey), "/app")).status).toBe(401);
    expect((await as(jwt({ iss: "99" }), "/app")).status).toBe(404);
  });

  test("has an hour with the token of an installation", async () => {
    const { token, expires_at, permissions, repository_selection } = await mint();
    expect([expires_at, permissions, repository_selection]).toEqual(["2024-06-03T10:00:00Z", { metadata: "read", issues: "read", contents: "read" }, "all"]);
    expect(((await (await as(token, "/installation/repositories")).json()) as { total_count: number }).total_count).toBe(2);
    createRepository(tiny.world, { actor: tiny.ada, owner: tiny.organization, name: "later", visibility: "private" });
    expect((await as(token, "/repos/octo/later")).status).toBe(200);
    tiny.clock.moveTo(tiny.clock.now() + HOUR);
    expect(await (await as(token, "/installation/repositories")).json()).toEqual({ message: "Bad credentials", documentation_url: "https://docs.github.com/rest", status: "401" });
  });

  test("sees what it was granted", async () => {
    const { token } = await mint();
    expect((await as(token, "/repos/octo/closed/issues")).status).toBe(200);
    const refused = await as(token, "/repos/octo/closed/pulls");
    expect([refused.status, ((await refused.json()) as { message: string }).message]).toEqual([403, "Resource not accessible by integration"]);
    expect((await as(token, "/user")).status).toBe(404);
    const narrow = await mint({ repositories: ["open"], permissions: { contents: "read" } });
    expect((await as(narrow.token, "/repos/octo/closed")).status).toBe(404);
    expect((await as(jwt(), `/app/installations/${installation.id}/access_tokens`, "POST", { permissions: { issues: "write" } })).status).toBe(422);
    expect((await as(narrow.token, "/installation/token", "DELETE")).status).toBe(204);
    expect((await as(narrow.token, "/repos/octo/open")).status).toBe(401);
  });

  test("has a budget that grows with the organisation", async () => {
    expect((await as((await mint()).token, "/repos/octo/open")).headers.get("x-ratelimit-limit")).toBe("5000");
    for (let number = 0; number < 28; number += 1) createRepository(tiny.world, { actor: tiny.ada, owner: tiny.organization, name: `more-${number}` });
    expect((await as((await mint()).token, "/repos/octo/open")).headers.get("x-ratelimit-limit")).toBe("5500");
  });

  test("gets its own deliveries, with the installation, and a log of them", async () => {
    const hook = createHook(tiny.world, { actor: tiny.ada, target: app, url: URL, events: ["star"], contentType: "json", secret: "s" });
    tiny.server.deliveries.appHooks.set(app.id, hook);
    star(tiny.world, { actor: tiny.ben, repository: tiny.open });
    await tiny.server.deliveries.settled();
    expect(received.map(({ headers }) => [headers["X-GitHub-Event"], headers["X-GitHub-Hook-Installation-Target-Type"], headers["X-GitHub-Hook-Installation-Target-ID"]])).toEqual([["ping", "integration", String(app.id)], ["star", "integration", String(app.id)]]);
    expect((JSON.parse(received[1]!.body) as { installation: { id: number } }).installation.id).toBe(installation.id);
    const log = (await (await as(jwt(), "/app/hook/deliveries")).json()) as { id: number; event: string; installation_id: number | null }[];
    expect(log.map(({ event, installation_id }) => [event, installation_id])).toEqual([["star", installation.id], ["ping", null]]);
    expect((await as(jwt(), `/app/hook/deliveries/${log[0]!.id}/attempts`, "POST")).status).toBe(202);
  });
});
