import { afterEach, describe, expect, test } from "@jest/globals";
import { makeTinyWorld } from "./tiny-world.test-builder.ts";

type Tiny = ReturnType<typeof makeTinyWorld>;
let tiny: Tiny;
afterEach(() => tiny.server.close());

const violations = ({ server }: Tiny) => Object.fromEntries(Object.entries(server.limits.violations).filter(([, count]) => count > 0));
const SECONDS = 1000;

describe("primary limits", () => {
  test("an anonymous client gets 60 an hour, then 403 with the time of the next", async () => {
    tiny = makeTinyWorld();
    const ask = () => tiny.server.fetch("https://api.github.com/repos/octo/open");
    for (let count = 0; count < 60; count += 1) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(403);
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(refused.headers.get("x-ratelimit-limit")).toBe("60");
    expect(refused.headers.get("retry-after")).toBeNull();
    expect(Number(refused.headers.get("x-ratelimit-reset")) * 1000 - tiny.clock.now()).toBe(3600 * SECONDS);
    expect(((await refused.json()) as { message: string }).message).toMatch(/^API rate limit exceeded for 127\.0\.0\.1\./);
    tiny.clock.moveTo(tiny.clock.now() + 3600 * SECONDS);
    expect((await ask()).headers.get("x-ratelimit-remaining")).toBe("59");
    expect(violations(tiny)).toEqual({ primary: 1 });
  });

  test("a user gets 5,000, and what is not modified is free", async () => {
    tiny = makeTinyWorld();
    const first = await tiny.get("/repos/octo/open");
    const again = await tiny.get("/repos/octo/open", { "if-none-match": first.headers.get("etag") ?? "" });
    expect([first.headers.get("x-ratelimit-remaining"), again.status, again.headers.get("x-ratelimit-remaining"), await again.text()]).toEqual(["4999", 304, "4999", ""]);
  });

  test("counted by another clock, the next hour is told in GitHub's own", async () => {
    let elsewhere = Date.UTC(2030, 0, 1);
    tiny = makeTinyWorld({ limitsClock: () => elsewhere });
    await tiny.get("/repos/octo/open");
    elsewhere += 600 * SECONDS;
    const answer = await tiny.get("/repos/octo/open");
    expect(Number(answer.headers.get("x-ratelimit-reset")) - Date.parse(answer.headers.get("date") ?? "") / SECONDS).toBe(3000);
  });

  test("search has a budget of its own: 30 a minute", async () => {
    tiny = makeTinyWorld();
    const ask = () => tiny.get("/search/issues?q=repo:octo/open");
    for (let count = 0; count < 30; count += 1) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect([refused.status, refused.headers.get("x-ratelimit-resource")]).toEqual([403, "search"]);
    expect((await tiny.get("/repos/octo/open")).headers.get("x-ratelimit-used")).toBe("1");
    tiny.clock.moveTo(tiny.clock.now() + 60 * SECONDS);
    expect((await ask()).status).toBe(200);
    expect(violations(tiny)).toEqual({ search: 1 });
  });

  test("GraphQL's points are counted apart, and a budget at its end is told within a 200", async () => {
    tiny = makeTinyWorld();
    const ask = (query: string) => tiny.send("POST", "/graphql", { query });
    const answer = await ask("{ viewer { login } rateLimit { cost remaining } }");
    expect(await answer.json()).toEqual({ data: { viewer: { login: "ada" }, rateLimit: { cost: 1, remaining: 4999 } } });
    expect([answer.headers.get("x-ratelimit-resource"), answer.headers.get("x-ratelimit-used")]).toEqual(["graphql", "1"]);
    tiny.server.limits.charge(`user:${tiny.ada.id}`, "graphql", 5000, 4999);
    const refused = await ask("{ viewer { login } }");
    expect([refused.status, ((await refused.json()) as { errors: { type: string }[] }).errors[0]?.type]).toEqual([200, "RATE_LIMIT"]);
    expect((await tiny.get("/rate_limit")).headers.get("x-ratelimit-used")).toBe("0");
    expect(violations(tiny)).toEqual({ "graphql-primary": 1 });
  });
});

describe("secondary limits", () => {
  test("900 points a minute: a write counts five, and who goes on too early is refused again", async () => {
    tiny = makeTinyWorld();
    for (let count = 0; count < 10; count += 1) expect((await tiny.send("POST", "/repos/octo/open/issues/1/reactions", { content: "+1" })).status).toBe(404);
    for (let count = 0; count < 850; count += 1) expect((await tiny.get("/repos/octo/open")).status).toBe(200);
    const refused = await tiny.get("/repos/octo/open");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([403, "60"]);
    expect(((await refused.json()) as { message: string }).message).toMatch(/^You have exceeded a secondary rate limit\./);
    tiny.clock.moveTo(tiny.clock.now() + 59 * SECONDS);
    expect((await tiny.get("/repos/octo/open")).headers.get("retry-after")).toBe("1");
    tiny.clock.moveTo(tiny.clock.now() + 1 * SECONDS);
    expect((await tiny.get("/repos/octo/open")).status).toBe(200);
    expect(violations(tiny)).toEqual({ "rest-points-per-minute": 1, "retry-after-ignored": 1 });
  });

  test("2,000 points a minute of GraphQL", async () => {
    tiny = makeTinyWorld();
    const ask = () => tiny.send("POST", "/graphql", { query: "mutation { addStar(input: {starrableId: \"x\"}) { clientMutationId } }" });
    for (let count = 0; count < 400; count += 1) expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(403);
    expect(violations(tiny)).toEqual({ "graphql-points-per-minute": 1 });
  });

  test("100 at once, REST and GraphQL together", async () => {
    tiny = makeTinyWorld();
    const answers = await Promise.all(Array.from({ length: 101 }, (_, index) => (index % 2 === 0 ? tiny.get("/repos/octo/open") : tiny.send("POST", "/graphql", { query: "{ viewer { login } }" }))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(1);
    expect(violations(tiny)).toEqual({ concurrency: 1 });
  });

  test("80 things written a minute", async () => {
    tiny = makeTinyWorld();
    const write = (number: number) => tiny.send("POST", "/repos/octo/open/issues", { title: `Number ${number}` });
    for (let number = 0; number < 80; number += 1) expect((await write(number)).status).toBe(201);
    expect((await write(81)).status).toBe(403);
    expect(violations(tiny)).toEqual({ "content-per-minute": 1 });
  });

  test("500 things written an hour", async () => {
    tiny = makeTinyWorld();
    for (let number = 0; number < 500; number += 1) {
      if (number % 80 === 79) tiny.clock.moveTo(tiny.clock.now() + 60 * SECONDS);
      expect((await tiny.send("POST", "/repos/octo/open/issues", { title: `Number ${number}` })).status).toBe(201);
    }
    tiny.clock.moveTo(tiny.clock.now() + 60 * SECONDS);
    expect((await tiny.send("POST", "/repos/octo/open/issues", { title: "One too many" })).status).toBe(403);
    expect(violations(tiny)).toEqual({ "content-per-hour": 1 });
  });

  test("60 seconds of GraphQL's time in a minute", async () => {
    tiny = makeTinyWorld();
    tiny.server.limits.charge(`user:${tiny.ada.id}`, "graphql", 5000, 1, 60_001);
    expect((await tiny.send("POST", "/graphql", { query: "{ viewer { login } }" })).status).toBe(403);
    expect(violations(tiny)).toEqual({ cpu: 1 });
  });

  test("what a query computes counts when its time has passed, and is on its way until then", async () => {
    const passing: { readonly ms: number; readonly pass: () => void }[] = [];
    tiny = makeTinyWorld({ passTime: (ms) => new Promise<void>((pass) => passing.push({ ms, pass })) });
    tiny.server.limits.charge(`user:${tiny.ada.id}`, "graphql", 5000, 1, 60_000);
    const ask = (): Promise<Response> => tiny.send("POST", "/graphql", { query: "{ viewer { repositories(first: 10) { nodes { name } } } }" });
    const turn = (): Promise<void> => new Promise<void>((resolve) => void setImmediate(resolve));
    const first = ask();
    while (passing.length < 1) await turn();
    const second = ask();
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(passing.map(({ ms }) => ms > 0)).toEqual([true, true]);
    expect(await Promise.race([first, second, Promise.resolve("on its way")])).toBe("on its way");
    for (const { pass } of passing) pass();
    expect([(await first).status, (await second).status, (await ask()).status]).toEqual([200, 200, 403]);
    expect(violations(tiny)).toEqual({ cpu: 1 });
  });

  test("a request is under way for as long as its answer takes", async () => {
    tiny = makeTinyWorld({ latencyMs: 400 });
    const startedAt = performance.now();
    const statuses = await Promise.all(Array.from({ length: 101 }, async () => (await tiny.get("/repos/octo/open")).status));
    // Timers may be early by a millisecond.
    expect(performance.now() - startedAt).toBeGreaterThan(398);
    expect(Map.groupBy(statuses, (status) => status).get(200)).toHaveLength(100);
    expect(violations(tiny)).toEqual({ concurrency: 1 });
  });

  test("without a clock for limits there are none, and nothing is told to be spent", async () => {
    tiny = makeTinyWorld({ limitsClock: null });
    for (let count = 0; count < 1000; count += 1) expect((await tiny.get("/repos/octo/open")).status).toBe(200);
    const asked = await tiny.send("POST", "/graphql", { query: "{ viewer { login } rateLimit { cost remaining } }" });
    expect(await asked.json()).toMatchObject({ data: { rateLimit: { cost: 1, remaining: 5000 } } });
    const first = await tiny.get("/repos/octo/open");
    const unchanged = await tiny.get("/repos/octo/open", { "if-none-match": first.headers.get("etag") ?? "" });
    expect([first, unchanged].map(({ status, headers }) => [status, headers.get("x-ratelimit-used"), headers.get("x-ratelimit-remaining")])).toEqual([[200, "0", "5000"], [304, "0", "5000"]]);
    expect(violations(tiny)).toEqual({});
  });
});
