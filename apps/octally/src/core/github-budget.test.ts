import { expect, test } from "@jest/globals";
import { budgetText, toBudgets } from "./github-budget.ts";

test("the hourly budgets of GitHub's answer", () => {
  const budgets = toBudgets({ resources: { core: { limit: 5000, used: 800, remaining: 4200, reset: 1_792_827_059 }, search: { limit: 30, remaining: 30, reset: 1 }, graphql: { limit: 5000, remaining: 12, reset: 1_792_827_059 } }, rate: {} });
  expect(budgets).toEqual([
    { resource: "core", limit: 5000, remaining: 4200, resets_at: "2026-10-24T07:30:59.000Z" },
    { resource: "graphql", limit: 5000, remaining: 12, resets_at: "2026-10-24T07:30:59.000Z" },
  ]);
  expect(budgetText(budgets)).toBe("left this hour: 4,200 of 5,000 REST requests, 12 of 5,000 GraphQL points");
});

test("a server without limits says nothing", () => {
  expect([toBudgets(null), toBudgets({ message: "Not Found" }), toBudgets({ resources: { core: { limit: 0, remaining: 0, reset: 0 } } })]).toEqual([[], [], []]);
  expect(budgetText([])).toBeUndefined();
});
