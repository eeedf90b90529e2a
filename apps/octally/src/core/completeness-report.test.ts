import { expect, test } from "@jest/globals";
import { newCoverage, type Coverage } from "@octally/integrity-checker/core/coverage";
import { ageText, completenessLine, kindRows, openRows, percent, summaryOf } from "./completeness-report.ts";

const NOW = "2026-11-21T12:00:00Z";
const hello = { org: "octo", repository: { id: 7, name_with_owner: "octo/hello" } };
const of = (kind: string, more: Partial<Coverage>): Coverage => ({ ...newCoverage(hello, "repository", kind, NOW), missing: 0, surplus: 0, stale: 0, ...more });

const coverages: readonly Coverage[] = [
  of("issue", { expected: 1200, stored: 1198, missing: 2, status: "settling", incomplete_since: "2026-11-21T11:00:00Z", reason: "Deliveries are coming in." }),
  of("star", { expected: 50, stored: 50, status: "complete" }),
  of("label", { expected: 10, stored: 11, surplus: 1, status: "stuck", incomplete_since: "2026-11-19T12:00:00Z", reason: "3 inventories did not mend it." }),
  of("dependabot-alert", { stored: 4, missing: null, surplus: null, stale: null, status: "cannot-see", permission: "vulnerability_alerts=read", reason: "Resource not accessible.", incomplete_since: "2026-11-21T09:00:00Z" }),
  of("issue-comment", { stored: 300, status: "not-countable", reason: "One by one." }),
];

test("what is not right, worst first, with its age and what is to be done", () => {
  expect(openRows(coverages, NOW)).toEqual([
    ["octo/hello", "label", "10", "11", "0", "1", "0", "stuck", "2 days", "3 inventories did not mend it."],
    ["octo/hello", "dependabot-alert", "-", "4", "-", "-", "-", "cannot-see", "3 h", "needs vulnerability_alerts=read. Resource not accessible."],
    ["octo/hello", "issue", "1,200", "1,198", "2", "0", "0", "settling", "60 min", "Deliveries are coming in."],
  ]);
});

test("the kinds, and what GitHub does not count", () => {
  expect(kindRows(coverages)).toEqual([
    ["issue", "1,200", "1,198", "2", "0", "0", "0 of 1"],
    ["star", "50", "50", "0", "0", "0", "1 of 1"],
    ["label", "10", "11", "0", "1", "0", "0 of 1"],
    ["dependabot-alert", "-", "4", "0", "0", "0", "hidden"],
    ["issue-comment", "-", "300", "0", "0", "0", "not counted by GitHub"],
  ]);
});

test("one sentence", () => {
  expect(summaryOf(coverages)).toBe("99.84 % of the 1,260 things that GitHub counts are here, 2 missing, 1 surplus, 1 stuck, 1 cannot-see, 1 settling.");
  expect(summaryOf([coverages[1]!, of("review", { stored: 4, missing: 6, status: "repairing" })])).toBe("100 % of the 50 things that GitHub counts are here, 6 differ of what GitHub does not count, 1 repairing.");
  expect(summaryOf([coverages[1]!])).toBe("100 % of the 50 things that GitHub counts are here.");
});

test("a share that is not whole is never shown as whole", () => {
  expect([percent(1), percent(0.999_999), percent(0.5), percent(null)]).toEqual(["100 %", "99.99 %", "50.00 %", "-"]);
});

test("the line of status", () => {
  const total = { org: "octo", expected: 1260, stored: 1259, missing: 2, surplus: 1, stale: 0, status: "settling", checked_at: "2026-11-21T11:48:00Z" } as const;
  expect(completenessLine([total], NOW)).toBe("Completeness: 99.84 % of 1,260 things (2 missing, 1 surplus), settling, checked 12 min ago");
  expect(completenessLine([{ ...total, missing: 0, surplus: 0, status: "complete" }], NOW)).toBe("Completeness: 100 % of 1,260 things, complete, checked 12 min ago");
  expect(completenessLine([], NOW)).toMatch(/not checked yet/);
  expect([ageText("2026-11-21T09:00:00Z", NOW), ageText("2026-11-01T12:00:00Z", NOW)]).toEqual(["3 h", "20 days"]);
});
