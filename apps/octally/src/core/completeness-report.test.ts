import { expect, test } from "@jest/globals";
import { ageText, completenessFindings, completenessLine, percent, sameTotals } from "./completeness-report.ts";

const NOW = "2026-11-21T12:00:00Z";
test("a share that is not whole is never shown as whole", () => {
  expect([percent(1), percent(0.999_999), percent(0.5), percent(null)]).toEqual(["100 %", "99.99 %", "50.00 %", "-"]);
});

test("the line of status", () => {
  const total = { org: "octo", expected: 1260, stored: 1259, missing: 2, surplus: 1, stale: 0, status: "settling", checked_at: "2026-11-21T11:48:00Z" } as const;
  expect(completenessLine([total], NOW)).toBe("Completeness: 99.84 % of 1,260 things (2 missing, 1 surplus), settling, checked 12 min ago");
  expect(completenessLine([{ ...total, missing: 0, surplus: 0, status: "complete" }], NOW)).toBe("Completeness: 100 % of 1,260 things, complete, checked 12 min ago");
  expect(completenessLine([{ ...total, missing: 0, surplus: 0, status: "not-countable" }], NOW)).toBe("Completeness: 100 % of 1,260 things, complete, checked 12 min ago");
  expect(completenessLine([], NOW)).toMatch(/not checked yet/);
  expect([ageText("2026-11-21T09:00:00Z", NOW), ageText("2026-11-01T12:00:00Z", NOW)]).toEqual(["3 h", "20 days"]);
});

test("what waits for a person is a problem, what is looked into is not", () => {
  const total = { org: "octo", expected: 10, stored: 9, missing: 1, surplus: 0, stale: 0, status: "settling", checked_at: "2026-11-21T11:48:00Z" } as const;
  const findings = (status: "settling" | "stuck" | "cannot-see"): boolean | undefined => completenessFindings([{ ...total, status }], NOW)[0]?.ok;
  expect([findings("settling"), findings("stuck"), findings("cannot-see")]).toEqual([true, false, false]);
  expect(sameTotals([total], [{ ...total, checked_at: NOW, expected: 11, stored: 10 }])).toBe(true);
  expect(sameTotals([total], [{ ...total, missing: 2 }])).toBe(false);
});
