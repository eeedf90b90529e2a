import { expect, test } from "@jest/globals";
import { budgetsOf, leastLeftPercent } from "./budgets.ts";
import type { Window } from "./window.ts";

const open = (limit: number, remaining: number, resetsAtMs: number): Window => ({ is: "open", limit, remaining, resetsAtMs, resetEpochSeconds: null });

test("the hourly budgets that are known, and have not ended", () => {
  const windows = { core: open(5000, 1200, 2000), graphql: open(5000, 99, 1000), search: open(30, 0, 2000), other: { is: "unlimited" } as const };
  expect(budgetsOf({ windows }, 999).map(({ resource, remaining }) => [resource, remaining])).toEqual([["core", 1200], ["graphql", 99]]);
  expect(budgetsOf({ windows }, 1000).map(({ resource }) => resource)).toEqual(["core"]);
  expect(budgetsOf({ windows: { core: { is: "unlimited" } } }, 0)).toEqual([]);
});

test("the scarcest, rounded down: 0 only when nothing is left to speak of", () => {
  expect(leastLeftPercent([{ resource: "core", limit: 5000, remaining: 1200 }, { resource: "graphql", limit: 5000, remaining: 99 }])).toBe(1);
  expect(leastLeftPercent([{ resource: "core", limit: 5000, remaining: 5000 }])).toBe(100);
  expect(leastLeftPercent([])).toBeUndefined();
});
