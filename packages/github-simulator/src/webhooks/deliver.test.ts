import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createHook } from "../operations/hooks.ts";
import { star, unstar } from "../operations/stars-forks-watchers.ts";
import { makeTinyWorld } from "../server/tiny-world.test-builder.ts";
import { makeGuids, timeOfGuid } from "./deliver-guid.ts";
import type { WebhookRequest, WebhookResponse } from "./deliver-send.ts";

const URL = "http://receiver.test/hook";
const DAY = 86_400_000;
let received: WebhookRequest[] = [];
let answer: (request: WebhookRequest) => WebhookResponse | Promise<WebhookResponse>;
let tiny: ReturnType<typeof makeTinyWorld>;

const start = (faults = {}) => makeTinyWorld({ limitsClock: null, faults, webhookTimeoutMs: 50, receivers: new Map([[URL, (request) => (received.push(request), answer(request))]]) });
const eventsOf = () => received.map(({ headers }) => headers["X-GitHub-Event"]);
const hookOn = (target: Parameters<typeof createHook>[1]["target"], events: readonly string[] = ["*"], more = {}) => createHook(tiny.world, { actor: tiny.ada, target, url: URL, events, contentType: "json", secret: "s3cret", ...more });
const log = async (path: string) => (await tiny.get(path)).json() as Promise<{ id: number; guid: string; event: string; status: string; status_code: number; redelivery: boolean }[]>;

beforeEach(() => {
  received = [];
  answer = () => ({ status: 202, body: "thanks" });
  tiny = start();
});
afterEach(() => tiny.server.close());

describe("a delivery", () => {
  test("has GitHub's headers, and its signature is right", async () => {
    const hook = hookOn(tiny.organization);
    star(tiny.world, { actor: tiny.ben, repository: tiny.open });
    await tiny.server.deliveries.settled();
    expect(eventsOf()).toEqual(["ping", "star", "watch"]);
    const { headers, body } = received[1]!;
    expect(headers).toEqual({
      Accept: "*/*",
      "Content-Type": "application/json",
      "User-Agent": expect.stringMatching(/^GitHub-Hookshot\/[0-9a-f]{7}$/),
      "X-GitHub-Delivery": expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      "X-GitHub-Event": "star",
      "X-GitHub-Hook-ID": String(hook.id),
      "X-GitHub-Hook-Installation-Target-ID": String(tiny.organization.id),
      "X-GitHub-Hook-Installation-Target-Type": "organization",
      "X-Hub-Signature": `sha1=${createHmac("sha1", "s3cret").update(body).digest("hex")}`,
      "X-Hub-Signature-256": `sha256=${createHmac("sha256", "s3cret").update(body).digest("hex")}`,
    });
    expect(JSON.parse(body)).toMatchObject({ action: "created", starred_at: "2024-06-03T09:00:00Z", repository: { full_name: "octo/open" }, sender: { login: "ben" } });
  });

  test("as a form, and unsigned without a secret", async () => {
    hookOn(tiny.open, ["star"], { contentType: "form", secret: null });
    star(tiny.world, { actor: tiny.ben, repository: tiny.open });
    await tiny.server.deliveries.settled();
    const { headers, body } = received[1]!;
    expect([headers["Content-Type"], headers["X-Hub-Signature-256"]]).toEqual(["application/x-www-form-urlencoded", undefined]);
    expect(JSON.parse(new URLSearchParams(body).get("payload")!)).toMatchObject({ action: "created" });
  });

  test("goes to whom it concerns, with one GUID for all of them", async () => {
    hookOn(tiny.organization, ["star"]);
    createHook(tiny.world, { actor: tiny.ada, target: tiny.open, url: `${URL}/2`, events: ["star"] });
    createHook(tiny.world, { actor: tiny.ada, target: tiny.closed, url: `${URL}/3`, events: ["star"] });
    await tiny.server.deliveries.settled();
    received = [];
    star(tiny.world, { actor: tiny.ben, repository: tiny.open });
    await tiny.server.deliveries.settled();
    expect(received.map(({ url }) => url)).toEqual([`${URL}/2`, URL]);
    expect(new Set(received.map(({ headers }) => headers["X-GitHub-Delivery"])).size).toBe(1);
  });

  test("organisations' hooks hear of teams, repositories' hooks do not; what is not active hears nothing", async () => {
    const { createTeam } = await import("../operations/teams.ts");
    hookOn(tiny.organization);
    createHook(tiny.world, { actor: tiny.ada, target: tiny.open, url: `${URL}/2`, events: ["*"] });
    createHook(tiny.world, { actor: tiny.ada, target: tiny.organization, url: `${URL}/off`, events: ["*"], active: false });
    await tiny.server.deliveries.settled();
    received = [];
    createTeam(tiny.world, { actor: tiny.ada, organization: tiny.organization, name: "core" });
    await tiny.server.deliveries.settled();
    expect(received.map(({ url }) => url)).toEqual([URL]);
  });

  test("the GUID tells when it happened", () => {
    const guids = [makeGuids(1), makeGuids(1), makeGuids(2)].map((guidOf) => [guidOf(1_717_405_200_000), guidOf(1_717_405_200_000)]);
    expect(guids[0]).toEqual(guids[1]);
    expect(guids[0]).not.toEqual(guids[2]);
    expect(guids[0]![0]).not.toBe(guids[0]![1]);
    expect(timeOfGuid(guids[0]![1]!)).toBe(1_717_405_200_000);
    expect(guids[0]![0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe("the log", () => {
  test("is told by the API: list, filter, cursor, one with its payload, redelivery with the same GUID", async () => {
    const hook = hookOn(tiny.organization, ["star"]);
    const path = `/orgs/octo/hooks/${hook.id}/deliveries`;
    await tiny.server.deliveries.settled();
    answer = () => ({ status: 503, body: "busy", headers: { server: "nobody" } });
    star(tiny.world, { actor: tiny.ben, repository: tiny.open });
    await tiny.server.deliveries.settled();
    const [failed] = await log(`${path}?status=failure`);
    expect(failed).toEqual({ id: failed!.id, guid: failed!.guid, delivered_at: "2024-06-03T09:00:00Z", redelivery: false, duration: expect.any(Number), status: "Invalid HTTP Response: 503", status_code: 503, event: "star", action: "created", installation_id: null, repository_id: tiny.open.id, throttled_at: null });
    expect((await log(`${path}?status=success`)).map(({ event }) => event)).toEqual(["ping"]);
    const first = await tiny.get(`${path}?per_page=1`);
    const next = /<(.*)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    expect(next).toMatch(/\?per_page=1&cursor=v1_\d+$/);
    expect(((await (await tiny.get(next.replace("https://api.github.com", ""))).json()) as { event: string }[]).map(({ event }) => event)).toEqual(["ping"]);
    const whole = (await (await tiny.get(`${path}/${failed!.id}`)).json()) as { request: { headers: Record<string, string>; payload: unknown }; response: unknown };
    expect([whole.request.headers["X-GitHub-Delivery"], JSON.stringify(whole.request.payload) === received[1]!.body, whole.response]).toEqual([failed!.guid, true, { headers: { server: "nobody" }, payload: "busy" }]);
    answer = () => ({ status: 200 });
    expect((await tiny.send("POST", `${path}/${failed!.id}/attempts`, undefined)).status).toBe(202);
    await tiny.server.deliveries.settled();
    expect([received[2]!.url, received[2]!.headers, received[2]!.body]).toEqual([received[1]!.url, received[1]!.headers, received[1]!.body]);
    const [again] = await log(path);
    expect([again!.guid, again!.redelivery, again!.status, again!.id > failed!.id]).toEqual([failed!.guid, true, "OK", true]);
  });

  test("page by page gives each once, newest first, though what was delayed has an early id", async () => {
    const hook = hookOn(tiny.organization, ["star"]);
    for (const delayed of [false, true, false, true]) {
      if (delayed) tiny.server.faults.force("webhook-delayed");
      star(tiny.world, { actor: delayed ? tiny.ben : tiny.ada, repository: tiny.open });
      unstar(tiny.world, { actor: delayed ? tiny.ben : tiny.ada, repository: tiny.open });
      await tiny.server.deliveries.settled();
    }
    tiny.clock.moveTo(tiny.clock.now() + DAY);
    tiny.server.deliveries.pump();
    await tiny.server.deliveries.settled();
    const path = `/orgs/octo/hooks/${hook.id}/deliveries`;
    const all = (await log(path)).map(({ id }) => id);
    expect(all).not.toEqual(all.toSorted((a, b) => b - a));
    const paged: number[] = [];
    for (let next: string | undefined = `${path}?per_page=1`; next !== undefined && paged.length <= all.length; ) {
      const page = await tiny.get(next);
      paged.push(...((await page.json()) as { id: number }[]).map(({ id }) => id));
      next = /<https:\/\/api\.github\.com(.*)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
    }
    expect(paged).toEqual(all);
    expect(await log(`${path}?cursor=v1_${all.at(-1)!}`)).toHaveLength(1);
    expect(await log(`${path}?cursor=v1_1`)).toEqual([]);
  });

  test("keeps three days", async () => {
    const hook = hookOn(tiny.organization, ["star"]);
    await tiny.server.deliveries.settled();
    const [{ id } = { id: 0 }] = await log(`/orgs/octo/hooks/${hook.id}/deliveries`);
    tiny.clock.moveTo(tiny.clock.now() + 3 * DAY);
    expect(await log(`/orgs/octo/hooks/${hook.id}/deliveries`)).toHaveLength(1);
    tiny.clock.moveTo(tiny.clock.now() + 1000);
    expect(await log(`/orgs/octo/hooks/${hook.id}/deliveries`)).toEqual([]);
    expect((await tiny.get(`/orgs/octo/hooks/${hook.id}/deliveries/${id}`)).status).toBe(404);
    expect((await tiny.send("POST", `/orgs/octo/hooks/${hook.id}/deliveries/${id}/attempts`, undefined)).status).toBe(404);
  });

  test("nobody answers in time, nobody is there: failed, and not repeated", async () => {
    answer = () => new Promise(() => undefined);
    const hook = hookOn(tiny.open, ["star"]);
    createHook(tiny.world, { actor: tiny.ada, target: tiny.open, url: "http://127.0.0.1:9/closed", events: ["star"] });
    await tiny.server.deliveries.settled();
    expect((await log(`/repos/octo/open/hooks/${hook.id}/deliveries`)).map(({ status, status_code }) => [status, status_code])).toEqual([["timed out", 504]]);
    const other = tiny.open.hooks[1]!;
    expect((await log(`/repos/octo/open/hooks/${other.id}/deliveries`)).map(({ status, status_code }) => [status, status_code])).toEqual([["failed to connect to host", 502]]);
    expect(received).toHaveLength(1);
    const [shown] = (await (await tiny.get("/repos/octo/open/hooks")).json()) as { last_response: unknown }[];
    expect(shown!.last_response).toEqual({ code: 504, status: "timeout", message: "timed out" });
  });

  test("hooks are made, changed, pinged and ended by the API", async () => {
    const made = (await (await tiny.send("POST", "/orgs/octo/hooks", { name: "web", events: ["push", "star"], config: { url: URL, content_type: "json", secret: "x" } })).json()) as { id: number; config: unknown };
    expect(made.config).toEqual({ content_type: "json", insecure_ssl: "0", secret: "********", url: URL });
    expect((await tiny.send("POST", `/orgs/octo/hooks/${made.id}/pings`, {})).status).toBe(204);
    expect(((await (await tiny.send("PATCH", `/orgs/octo/hooks/${made.id}`, { add_events: ["fork"], remove_events: ["push"] })).json()) as { events: string[] }).events).toEqual(["star", "fork"]);
    expect((await tiny.send("POST", "/orgs/octo/hooks", { name: "web", config: { url: URL } })).status).toBe(422);
    expect((await tiny.send("POST", "/orgs/octo/hooks", { name: "web", events: ["nonsense"], config: { url: "http://receiver.test/x" } })).status).toBe(422);
    expect((await tiny.send("DELETE", `/orgs/octo/hooks/${made.id}`, undefined)).status).toBe(204);
    await tiny.server.deliveries.settled();
    expect(eventsOf()).toEqual(["ping", "ping", "meta"]);
    expect((await tiny.get(`/orgs/octo/hooks/${made.id}`)).status).toBe(404);
  });
});
