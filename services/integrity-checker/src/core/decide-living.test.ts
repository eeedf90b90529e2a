/** Kinds that no webhook tells: every inventory finds what was made since the one before. */
import { expect, test } from "@jest/globals";
import type { Expected } from "./count-answer.ts";
import { newCoverage, type Coverage } from "./coverage.ts";
import { decideCoverage, type Report } from "./decide-coverage.ts";

const at = (hours: number): string => new Date(Date.parse("2026-11-20T00:00:00Z") + hours * 3_600_000).toISOString();
const uncounted: Expected = { is: "not-countable", reason: "One issue at a time." };
const place = { org: "octo", repository: { id: 7, name_with_owner: "octo/hello" } };
const audited: Coverage = { ...newCoverage(place, "repository", "timeline-event", at(0)), repair: { run: "r", purpose: "audit", ordered_at: at(0) } };

type Look = { readonly missing: number; readonly listed?: number; readonly stored: number; readonly stale?: number };

/** A check every hour until all inventories were looked at: what each found, how many GitHub listed, what is stored then. Gives the last state of each. */
function play(looks: readonly Look[]): readonly Coverage["status"][] {
  let coverage = audited;
  let hour = 0;
  return looks.map(({ missing, listed, stored, stale = 0 }) => {
    const report: Report = { is: "done", at: at(hour + 0.5), missing, surplus: 0, stale, ...(listed === undefined ? {} : { listed }) };
    const end = hour + 3;
    for (;;) {
      hour += 1;
      const { coverage: next, order } = decideCoverage(coverage, { expected: uncounted, stored, busy: { loading: false, traffic: false }, report, now: at(hour) });
      coverage = order === null ? next : { ...next, repair: { run: `r${hour}`, purpose: order, ordered_at: at(hour) }, repaired_at: at(hour) };
      if (order !== null || hour >= end) return coverage.status;
    }
  });
}

test("what an inventory found has come when as many are stored as it listed: a second look is enough, though it finds newer ones", () => {
  expect(play([{ missing: 17, listed: 100, stored: 100 }, { missing: 4, listed: 104, stored: 104 }])).toEqual(["repairing", "not-countable"]);
});

test("the first look alone is not believed", () => {
  expect(play([{ missing: 17, listed: 100, stored: 100 }])).toEqual(["repairing"]);
});

test("what does not come is stuck, however many looks there are", () => {
  const never = { missing: 2, listed: 100, stored: 98 };
  expect(play([never, never, never, never])).toEqual(["repairing", "repairing", "repairing", "stuck"]);
  const untold = { missing: 2, stored: 98 };
  expect(play([untold, untold, untold, untold])).toEqual(["repairing", "repairing", "repairing", "stuck"]);
});

test("numbers say nothing of what is old", () => {
  expect(play([{ missing: 1, stale: 1, listed: 100, stored: 100 }, { missing: 1, stale: 1, listed: 100, stored: 100 }])).toEqual(["repairing", "repairing"]);
});

test("what was found and fetched says so while traffic keeps it from being looked at again", () => {
  const found: Coverage = { ...audited, repair: null, missing: 5, incomplete_since: at(0), audited_at: at(0), status: "repairing" };
  const seen = { expected: uncounted, stored: 100, report: undefined, now: at(1) };
  expect(decideCoverage(found, { ...seen, busy: { loading: false, traffic: true } }).coverage).toMatchObject({ status: "settling", reason: expect.stringMatching(/^What was found has been fetched/) });
  expect(decideCoverage({ ...found, expected: 12, missing: 2 }, { ...seen, expected: { is: "counted", count: 102 }, busy: { loading: false, traffic: true } }).coverage).toMatchObject({ status: "settling", reason: "Deliveries are coming in." });
});
