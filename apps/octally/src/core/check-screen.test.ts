import { expect, test } from "@jest/globals";
import { newCoverage, type Coverage } from "@octally/integrity-checker/core/coverage";
import { countedTable, hintsOf, openLines, openOnes, summaryOf, uncountedTable } from "./check-screen.ts";

const NOW = "2026-11-21T12:00:00Z";
const hello = { org: "octo", repository: { id: 7, name_with_owner: "octo/hello" } };
const of = (kind: string, more: Partial<Coverage>): Coverage => ({ ...newCoverage(hello, "repository", kind, NOW), missing: 0, surplus: 0, stale: 0, ...more });

const coverages: readonly Coverage[] = [
  of("issue", { expected: 1200, stored: 1198, missing: 2, status: "settling", incomplete_since: "2026-11-21T11:00:00Z", reason: "Deliveries are coming in." }),
  of("star", { expected: 50, stored: 50, status: "complete" }),
  of("label", { expected: 10, stored: 11, surplus: 1, status: "stuck", incomplete_since: "2026-11-19T12:00:00Z", reason: "3 inventories did not mend it." }),
  of("fork", { expected: 0, stored: 0, status: "complete" }),
  of("dependabot-alert", { stored: 4, missing: null, surplus: null, stale: null, status: "cannot-see", permission: "vulnerability_alerts=read", reason: "Resource not accessible.", incomplete_since: "2026-11-21T09:00:00Z" }),
  of("issue-comment", { stored: 300, status: "not-countable", reason: "One by one.", audited_at: "2026-11-20T12:00:00Z" }),
  of("check-run", { stored: 12, missing: null, surplus: null, stale: null, status: "not-countable" }),
];

test("what GitHub counts: what differs stands out, what is nowhere is left out", () => {
  expect(countedTable(coverages).split("\n")).toEqual([
    "kind   GitHub  stored  missing  surplus  stale  complete in",
    "issue   1,200   1,198        2                       0 of 1",
    "star       50      50                                1 of 1",
    "label      10      11                 1              0 of 1",
  ]);
});

test("what GitHub does not count: in how many places it was compared", () => {
  expect(uncountedTable(coverages, new Set(["check-run"])).split("\n")).toEqual([
    "kind              stored  missing  surplus  stale  compared in",
    "dependabot-alert       4                                hidden",
    "issue-comment        300                                1 of 1",
    "check-run             12                             cannot be",
  ]);
});

test("what is not right, worst first, with its age and what is to be done", () => {
  expect(openLines(openOnes(coverages, NOW), NOW, 61)).toEqual([
    "stuck       octo/hello label: 11 of 10, 1 surplus, for 2 days",
    "            3 inventories did not mend it.",
    "cannot-see  octo/hello dependabot-alert: 4 stored, for 3 h",
    "            It needs vulnerability_alerts=read. Resource not",
    "            accessible.",
    "settling    octo/hello issue: 1,198 of 1,200, 2 missing, for",
    "            60 min",
    "            Deliveries are coming in.",
  ]);
});

test("a reason that several in a row have is said once; a difference of this minute is seen just now", () => {
  const more = { missing: 1, status: "settling", incomplete_since: NOW, reason: "Too early." } as const;
  expect(openLines([of("issue", { expected: 2, stored: 1, ...more }), of("star", { expected: 5, stored: 4, ...more }), of("fork", { expected: 1, ...more, reason: "Another." })], NOW, 80)).toEqual([
    "settling    octo/hello issue: 1 of 2, 1 missing, seen just now",
    "            Too early.",
    "settling    octo/hello star: 4 of 5, 1 missing, seen just now",
    "settling    octo/hello fork: 0 of 1, 1 missing, seen just now",
    "            Another.",
  ]);
});

test("one sentence, and what the statuses in it mean", () => {
  expect(summaryOf(coverages)).toBe("99.84 % of the 1,260 things that GitHub counts are here, 2 missing, 1 surplus, 1 stuck, 1 cannot-see, 1 settling.");
  expect(summaryOf([coverages[1]!, of("review", { stored: 4, missing: 6, status: "repairing" })])).toBe("100 % of the 50 things that GitHub counts are here, 6 differ of what GitHub does not count, 1 repairing.");
  expect(summaryOf([coverages[1]!])).toBe("100 % of the 50 things that GitHub counts are here.");
  expect(hintsOf(coverages).map((hint) => hint.split(":")[0])).toEqual(["settling", "cannot-see", "stuck"]);
  expect(hintsOf([coverages[1]!])).toEqual([]);
});
