import { expect, test } from "@jest/globals";
import { restartDelayMs } from "./restart-policy.ts";

const now = 1_000_000;

test.each([
  ["the first death: almost at once", [now], 250],
  ["the second within a minute", [now - 5000, now], 500],
  ["the fourth within a minute", [now - 3000, now - 2000, now - 1000, now], 2000],
  ["one that keeps dying waits no longer than this", Array.from({ length: 30 }, () => now), 15_000],
  ["deaths of long ago are forgotten", [now - 200_000, now - 100_000, now - 60_000, now], 250],
])("%s", (_name, deaths, expected) => {
  expect(restartDelayMs(deaths, now)).toBe(expected);
});
