import { expect, test } from "@jest/globals";
import { busiestMinute, mostAtOnce } from "./spans.ts";

test("how many were under way at once: one that begins as another ends does not count twice", () => {
  expect(mostAtOnce([])).toBe(0);
  expect(mostAtOnce([{ startMs: 10, endMs: 20 }, { startMs: 0, endMs: 10 }])).toBe(1);
  expect(mostAtOnce([{ startMs: 12, endMs: 20 }, { startMs: 0, endMs: 15 }, { startMs: 5, endMs: 14 }])).toBe(3);
});

test("the busiest sixty seconds, by what ended in them", () => {
  expect(busiestMinute([])).toBe(0);
  expect(busiestMinute([{ startMs: 0, endMs: 1000 }, { startMs: 60_500, endMs: 60_999 }])).toBe(1499);
  expect(busiestMinute([{ startMs: 0, endMs: 1000 }, { startMs: 60_500, endMs: 61_000 }, { startMs: 100, endMs: 800 }])).toBe(1700);
});
