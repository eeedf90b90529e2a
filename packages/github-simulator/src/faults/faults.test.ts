import { afterEach, describe, expect, test } from "@jest/globals";
import { createHook } from "../operations/hooks.ts";
import { star, unstar } from "../operations/stars-forks-watchers.ts";
import { makeTinyWorld } from "../server/tiny-world.test-builder.ts";
import { FAULTS, parseFault, type FaultRates } from "./faults.ts";

const URL = "http://receiver.test/hook";
let tiny: ReturnType<typeof makeTinyWorld>;
afterEach(() => tiny.server.close());

/** Statuses of so many requests; "reset" where the connection broke. */
async function statuses(faults: FaultRates, count: number, path = "/repos/octo/open"): Promise<Record<string, number>> {
  tiny = makeTinyWorld({ faults, limitsClock: null });
  const seen: Record<string, number> = {};
  for (let index = 0; index < count; index += 1) {
    const status = await tiny.get(path).then((answer) => answer.status, () => "reset");
    seen[status] = (seen[status] ?? 0) + 1;
  }
  return seen;
}

async function deliveries(faults: FaultRates) {
  const received: { at: number; guid: string; action: string }[] = [];
  tiny = makeTinyWorld({ faults, limitsClock: null, receivers: new Map([[URL, ({ headers, body }) => (received.push({ at: tiny.clock.now(), guid: headers["X-GitHub-Delivery"]!, action: (JSON.parse(body) as { action: string }).action }), { status: 200 })]]) });
  const { server, world, clock, ben, open } = tiny;
  createHook(world, { actor: tiny.ada, target: open, url: URL, events: ["star"], contentType: "json" });
  const sent: number[] = [];
  for (let index = 0; index < 100; index += 1) {
    clock.moveTo(clock.now() + 1000);
    sent.push(clock.now());
    if (index % 2 === 0) star(world, { actor: ben, repository: open });
    else unstar(world, { actor: ben, repository: open });
    await server.deliveries.settled();
  }
  while (server.deliveries.nextDueAt !== null) {
    clock.moveTo(server.deliveries.nextDueAt);
    await server.deliveries.settled();
  }
  return { received: received.filter(({ action }) => action !== undefined), sent };
}

describe("requests", () => {
  test("5xx of REST, at its rate, by the seed", async () => {
    const first = await statuses({ "rest-error": 0.3 }, 200);
    expect(first["200"]).toBeGreaterThan(110);
    expect(first["200"]).toBeLessThan(170);
    expect(Object.keys(first).toSorted()).toEqual(["200", "500", "502", "503"]);
    await tiny.server.close();
    expect(await statuses({ "rest-error": 0.3 }, 200)).toEqual(first);
  });

  test("connections break", async () => {
    const seen = await statuses({ "connection-reset": 0.5 }, 60);
    expect(seen["reset"]).toBeGreaterThan(15);
    expect(seen["200"]).toBeGreaterThan(15);
    expect(tiny.server.faults.counts["connection-reset"]).toBe(seen["reset"]);
  });

  test("a write whose answer was lost may have been done", async () => {
    tiny = makeTinyWorld({ faults: { "connection-reset": 1 }, limitsClock: null });
    for (let index = 0; index < 20; index += 1) await expect(tiny.send("POST", "/repos/octo/open/issues", { title: "Again" })).rejects.toThrow("fetch failed");
    expect(tiny.open.issues.length).toBeGreaterThan(3);
    expect(tiny.open.issues.length).toBeLessThan(17);
  });

  test("a secondary limit out of the blue, which is not the client's fault", async () => {
    tiny = makeTinyWorld({ faults: { "secondary-limit": 0 } });
    tiny.server.faults.force("secondary-limit");
    const refused = await tiny.get("/repos/octo/open");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([403, "60"]);
    tiny.clock.moveTo(tiny.clock.now() + 60_000);
    expect((await tiny.get("/repos/octo/open")).status).toBe(200);
    expect(Object.values(tiny.server.limits.violations).every((count) => count === 0)).toBe(true);
  });

  test("a replica answers with what was", async () => {
    tiny = makeTinyWorld({ faults: { "stale-read": 1 }, limitsClock: null });
    const count = async () => ((await (await tiny.get("/repos/octo/open/issues")).json()) as unknown[]).length;
    tiny.clock.moveTo(tiny.clock.now() + 300_000);
    expect(await count()).toBe(0);
    tiny.openIssues(1);
    tiny.clock.moveTo(tiny.clock.now() + 500);
    expect(await count()).toBe(0);
    tiny.clock.moveTo(tiny.clock.now() + 60_000);
    expect(await count()).toBe(1);
    expect(tiny.open.issues).toHaveLength(1);
  });

  test("tokens are revoked", async () => {
    expect(await statuses({ "token-revoked": 1 }, 3)).toEqual({ 200: 1, 401: 2 });
  });

  test("GraphQL: 5xx, and 502 for queries in proportion to their weight", async () => {
    tiny = makeTinyWorld({ faults: { "graphql-timeout": 1 }, limitsClock: null });
    tiny.openIssues(20);
    const ask = async (query: string) => (await tiny.send("POST", "/graphql", { query })).status;
    const [light, heavy] = ["{ viewer { login } }", `{ ${Array.from({ length: 20 }, (_, index) => `r${index}: repository(owner: "octo", name: "open") { issues(first: 100) { nodes { labels(first: 50) { nodes { name } } assignees(first: 50) { nodes { login } } comments(first: 50) { nodes { body } } } } }`).join(" ")} }`];
    const timeouts = { light: 0, heavy: 0 };
    for (let index = 0; index < 30; index += 1) {
      if ((await ask(light)) === 502) timeouts.light += 1;
      if ((await ask(heavy)) === 502) timeouts.heavy += 1;
    }
    expect(timeouts.heavy).toBeGreaterThan(timeouts.light);
    await tiny.server.close();
    tiny = makeTinyWorld({ faults: { "graphql-error": 1 }, limitsClock: null });
    expect([500, 502, 503]).toContain(await ask(light));
  });

  test("old and new node ids beside each other, always the same for the same thing", async () => {
    tiny = makeTinyWorld({ faults: { "old-node-ids": 0.5 }, limitsClock: null });
    tiny.openIssues(40);
    const ids = async () => ((await (await tiny.get("/repos/octo/open/issues?per_page=100")).json()) as { node_id: string }[]).map(({ node_id }) => node_id);
    const first = await ids();
    const fresh = first.filter((id) => id.startsWith("I_")).length;
    expect(fresh).toBeGreaterThan(8);
    expect(fresh).toBeLessThan(32);
    expect(await ids()).toEqual(first);
  });

  test("the client's clock goes differently", () => {
    tiny = makeTinyWorld({ faults: { "clock-skew": 90 } });
    expect(tiny.server.clientNow()).toBe(tiny.clock.now() - 90_000);
  });
});

describe("deliveries", () => {
  test("none of them: each once, in order, at once", async () => {
    const { received, sent } = await deliveries({});
    expect(received.map(({ at }) => at)).toEqual(sent);
  });

  test("dropped", async () => {
    const { received } = await deliveries({ "webhook-dropped": 0.3 });
    expect(received.length).toBeGreaterThan(55);
    expect(received.length).toBeLessThan(85);
  });

  test("delayed by minutes to hours", async () => {
    const { received } = await deliveries({ "webhook-delayed": 0.5 });
    expect(received).toHaveLength(100);
    expect(received.at(-1)!.at - received[0]!.at).toBeGreaterThan(3_600_000);
  });

  test("doubled, with one GUID", async () => {
    const { received } = await deliveries({ "webhook-doubled": 0.5 });
    expect(received.length).toBeGreaterThan(130);
    expect(new Set(received.map(({ guid }) => guid)).size).toBe(100);
  });

  test("reordered", async () => {
    const { received } = await deliveries({ "webhook-reordered": 0.5 });
    const times = received.map(({ guid }) => guid.slice(14, 18) + guid.slice(9, 13) + guid.slice(0, 8));
    expect(received).toHaveLength(100);
    expect(times).not.toEqual(times.toSorted());
  });
});

describe("on the command line", () => {
  test.each([
    ["webhook-dropped=0.05", { name: "webhook-dropped", rate: 0.05 }],
    ["clock-skew=-90", { name: "clock-skew", rate: -90 }],
    ["webhook-lost=0.1", { wrong: `There is no fault "webhook-lost". Those there are: ${Object.keys(FAULTS).join(", ")}.` }],
    ["rest-error", { wrong: '"rest-error" gives no number: write rest-error=0.05.' }],
    ["rest-error=7", { wrong: "The rate of rest-error is a share from 0 to 1, not 7." }],
  ])("%s", (text, expected) => {
    tiny = makeTinyWorld();
    expect(parseFault(text)).toEqual(expected);
  });
});
