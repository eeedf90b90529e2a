import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { kinds } from "@octally/model/registry";
import { planAudit, sliceOf } from "./audit-slice.ts";
import { newCoverage, type Coverage } from "./coverage.ts";
import { coverageId } from "./place.ts";

const day = (number: number): string => new Date(Date.parse("2026-11-20T05:00:00Z") + number * 86_400_000).toISOString();
const all = Array.from({ length: 300 }, (_, id): Coverage => ({ ...newCoverage({ org: "octo", repository: { id, name_with_owner: `octo/r${id}` } }, "repository", "issue", day(0)), expected: 5, stored: 5, status: "complete", audited_at: day(-1) }));
const names = (coverages: readonly Coverage[]): readonly string[] => coverages.map((coverage) => coverageId(coverage, coverage.kind));

test("in thirty days everything has its turn, once, about a thirtieth a day", () => {
  let known: readonly Coverage[] = all;
  const turns = Array.from({ length: 30 }, (_, number) => {
    const today = new Set(names(planAudit(kinds, known, { now: day(number), days: 30, full: false })));
    known = known.map((coverage) => (today.has(coverageId(coverage, "issue")) ? { ...coverage, audited_at: day(number) } : coverage));
    return [...today];
  });
  expect(turns.flat().toSorted()).toEqual(names(all).toSorted());
  expect(Math.max(...turns.map(({ length }) => length))).toBeLessThan(25);
});

test("twice on one day it names none twice; a missed day is made up for", () => {
  const first = planAudit(kinds, all, { now: day(3), days: 30, full: false });
  const done = new Set(names(first));
  expect(planAudit(kinds, all.map((coverage) => (done.has(coverageId(coverage, "issue")) ? { ...coverage, audited_at: day(3) } : coverage)), { now: day(3), days: 30, full: false })).toEqual([]);
  expect(names(planAudit(kinds, all, { now: day(10), days: 30, full: false })).length).toBeGreaterThan(first.length * 2);
});

test("nothing is compared where there is nothing, where one is under way, or where GitHub shows nothing; where GitHub does not count, one has to look", () => {
  const [one] = all as [Coverage];
  const repair = { run: "r", purpose: "repair", ordered_at: day(0) } as const;
  const some: readonly Coverage[] = [{ ...one, expected: 0, stored: 0 }, { ...one, repair }, { ...one, permission: "metadata=read" }, { ...one, kind: "traffic" }, { ...one, kind: "issue-comment", expected: null, stored: 0 }];
  expect(planAudit(kinds, some, { now: day(0), days: 30, full: true }).map(({ kind }) => kind)).toEqual(["issue-comment"]);
});

test("where one repository is hidden the list of all is compared all the same, but not without credentials", () => {
  const listing: Coverage = { ...newCoverage({ org: "octo", repository: null }, "organization", "repository", day(0)), stored: 5, status: "cannot-see", permission: "metadata=read" };
  const asked = { now: day(0), days: 30, full: true };
  expect(planAudit(kinds, [listing], asked)).toEqual([listing]);
  expect(planAudit(kinds, [{ ...listing, permission: "valid credentials" }, { ...listing, kind: "team" }], asked)).toEqual([]);
});

test("what was never audited waits for its day", () => {
  const fresh = all.map((coverage) => ({ ...coverage, audited_at: null }));
  const turns = Array.from({ length: 30 }, (_, number) => names(planAudit(kinds, fresh, { now: day(number), days: 30, full: false })));
  expect(turns.flat().toSorted()).toEqual(names(all).toSorted());
});

test("slices do not change from run to run, nor with what else there is", () => {
  expect([sliceOf("7:issue", 30), sliceOf("8:issue", 30), sliceOf("org:octo:member", 30)]).toEqual([3, 19, 3]);
});

test("whenever the checks run, each list is compared at least once in thirty days and the days that were missed", () => {
  const few = all.slice(0, 15);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 40, maxLength: 60 }), fc.integer({ min: 1, max: 45 }), (gaps, days) => {
      const last = new Map(names(few).map((name) => [name, 0]));
      let now = 0;
      for (const gap of gaps) {
        now += gap;
        const known = few.map((coverage) => ({ ...coverage, audited_at: day(last.get(coverageId(coverage, "issue")) ?? 0) }));
        for (const name of names(planAudit(kinds, known, { now: day(now), days, full: false }))) last.set(name, now);
        expect(now - Math.min(...last.values())).toBeLessThanOrEqual(days + 6);
      }
    }),
    { numRuns: 15 },
  );
});

test("what a day costs is even, in an organisation with few large and many small lists, but for a list that is large by itself", () => {
  const listed = kinds.filter(({ sources: { inventory } }) => inventory.by !== "nothing").map(({ name }) => name);
  const size = (repository: number): number => Math.ceil(20_000 / (repository + 1));
  const lists = Array.from({ length: 200 }, (_, id) => listed.map((kind): Coverage => ({ ...newCoverage({ org: "octo", repository: { id, name_with_owner: `octo/r${id}` } }, "repository", kind, day(0)), expected: size(id), stored: size(id), audited_at: day(-1) }))).flat();
  const requestsOf = ({ expected }: Coverage): number => Math.ceil((expected ?? 0) / 100);
  const costs = Array.from({ length: 30 }, (_, number) => planAudit(kinds, lists.map((one) => ({ ...one, audited_at: day(number - 1) })), { now: day(number), days: 30, full: false }).reduce((sum, one) => sum + requestsOf(one), 0));
  const total = lists.reduce((sum, one) => sum + requestsOf(one), 0);
  expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(total);
  expect(Math.max(...costs)).toBeLessThan((total / 30) * 1.5 + 2 * requestsOf(lists[0] as Coverage));
  expect(Math.min(...costs)).toBeGreaterThan((total / 30) * 0.4);
});
