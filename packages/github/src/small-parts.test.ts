import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { makeForwardClock, sleepFor } from "./clock.ts";
import { nextLink } from "./link-header.ts";
import { parseRateNews } from "./rate-news.ts";
import { planRetry } from "./retry.ts";

describe("the clock", () => {
  test("goes on while a Lambda is frozen, and never back", () => {
    let [monotonic, wall] = [5, 1_000_000];
    const now = makeForwardClock(() => monotonic, () => wall);
    monotonic += 100;
    wall += 100;
    expect(now()).toBe(100);
    wall += 3_600_000;
    expect(now()).toBe(3_600_100);
    wall -= 7_200_000;
    monotonic += 50;
    expect(now()).toBe(3_600_150);
  });

  test("a sleep ends when it is stopped", async () => {
    const stop = new AbortController();
    const slept = sleepFor(1e12, stop.signal);
    stop.abort();
    await slept;
    await sleepFor(1e12, stop.signal);
    await sleepFor(1, new AbortController().signal);
  });
});

describe("the next page", () => {
  test.each([
    ['<https://a/?page=2>; rel="next", <https://a/?page=9>; rel="last"', "https://a/?page=2"],
    ['<https://a/?page=1>; rel="prev", <https://a/?after=x,y;z>; rel="next"', "https://a/?after=x,y;z"],
    ["<https://a/2>; rel=next", "https://a/2"],
    ['<https://a/2>; title="rel=\\"next\\""; rel="last"', null],
    ['<https://a/1>; rel="prev"', null],
    ["", null],
    [undefined, null],
  ])("of %j is %j", (header, url) => {
    expect(nextLink(header)).toBe(url);
  });

  test("of anything is a URL or nothing", () => {
    fc.assert(fc.property(fc.string(), (header) => expect(["string", "object"]).toContain(typeof nextLink(header))));
  });
});

test("retry-after is seconds or a date on GitHub's clock; nonsense is nothing", () => {
  const date = "Sun, 22 Nov 2026 10:00:00 GMT";
  expect(parseRateNews({ date, "retry-after": "Sun, 22 Nov 2026 10:01:30 GMT" }).retryAfterSeconds).toBe(90);
  expect(parseRateNews({ date, "retry-after": "60" }).retryAfterSeconds).toBe(60);
  expect(parseRateNews({ date: "x", "retry-after": "-1", "x-ratelimit-remaining": "many" })).toMatchObject({ dateMs: null, retryAfterSeconds: null, remaining: null });
});

test("a retry is never past the deadline, and there are four attempts", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.nat(100_000), fc.nat(100_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, nowMs, leftMs, chance) => {
      const retry = planRetry(attempt, nowMs, nowMs + leftMs, chance);
      if (retry.do === "give-up") expect(retry.retryAfterSeconds).toBeGreaterThan(0);
      else expect([attempt < 4, nowMs + retry.afterMs < nowMs + leftMs, retry.afterMs <= 8000]).toEqual([true, true, true]);
    }),
  );
});
