import { expect, test } from "@jest/globals";
import { newCoverage, type Coverage } from "./coverage.ts";
import { completenessOf, isComplete, totalsOf } from "./totals.ts";

const of = (kind: string, more: Partial<Coverage>): Coverage => ({ ...newCoverage({ org: "octo", repository: { id: 1, name_with_owner: "octo/hello" } }, "repository", kind, "2026-11-21T12:00:00Z"), status: "complete", missing: 0, surplus: 0, stale: 0, ...more });
const coverages = [of("issue", { expected: 100, stored: 99, missing: 1, status: "settling" }), of("star", { expected: 50, stored: 50 }), of("review", { stored: 4, missing: 60, stale: 2, status: "repairing" })];

test("the sum of everything is of what GitHub counts; that something else differs its status tells", () => {
  const total = totalsOf(coverages).find(({ coverage }) => coverage.kind === "*")!;
  expect(total.coverage).toMatchObject({ org: "octo", expected: 150, stored: 153, missing: 1, surplus: 0, stale: 0, status: "repairing" });
  expect(completenessOf(total.coverage)).toBeCloseTo(149 / 150);
  expect(isComplete([total.coverage])).toBe(false);
});

test("is complete where nothing that is known lacks", () => {
  const total = totalsOf([of("star", { expected: 50, stored: 50 }), of("review", { stored: 4, status: "not-countable", reason: "One by one." })]).find(({ coverage }) => coverage.kind === "*");
  expect(total?.coverage).toMatchObject({ status: "complete", reason: null });
});

test("each kind by itself tells all that is known of it", () => {
  expect(totalsOf(coverages).find(({ coverage }) => coverage.kind === "review")?.coverage).toMatchObject({ expected: null, stored: 4, missing: 60, stale: 2, status: "repairing" });
});

test("it is whole only where nothing lacks", () => {
  expect([completenessOf({ expected: 10_000_000, missing: 1, stale: 0 }), completenessOf({ expected: 5, missing: 0, stale: 0 }), completenessOf({ expected: null, missing: 3, stale: 0 })]).toEqual([0.999_999, 1, null]);
});
