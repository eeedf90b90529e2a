import { expect, test } from "@jest/globals";
import { NEW_CANARY, type CanaryState } from "./canary.ts";
import { figuresOf } from "./check-figures.ts";
import { newCoverage, type Coverage } from "./coverage.ts";

const coverage = (change: Partial<Coverage>): Coverage => ({ ...newCoverage({ org: "octo", repository: null }, "organization", "team", "2026-11-21T00:00:00Z"), ...change });
const canary = (health: CanaryState["health"]): { state: CanaryState } => ({ state: { ...NEW_CANARY, health } });

test("what settles lacks, but is not overdue; what is repaired is", () => {
  const coverages = [
    coverage({ expected: 600, stored: 600, missing: 0, stale: 0, status: "complete" }),
    coverage({ expected: 300, stored: 0, missing: 300, stale: 0, status: "settling" }),
    coverage({ expected: 100, stored: 60, missing: 40, stale: 10, status: "repairing" }),
  ];
  expect(figuresOf({ coverages })).toEqual({ completeness_percent: 65, overdue_percent: 5, stuck: 0, cannot_see: 0 });
});

test("a hundred percent only where nothing at all lacks", () => {
  const all = coverage({ expected: 10_000_000, stored: 10_000_000, missing: 0, stale: 0, status: "complete" });
  expect(figuresOf({ coverages: [all] })).toMatchObject({ completeness_percent: 100, overdue_percent: 0 });
  expect(figuresOf({ coverages: [all, coverage({ expected: 1, missing: 1, status: "stuck" })] })).toEqual({ completeness_percent: 99.9999, overdue_percent: 0, stuck: 1, cannot_see: 0 });
});

test("what cannot be seen is counted by itself, and where nothing can be counted nothing is known to be there", () => {
  const blind = coverage({ status: "cannot-see" });
  expect(figuresOf({ coverages: [blind] })).toEqual({ completeness_percent: 0, overdue_percent: 100, stuck: 0, cannot_see: 1 });
  expect(figuresOf({ coverages: [] })).toMatchObject({ completeness_percent: 0, overdue_percent: 100 });
  expect(figuresOf({ coverages: [blind, coverage({ expected: 0, missing: 0, status: "complete" })] })).toMatchObject({ completeness_percent: 100, overdue_percent: 0, cannot_see: 1 });
});

test("hooks that are silent, of a check of the canary only", () => {
  expect(figuresOf({ canary: [canary("well"), canary("silent"), canary("waiting"), canary("cannot-ask")] })).toEqual({ silent_hooks: 1 });
  expect(figuresOf({ canary: [] })).toEqual({ silent_hooks: 0 });
  expect(figuresOf({})).toEqual({});
});
