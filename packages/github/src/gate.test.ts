/** The gate under load, against an oracle that counts every overstepping of GitHub's published limits. Hours pass in no time. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { makeLimitOracle, type LimitOracle } from "../test/limit-oracle.ts";
import { makeVirtualTime, type VirtualTime } from "../test/virtual-time.ts";
import { makeGate, type Gate } from "./gate.ts";
import type { Ending } from "./governor.ts";
import { type Api, PUBLISHED_LIMITS, type Purpose } from "./limits.ts";
import { NO_NEWS } from "./rate-news.ts";

const SLEEPLESS = new AbortController().signal;
type Load = { readonly api: Api; readonly purpose: Purpose; readonly cost: number; readonly points: number; readonly upMs: number; readonly workMs: number; readonly downMs: number; readonly fate: "well" | "free" | "lost" | "secondary" };
type World = { readonly time: VirtualTime; readonly gate: Gate; readonly oracle: LimitOracle };

function world(hourly: Readonly<Record<string, number>>, epochMs = 1_800_000_123_456): World {
  const time = makeVirtualTime(777);
  return { time, gate: makeGate(PUBLISHED_LIMITS, time), oracle: makeLimitOracle({ epochMs, hourly }) };
}

/** One request through the gate to the oracle and back; says how long it waited. */
async function request({ time, gate, oracle }: World, load: Load, patientUntilMs = Number.POSITIVE_INFINITY): Promise<number> {
  const askedMs = time.nowMs();
  const resource = load.api === "rest" ? "core" : "graphql";
  const ticket = await gate.enter({ api: load.api, resource, purpose: load.purpose, cost: load.cost, points: load.points, patientUntilMs });
  const waitedMs = time.nowMs() - askedMs;
  const asked = { api: load.api, resource, points: load.points, cost: load.fate === "free" ? 0 : load.cost };
  await time.sleep(load.upMs, SLEEPLESS);
  const is = oracle.arrive(asked, time.nowMs());
  await time.sleep(load.workMs, SLEEPLESS);
  const news = oracle.leave(asked, time.nowMs());
  await time.sleep(load.downMs, SLEEPLESS);
  const ending: Ending = load.fate === "lost" ? { is: "no-answer", news: NO_NEWS } : { is: load.fate === "secondary" && is === "answered" ? "secondary-limit" : is, news };
  ticket.end(ending);
  return waitedMs;
}

const someLoad = fc.record({
  api: fc.constantFrom<Api>("rest", "graphql"),
  // Only live work goes to the very edge.
  purpose: fc.constantFrom<Purpose>("live", "live", "live", "live", "repair", "backfill"),
  cost: fc.constant(1),
  points: fc.constantFrom(1, 1, 1, 5),
  // Quick ones overtake slow ones, on both ways.
  upMs: fc.constantFrom(0, 5, 400),
  workMs: fc.constantFrom(5, 20, 300, 3000),
  downMs: fc.constantFrom(0, 5, 900),
  fate: fc.oneof({ weight: 40, arbitrary: fc.constant<Load["fate"]>("well") }, { weight: 8, arbitrary: fc.constantFrom<Load["fate"]>("free", "lost") }, { weight: 1, arbitrary: fc.constant<Load["fate"]>("secondary") }),
});

describe("the gate", () => {
  test("never oversteps a published limit, whatever comes back and however late, and everything gets through", async () => {
    const property = fc.asyncProperty(fc.array(someLoad, { minLength: 1, maxLength: 150, size: "max" }), fc.integer({ min: 8, max: 25 }), fc.nat(3_600_000), async (loads, hourly, phaseMs) => {
      const here = world({ core: hourly, graphql: hourly }, 1_800_000_000_000 + phaseMs);
      await here.time.run(Promise.all(loads.map((load) => request(here, load))));
      expect(here.oracle.violations).toEqual([]);
    });
    // One that was lost at the turn of the hour, beside others that were answered after it.
    await fc.assert(property, { seed: -629592991, path: "125", numRuns: 126, endOnFailure: true });
    await fc.assert(property, { numRuns: 100, endOnFailure: true });
  }, 240_000);

  test("another process may spend of the same budget: then at most those under way are refused, once an hour", async () => {
    const here = world({ core: 200, graphql: 200 });
    const load: Load = { api: "rest", purpose: "live", cost: 1, points: 1, upMs: 20, workMs: 50, downMs: 20, fate: "well" };
    const thief = (async () => {
      await here.time.sleep(3000, SLEEPLESS);
      here.oracle.spendElsewhere("core", 150, here.time.nowMs());
    })();
    await here.time.run(Promise.all([thief, ...Array.from({ length: 300 }, () => request(here, load))]));
    expect(here.oracle.violations.length).toBeLessThanOrEqual(PUBLISHED_LIMITS.inFlight);
  });

  test.each<[Api, number, number]>([
    ["rest", 1, 150],
    ["graphql", 2, 900],
  ])("spends the hour of %s but for the reserve, and does not idle", async (api, cost, workMs) => {
    const here = world({ core: 5000, graphql: 5000 });
    const endMs = here.time.nowMs() + 3_590_000;
    const load: Load = { api, purpose: "backfill", cost, points: 1, upMs: 20, workMs, downMs: 20, fate: "well" };
    const worker = async (): Promise<void> => {
      while (here.time.nowMs() < endMs) await request(here, load, endMs).catch(() => here.time.sleep(endMs - here.time.nowMs(), SLEEPLESS));
    };
    await here.time.run(Promise.all(Array.from({ length: 6 }, worker)));
    expect(here.oracle.violations).toEqual([]);
    expect(here.oracle.spent()).toBeGreaterThan(4500 - 2 * cost);
    expect(here.oracle.spent()).toBeLessThanOrEqual(4500);
  }, 240_000);

  test.each<[Api, number]>([
    ["rest", 900],
    ["graphql", 2000],
  ])("keeps to the points of any minute of %s, and takes them all", async (api, perMinute) => {
    const here = world({ core: 100_000, graphql: 100_000 });
    const load: Load = { api, purpose: "live", cost: 1, points: 1, upMs: 1, workMs: 3, downMs: 1, fate: "well" };
    let left = perMinute * 2 + 10;
    const worker = async (): Promise<void> => {
      for (; left > 0; left -= 1) await request(here, load);
    };
    await here.time.run(Promise.all(Array.from({ length: 6 }, worker)));
    expect(here.oracle.violations).toEqual([]);
    expect(here.time.nowMs()).toBeLessThan(777 + 2 * 64_000);
  }, 240_000);

  test("never has more computed in a minute than GitHub gives, however suddenly answers become slow", async () => {
    const heavy = fc.record({
      api: fc.constantFrom<Api>("rest", "graphql", "graphql"),
      purpose: fc.constantFrom<Purpose>("live", "live", "live", "repair", "backfill"),
      cost: fc.constant(1),
      points: fc.constant(1),
      upMs: fc.constantFrom(0, 5, 400, 2000),
      workMs: fc.constantFrom(5, 300, 2000, 9000),
      downMs: fc.constantFrom(0, 5),
      fate: fc.constantFrom<Load["fate"]>("well", "well", "well", "free", "lost"),
    });
    const property = fc.asyncProperty(fc.array(heavy, { minLength: 30, maxLength: 120, size: "max" }), async (loads) => {
      const here = world({ core: 100_000, graphql: 100_000 });
      await here.time.run(Promise.all(loads.map((load) => request(here, load))));
      expect(here.oracle.violations).toEqual([]);
    });
    await fc.assert(property, { numRuns: 60, endOnFailure: true });
  }, 240_000);

  test("live work goes at once while backfill takes all it may", async () => {
    const here = world({ core: 5000, graphql: 5000 });
    const backfill: Load = { api: "rest", purpose: "backfill", cost: 1, points: 1, upMs: 20, workMs: 60, downMs: 20, fate: "well" };
    const endMs = here.time.nowMs() + 300 * 7000;
    const worker = async (): Promise<void> => {
      while (here.time.nowMs() < endMs) await request(here, backfill, here.time.nowMs() + 60_000).catch(() => here.time.sleep(60_000, SLEEPLESS));
    };
    const waits: number[] = [];
    const live = async (): Promise<void> => {
      for (let count = 0; count < 300; count += 1) {
        await here.time.sleep(7000, SLEEPLESS);
        waits.push(await request(here, { ...backfill, purpose: "live" }));
      }
    };
    await here.time.run(Promise.all([live(), worker(), worker(), worker(), worker(), worker()]));
    expect(here.oracle.violations).toEqual([]);
    expect(Math.max(...waits)).toBe(0);
  }, 240_000);

  test("whoever waits longer than it can is told when to come again", async () => {
    const here = world({ core: 10, graphql: 10 });
    const load: Load = { api: "rest", purpose: "backfill", cost: 1, points: 1, upMs: 0, workMs: 10, downMs: 0, fate: "well" };
    const outcomes = await here.time.run(Promise.allSettled(Array.from({ length: 12 }, () => request(here, load, 10_777))));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(9);
    expect(outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []))).toEqual(Array.from({ length: 3 }, () => expect.objectContaining({ code: "github-budget", retryable: true, retryAfterSeconds: expect.any(Number) })));
  });

  test("who waits only for an answer is not kept beyond its patience", async () => {
    const here = world({ core: 10, graphql: 10 });
    const slow: Load = { api: "rest", purpose: "live", cost: 1, points: 1, upMs: 0, workMs: 50_000, downMs: 0, fate: "well" };
    const [, second] = await here.time.run(Promise.allSettled([request(here, slow), request(here, slow, 5777)]));
    expect(second).toMatchObject({ status: "rejected", reason: { code: "github-budget" } });
  });

  test("the most urgent first, others in their order", async () => {
    const here = world({ core: 5000, graphql: 5000 });
    const order: string[] = [];
    const one = (name: string, purpose: Purpose): Promise<unknown> => request(here, { api: "rest", purpose, cost: 1, points: 1, upMs: 0, workMs: 100, downMs: 0, fate: "well" }).then(() => order.push(name));
    const names: readonly (readonly [string, Purpose])[] = [["first", "backfill"], ["b1", "backfill"], ["b2", "backfill"], ["b3", "backfill"], ["r", "repair"], ["l", "live"]];
    await here.time.run(Promise.all(names.map(([name, purpose]) => one(name, purpose))));
    expect(order).toEqual(["first", "l", "r", "b1", "b2", "b3"]);
  });

  test("stops waiting when its caller stops, and the others go on", async () => {
    const here = world({ core: 5000, graphql: 5000 });
    const stop = new AbortController();
    const wish = { api: "rest", resource: "core", purpose: "live", cost: 1, points: 1, patientUntilMs: Number.POSITIVE_INFINITY } as const;
    const first = await here.gate.enter(wish);
    const second = here.gate.enter(wish, stop.signal);
    const third = here.gate.enter(wish);
    stop.abort();
    await expect(second).rejects.toMatchObject({ code: "github-stopped" });
    await expect(here.gate.enter(wish, stop.signal)).rejects.toMatchObject({ code: "github-stopped" });
    first.end({ is: "no-answer", news: NO_NEWS });
    await third;
    expect(here.gate.state().flights.size).toBe(1);
  });
});
