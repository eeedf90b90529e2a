import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { begin, decide, type Ending, finish, type GovernorState, QUIET_GOVERNOR, type Wish } from "./governor.ts";
import { PUBLISHED_LIMITS, type Purpose } from "./limits.ts";
import { NO_NEWS, type RateNews } from "./rate-news.ts";

const wish = (over: Partial<Wish> = {}): Wish => ({ api: "rest", resource: "core", purpose: "backfill", cost: 1, points: 1, patientUntilMs: Number.POSITIVE_INFINITY, ...over });
/** GitHub's clock is years from the worker's; only distances count. */
const DATE_MS = Date.parse("2031-05-01T12:00:00Z");
const news = (remaining: number, over: Partial<RateNews> = {}): RateNews => ({ ...NO_NEWS, resource: "core", limit: 5000, remaining, resetEpochSeconds: DATE_MS / 1000 + 600, dateMs: DATE_MS, ...over });
const answered = (remaining: number, over: Partial<RateNews> = {}): Ending => ({ is: "answered", news: news(remaining, over) });

function after(ending: Ending, nowMs = 1000, state: GovernorState = QUIET_GOVERNOR, over: Partial<Wish> = {}): GovernorState {
  const begun = begin(state, wish(over), nowMs - 100);
  return finish(begun.state, begun.flight, ending, nowMs);
}
const ask = (state: GovernorState, over: Partial<Wish> = {}, nowMs = 1000): unknown => decide(state, PUBLISHED_LIMITS, wish(over), nowMs);
const fly = (state: GovernorState, count: number, over: Partial<Wish> = {}): GovernorState => Array.from({ length: count }).reduce<GovernorState>((flying) => begin(flying, wish(over), 1000).state, state);

describe("the hourly budget", () => {
  test("nothing is known: one goes and asks, the next waits for its answer", () => {
    expect(ask(QUIET_GOVERNOR)).toEqual({ do: "go" });
    expect(ask(fly(QUIET_GOVERNOR, 1), { purpose: "live" })).toEqual({ do: "wait", untilMs: null, reason: "hourly-budget" });
    expect(ask(fly(QUIET_GOVERNOR, 1), { api: "graphql", resource: "graphql" })).toEqual({ do: "go" });
  });

  test.each<[Purpose, number, boolean]>([
    ["backfill", 501, true],
    ["backfill", 500, false],
    ["repair", 251, true],
    ["repair", 250, false],
    ["live", 1, true],
    ["live", 0, false],
  ])("%s with %d of 5,000 left: goes is %s", (purpose, remaining, goes) => {
    expect(ask(after(answered(remaining)), { purpose })).toEqual(goes ? { do: "go" } : { do: "wait", untilMs: 601_000, reason: "hourly-budget" });
  });

  test("who cannot wait that long is put off until then", () => {
    expect(ask(after(answered(500)), { patientUntilMs: 600_999 })).toEqual({ do: "defer", untilMs: 601_000, reason: "hourly-budget" });
    expect(ask(after(answered(500)), { patientUntilMs: 601_000 })).toMatchObject({ do: "wait" });
  });

  test("what is dearer than the rest waits, what is cheaper goes", () => {
    expect(ask(after(answered(510)), { cost: 11 })).toMatchObject({ do: "wait" });
    expect(ask(after(answered(510)), { cost: 10 })).toEqual({ do: "go" });
  });

  test("what is under way is taken as spent, until its answer tells", () => {
    const one = fly(after(answered(502)), 1);
    expect(ask(one)).toEqual({ do: "go" });
    expect(ask(fly(one, 1))).toEqual({ do: "wait", untilMs: null, reason: "hourly-budget" });
  });

  test("an answer that was overtaken does not give back what a later one has taken", () => {
    expect(ask(after(answered(4000), 1001, after(answered(500))))).toMatchObject({ do: "wait" });
  });

  test("an answer of the window before is passed over, one of the next begins it", () => {
    const spent = after(answered(400));
    expect(ask(after(answered(4000, { resetEpochSeconds: DATE_MS / 1000 - 3000 }), 1001, spent))).toMatchObject({ do: "wait" });
    expect(ask(after(answered(4000, { resetEpochSeconds: DATE_MS / 1000 + 4200 }), 1001, spent))).toEqual({ do: "go" });
  });

  test("after the reset one asks again", () => {
    const spent = after(answered(0));
    expect(ask(spent, {}, 600_999)).toMatchObject({ do: "wait" });
    expect(ask(spent, {}, 601_000)).toEqual({ do: "go" });
    expect(decide(begin(spent, wish(), 601_000).state, PUBLISHED_LIMITS, wish(), 601_000)).toMatchObject({ do: "wait", untilMs: null });
  });

  test("search has its own", () => {
    const state = after(answered(0, { resource: "search", limit: 30, resetEpochSeconds: DATE_MS / 1000 + 40 }), 1000, QUIET_GOVERNOR, { resource: "search" });
    expect(ask(state, { resource: "search", purpose: "live" })).toEqual({ do: "wait", untilMs: 41_000, reason: "hourly-budget" });
    expect(ask(state)).toEqual({ do: "go" });
  });

  test.each([
    ["no headers at all", { ...NO_NEWS, dateMs: DATE_MS }],
    ["a limit of 0", { ...NO_NEWS, dateMs: DATE_MS, resource: "core", limit: 0, remaining: 0, resetEpochSeconds: DATE_MS / 1000 }],
  ])("an Enterprise Server without limits, told by %s, is not waited for", (_, told) => {
    const state = after({ is: "answered", news: told });
    expect(ask(state)).toEqual({ do: "go" });
    expect(ask(fly(state, 2))).toEqual({ do: "go" });
  });

  test("the lack of headers on a failure says nothing", () => {
    expect(ask(fly(after({ is: "no-answer", news: NO_NEWS }), 1))).toMatchObject({ do: "wait", reason: "hourly-budget" });
    expect(ask(after({ is: "no-answer", news: NO_NEWS }, 1001, after(answered(400))))).toMatchObject({ do: "wait" });
  });

  test("a limit that was met empties the window, whatever figure stands beside it; without a figure it lasts a minute", () => {
    expect(ask(after({ is: "primary-limit", news: news(7) }), { purpose: "live" })).toEqual({ do: "wait", untilMs: 601_000, reason: "hourly-budget" });
    expect(ask(after({ is: "primary-limit", news: NO_NEWS }), { purpose: "live" })).toEqual({ do: "wait", untilMs: 61_000, reason: "hourly-budget" });
    expect(ask(after({ is: "primary-limit", news: { ...NO_NEWS, retryAfterSeconds: 90 } }), { purpose: "live", resource: "graphql", api: "graphql" })).toEqual({ do: "wait", untilMs: 91_000, reason: "secondary-limit" });
  });
});

describe("the secondary limit", () => {
  const struck = (retryAfterSeconds: number | null, nowMs = 1000, state = after(answered(4000))): GovernorState => after({ is: "secondary-limit", news: { ...news(4000), retryAfterSeconds } }, nowMs, state);

  test("is waited for as GitHub says, by everybody and both APIs", () => {
    expect(ask(struck(30), { purpose: "live", api: "graphql", resource: "graphql" })).toEqual({ do: "wait", untilMs: 31_000, reason: "secondary-limit" });
    expect(ask(struck(30), { purpose: "live" }, 31_000)).toEqual({ do: "go" });
  });

  test("where GitHub does not say: a minute, two, four, and never more than a quarter of an hour", () => {
    const pauses: number[] = [];
    let state = after(answered(4000));
    let nowMs = 1000;
    for (let strike = 0; strike < 7; strike += 1) {
      state = struck(null, nowMs, state);
      pauses.push((state.blockedUntilMs - nowMs) / 1000);
      nowMs = state.blockedUntilMs + 200;
    }
    expect(pauses).toEqual([60, 120, 240, 480, 900, 900, 900]);
  });

  test("several that were under way together are one strike", () => {
    let state = fly(after(answered(4000)), 3);
    for (const id of state.flights.keys()) state = finish(state, id, { is: "secondary-limit", news: news(4000) }, 2000);
    expect(state).toMatchObject({ strikes: 1, blockedUntilMs: 62_000 });
  });

  test("afterwards one at a time, until one that began later went well", () => {
    const state = struck(1);
    expect(decide(begin(state, wish(), 3000).state, PUBLISHED_LIMITS, wish({ purpose: "live" }), 3000)).toEqual({ do: "wait", untilMs: null, reason: "in-flight" });
    const well = after(answered(3900), 3200, state);
    expect(decide(begin(well, wish(), 3300).state, PUBLISHED_LIMITS, wish(), 3300)).toEqual({ do: "go" });
  });
});

describe("the minute", () => {
  const spend = (count: number, ms: number, over: Partial<Wish> = {}): GovernorState => Array.from({ length: count }).reduce<GovernorState>((state) => {
    const begun = begin(state, wish(over), 1000 - ms);
    return finish(begun.state, begun.flight, answered(4000), 1000);
  }, QUIET_GOVERNOR);

  test("has 900 points for REST, of which backfill leaves a fifth and repair a tenth", () => {
    expect(ask(spend(720, 1))).toEqual({ do: "wait", untilMs: 61_000, reason: "minute-points" });
    expect(ask(spend(719, 1))).toEqual({ do: "go" });
    expect(ask(spend(720, 1), { purpose: "repair" })).toEqual({ do: "go" });
    expect(ask(spend(810, 1), { purpose: "repair" })).toMatchObject({ do: "wait" });
    expect(ask(spend(899, 1), { purpose: "live" })).toEqual({ do: "go" });
    expect(ask(spend(900, 1), { purpose: "live" })).toMatchObject({ do: "wait" });
  });

  test("a write takes five", () => {
    expect(ask(spend(179, 1, { points: 5 }), { purpose: "live", points: 5 })).toEqual({ do: "go" });
    expect(ask(spend(180, 1, { points: 5 }), { purpose: "live", points: 5 })).toMatchObject({ do: "wait" });
  });

  test("has 90 seconds of answering, 60 of them GraphQL's", () => {
    expect(ask(spend(9, 10_000), { purpose: "live" })).toEqual({ do: "wait", untilMs: 61_000, reason: "minute-seconds" });
    const graphql = { api: "graphql", resource: "graphql", purpose: "live" } as const;
    expect(ask(spend(6, 10_000, graphql), graphql)).toMatchObject({ do: "wait", reason: "minute-seconds" });
    expect(ask(spend(6, 10_000, graphql), { purpose: "live" })).toEqual({ do: "go" });
  });
});

test("four at once, the last place for live work", () => {
  const three = fly(after(answered(4000)), 3);
  expect(ask(three)).toEqual({ do: "wait", untilMs: null, reason: "in-flight" });
  expect(ask(three, { purpose: "live" })).toEqual({ do: "go" });
  expect(ask(fly(three, 1), { purpose: "live" })).toEqual({ do: "wait", untilMs: null, reason: "in-flight" });
});

test("what ends twice ends once", () => {
  const begun = begin(QUIET_GOVERNOR, wish(), 0);
  const once = finish(begun.state, begun.flight, answered(10), 100);
  expect(finish(once, begun.flight, answered(9), 200)).toBe(once);
});

describe("whatever GitHub answered", () => {
  const someNews = fc.record({
    resource: fc.constantFrom(null, "core", "graphql"),
    limit: fc.constantFrom(null, 0, 60, 5000),
    remaining: fc.constantFrom(null, 0, 1, 30, 499, 501, 4000),
    resetEpochSeconds: fc.constantFrom(null, 0, DATE_MS / 1000 - 10, DATE_MS / 1000, DATE_MS / 1000 + 900),
    retryAfterSeconds: fc.constantFrom(null, 0, 1, 60),
    dateMs: fc.constantFrom(null, DATE_MS, DATE_MS + 900_000),
  });
  const step = fc.record({ ending: fc.constantFrom<Ending["is"][]>("answered", "primary-limit", "secondary-limit", "no-answer"), news: someNews, api: fc.constantFrom("rest" as const, "graphql" as const), waitMs: fc.nat(100_000), takesMs: fc.nat(12_000), ends: fc.boolean() });
  const reached = fc.array(step, { maxLength: 12 }).map((steps) => {
    let [state, nowMs] = [QUIET_GOVERNOR, 0];
    for (const one of steps) {
      nowMs += one.waitMs;
      const begun = begin(state, wish({ api: one.api, resource: one.api === "rest" ? "core" : "graphql" }), nowMs);
      nowMs += one.takesMs;
      state = one.ends ? finish(begun.state, begun.flight, { is: one.ending, news: one.news }, nowMs) : begun.state;
    }
    return { state, nowMs };
  });

  test("the more urgent goes wherever the less urgent goes", () => {
    fc.assert(
      fc.property(reached, fc.constantFrom("rest" as const, "graphql" as const), fc.integer({ min: 1, max: 50 }), ({ state, nowMs }, api, cost) => {
        const goes = (purpose: Purpose): boolean => decide(state, PUBLISHED_LIMITS, wish({ api, resource: api === "rest" ? "core" : "graphql", purpose, cost }), nowMs).do === "go";
        if (goes("backfill")) expect(goes("repair")).toBe(true);
        if (goes("repair")) expect(goes("live")).toBe(true);
      }),
    );
  });

  test("nobody waits for nothing: for a time to come, or for an answer that is under way", () => {
    fc.assert(
      fc.property(reached, ({ state, nowMs }) => {
        const decision = decide(state, PUBLISHED_LIMITS, wish(), nowMs);
        if (decision.do === "go") return;
        if (decision.untilMs === null) expect(state.flights.size).toBeGreaterThan(0);
        else expect(decision.untilMs).toBeGreaterThan(nowMs);
      }),
    );
  });
});
