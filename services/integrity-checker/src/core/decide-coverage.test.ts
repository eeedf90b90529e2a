import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compareCounts, type Found } from "./compare-counts.ts";
import type { Expected } from "./count-answer.ts";
import { newCoverage, type Coverage } from "./coverage.ts";
import { decideCoverage, RULES, type Report, type Seen } from "./decide-coverage.ts";
import { coverageId } from "./place.ts";

const MINUTE = 60_000;
const START = Date.parse("2026-11-20T00:00:00Z");
const at = (minutes: number): string => new Date(START + minutes * MINUTE).toISOString();
const counted = (count: number): Expected => ({ is: "counted", count });
const QUIET = { loading: false, traffic: false };
const place = { org: "octo", repository: { id: 7, name_with_owner: "octo/hello" } };
const fresh = newCoverage(place, "repository", "issue", at(0));

/** A check every hour; the run of an order is named by the test. */
function play(steps: readonly (Partial<Seen> & { readonly expected: Expected })[], start: Coverage = fresh): readonly (readonly [Coverage["status"], string | null])[] {
  let coverage = start;
  return steps.map((step, hour) => {
    const now = step.now ?? at(hour * 60);
    const { coverage: next, order } = decideCoverage(coverage, { stored: 10, busy: QUIET, report: undefined, ...step, now });
    coverage = order === null ? next : { ...next, repair: { run: "r", purpose: order, ordered_at: now }, repaired_at: now };
    return [coverage.status, order];
  });
}

const done = (hour: number, missing = 0, surplus = 0, stale = 0): Report => ({ is: "done", at: at(hour * 60), missing, surplus, stale });

describe("a difference", () => {
  test("that is seen twice is repaired, once, and is over when the counts agree", () => {
    expect(
      play([
        { expected: counted(12) },
        { expected: counted(12) },
        { expected: counted(12), report: { is: "running", at: at(120) } },
        { expected: counted(12), stored: 12, report: done(2.5, 2) },
        { expected: counted(12), stored: 12 },
      ]),
    ).toEqual([["settling", null], ["repairing", "repair"], ["repairing", null], ["complete", null], ["complete", null]]);
  });

  test("that is gone at the second sight was on its way", () => {
    expect(play([{ expected: counted(12) }, { expected: counted(12), stored: 12 }, { expected: counted(13), stored: 12 }]).map(([status]) => status)).toEqual(["settling", "complete", "settling"]);
  });

  test("that is seen twice within minutes waits", () => {
    expect(play([{ expected: counted(12) }, { expected: counted(12), now: at(1) }, { expected: counted(12), now: at(6) }])).toEqual([["settling", null], ["settling", null], ["repairing", "repair"]]);
  });

  test("while the history is loaded waits for its end, however long", () => {
    const loading = { expected: counted(12), busy: { loading: true, traffic: false } };
    expect(play([...Array.from({ length: 50 }, () => loading), { expected: counted(12), now: at(51 * 60) }]).map(([, order]) => order)).toEqual([...Array.from({ length: 50 }, () => null), "repair"]);
  });

  test("under traffic waits for six hours, no longer", () => {
    const busy = { expected: counted(12), busy: { loading: false, traffic: true } };
    expect(play(Array.from({ length: 7 }, () => busy)).map(([, order]) => order)).toEqual([null, null, null, null, null, null, "repair"]);
  });

  test("that three inventories in vain have not mended is stuck, says why, and is tried once a day", () => {
    const failed = (hour: number): Report => ({ is: "failed", at: at(hour * 60), reason: "GitHub said no" });
    const played = play([{ expected: counted(12) }, { expected: counted(12) }, ...[2, 3, 4].map((hour) => ({ expected: counted(12), report: failed(hour - 0.5) }))]);
    expect(played).toEqual([["settling", null], ["repairing", "repair"], ["repairing", "repair"], ["repairing", "repair"], ["stuck", null]]);
    const stuck: Coverage = { ...fresh, status: "stuck", reason: "GitHub said no", attempts: 3, incomplete_since: at(0), repaired_at: at(180), missing: 2 };
    const later = play(Array.from({ length: 60 }, (_, hour) => ({ expected: counted(12), now: at(240 + hour * 60), report: hour % 2 === 0 ? failed(4 + hour - 0.5) : undefined })), stuck);
    expect(later.filter(([status]) => status !== "stuck")).toEqual([]);
    expect(later.filter(([, order]) => order !== null)).toHaveLength(2);
  });

  test("of which nobody hears again after an inventory was ordered is tried again after three hours", () => {
    expect(play(Array.from({ length: 6 }, () => ({ expected: counted(12) }))).map(([, order]) => order)).toEqual([null, "repair", null, null, null, "repair"]);
  });

  test("an end that is a moment old is looked at once more", () => {
    const steps = [{ expected: counted(12) }, { expected: counted(12) }, { expected: counted(12), report: done(2, 2), now: at(121) }, { expected: counted(12), report: done(2, 2), now: at(126) }];
    expect(play(steps)).toEqual([["settling", null], ["repairing", "repair"], ["repairing", null], ["repairing", "repair"]]);
  });
});

describe("what counts do not show", () => {
  const audited: Coverage = { ...fresh, status: "complete", repair: { run: "a", purpose: "audit", ordered_at: at(0) } };

  test("stale documents that an audit found stay an open difference until an inventory finds none", () => {
    const steps = [
      { expected: counted(10), report: done(0.5, 0, 0, 3) },
      { expected: counted(10), report: done(0.5, 0, 0, 3) },
      { expected: counted(10), report: done(1.5) },
    ];
    expect(play(steps.map((step, hours) => ({ ...step, now: at(60 + hours * 60) })), audited)).toEqual([["repairing", null], ["repairing", "repair"], ["complete", null]]);
  });

  test("kinds that GitHub does not count are known by inventories alone", () => {
    const never: Expected = { is: "not-countable", reason: "GitHub counts comments one issue at a time." };
    const played = play([{ expected: never }, { expected: never, report: done(0.5, 2), now: at(60) }, { expected: never, report: done(0.5, 2), now: at(120) }, { expected: never, report: done(2.5), now: at(180) }], audited);
    expect(played).toEqual([["not-countable", null], ["repairing", null], ["repairing", "repair"], ["not-countable", null]]);
  });

  test("an inventory that could not see them says so, and the next that can takes it back", () => {
    const never: Expected = { is: "not-countable", reason: "One by one." };
    const blind: Report = { is: "blind", at: at(30), permission: "security_events=read", reason: "Forbidden" };
    const { coverage } = decideCoverage(audited, { expected: never, stored: 0, busy: QUIET, report: blind, now: at(60) });
    expect(coverage).toMatchObject({ status: "cannot-see", permission: "security_events=read", missing: null });
    expect(decideCoverage(coverage, { expected: never, stored: 0, busy: QUIET, report: undefined, now: at(120) }).coverage).toMatchObject({ status: "cannot-see", incomplete_since: at(60) });
    const again: Coverage = { ...coverage, repair: { run: "b", purpose: "audit", ordered_at: at(120) } };
    expect(decideCoverage(again, { expected: never, stored: 0, busy: QUIET, report: done(3), now: at(240) }).coverage).toMatchObject({ status: "not-countable", permission: null });
  });
});

describe("an inventory that could not see all", () => {
  const blind: Report = { is: "blind", at: at(150), permission: "organization_projects=read", reason: "gone, or hidden" };

  test("of what GitHub counts is tried again once a day, and over when the counts agree", () => {
    const steps = [{ expected: counted(7) }, { expected: counted(7) }, { expected: counted(7), report: blind }, ...Array.from({ length: 30 }, () => ({ expected: counted(7) })), { expected: counted(10) }];
    const played = play(steps);
    expect(played.slice(0, 4)).toEqual([["settling", null], ["repairing", "repair"], ["cannot-see", null], ["cannot-see", null]]);
    expect(played.filter(([, order]) => order !== null)).toHaveLength(2);
    expect(played.at(-1)).toEqual(["complete", null]);
  });

  test("of what GitHub does not count is tried again once a day; where others of the same permission are seen, at once over", () => {
    const never: Expected = { is: "not-countable", reason: "One by one." };
    const hidden: Coverage = { ...fresh, status: "cannot-see", permission: "actions=read", incomplete_since: at(0), repaired_at: at(0) };
    const hours = (many: number): Parameters<typeof play>[0] => Array.from({ length: many }, () => ({ expected: never }));
    expect(play(hours(20), hidden).filter(([status, order]) => status !== "cannot-see" || order !== null)).toEqual([]);
    expect(play(hours(26), hidden).filter(([, order]) => order === "audit")).toHaveLength(1);
    expect(play([{ expected: { ...never, shown: true } }], hidden)).toEqual([["not-countable", null]]);
  });
});

describe("blindness", () => {
  const hidden: Expected = { is: "cannot-see", permission: "issues=read", reason: "Resource not accessible" };

  test("names the permission, orders nothing, and leaves no number that could be taken for a count", () => {
    const { coverage, order } = decideCoverage({ ...fresh, status: "complete", expected: 10 }, { expected: hidden, stored: 10, busy: QUIET, report: undefined, now: at(60) });
    expect(order).toBeNull();
    expect(coverage).toMatchObject({ status: "cannot-see", permission: "issues=read", expected: null, missing: null, surplus: null, stored: 10, incomplete_since: at(60) });
  });

  test("ends when the permission comes back; what differs then is looked at twice", () => {
    const steps = [{ expected: hidden }, { expected: hidden }, { expected: counted(11) }, { expected: counted(11) }, { expected: counted(10), report: done(3.5, 1) }];
    expect(play(steps)).toEqual([["cannot-see", null], ["cannot-see", null], ["settling", null], ["repairing", "repair"], ["complete", null]]);
  });

  test("a count that GitHub did not give this time changes nothing but the reason", () => {
    const before: Coverage = { ...fresh, status: "complete", expected: 10, stored: 10, checked_at: at(0) };
    expect(decideCoverage(before, { expected: { is: "unknown", reason: "Too slow." }, stored: 9, busy: QUIET, report: undefined, now: at(60) })).toEqual({ coverage: { ...before, stored: 9, reason: "Too slow." }, order: null });
  });
});

/** Hours of one kind in one place: what GitHub says, what is stored, whether anything is on its way, and what an inventory does to it. */
const hour = fc.record({
  expected: fc.nat({ max: 5 }),
  stored: fc.nat({ max: 5 }),
  traffic: fc.boolean(),
  heard: fc.constantFrom("nothing", "running", "done", "failed"),
});
type Hour = { readonly expected: number; readonly stored: number; readonly traffic: boolean; readonly heard: string };

function live(hours: readonly Hour[], minutes = 60): readonly { readonly coverage: Coverage; readonly ordered: boolean; readonly hour: Hour }[] {
  let previous = new Map<string, Coverage>();
  return hours.map((one, index) => {
    const now = at(index * minutes);
    const found: Found = { place, level: "repository", kind: "issue", expected: counted(one.expected), stored: one.stored, busy: { loading: false, traffic: one.traffic } };
    const run = previous.get(coverageId(place, "issue"))?.repair?.run;
    const report: Report | undefined = one.heard === "running" ? { is: "running", at: now } : one.heard === "done" ? done((index - 0.5) * (minutes / 60), 1) : one.heard === "failed" ? { is: "failed", at: at((index - 0.5) * minutes), reason: "no" } : undefined;
    const { coverages, orders } = compareCounts([found], { previous, reports: new Map(run === undefined || report === undefined ? [] : [[run, report]]) }, { now, repair: true, mostRepairs: 10 });
    previous = new Map(coverages.map((coverage) => [coverageId(place, "issue"), coverage]));
    return { coverage: coverages[0]!, ordered: orders.length > 0, hour: one };
  });
}

describe("in every history", () => {
  test("nothing is ordered at the first sight of a difference, nor without one", () => {
    fc.assert(
      fc.property(fc.array(hour, { maxLength: 60 }), (hours) => {
        const played = live(hours);
        for (const [index, { ordered, hour: now }] of played.entries()) {
          const before = played[index - 1];
          if (ordered) expect([now.expected === now.stored, before === undefined || before.coverage.status === "complete"]).toEqual([false, false]);
        }
      }),
    );
  });

  test("what is merely on its way, and there an hour later, is never repaired", () => {
    const arriving = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.boolean()), { maxLength: 48 });
    fc.assert(
      fc.property(arriving, (flow) => {
        // Every second look finds everything there.
        const hours = flow.flatMap(([late, traffic]): Hour[] => [{ expected: 5 + late, stored: 5, traffic, heard: "nothing" }, { expected: 5 + late, stored: 5 + late, traffic, heard: "nothing" }]);
        expect(live(hours).filter(({ ordered }) => ordered)).toEqual([]);
      }),
    );
  });

  test("a difference that stays is repaired within eight hours, or stuck, and says since when", () => {
    fc.assert(
      fc.property(fc.array(hour, { maxLength: 30 }), fc.boolean(), (hours, traffic) => {
        const played = live([...hours, ...Array.from({ length: 13 }, (): Hour => ({ expected: 5, stored: 3, traffic, heard: "nothing" }))]);
        const last = played.slice(-13);
        expect(last.some(({ ordered, coverage }) => ordered || coverage.status === "stuck" || coverage.repair !== null)).toBe(true);
        expect(last.every(({ coverage }) => coverage.status !== "complete" && coverage.incomplete_since !== null && coverage.missing === 2)).toBe(true);
      }),
    );
  });

  test("between two agreements there are three repairs, and then one a day; none is ordered while one is under way", () => {
    fc.assert(
      fc.property(fc.array(hour, { minLength: 24, maxLength: 120 }), (hours) => {
        const played = live(hours.map((one) => ({ ...one, expected: one.stored + 1 })));
        const orders = played.filter(({ ordered }) => ordered).length;
        expect(orders).toBeLessThanOrEqual(RULES.attempts + Math.ceil(hours.length / 24));
        for (const [index, { ordered, hour: now }] of played.entries()) if (ordered && now.heard === "running") expect(played[index - 1]?.coverage.repair ?? null).toBeNull();
      }),
    );
  });

  test("status and numbers agree: complete is equal counts and nothing stale", () => {
    fc.assert(
      fc.property(fc.array(hour, { maxLength: 60 }), fc.constantFrom(1, 6, 60), (hours, minutes) => {
        for (const { coverage, hour: now } of live(hours, minutes)) {
          expect(coverage.status === "complete").toBe(now.expected === now.stored && coverage.stale === 0);
          expect((coverage.expected ?? 0) - (coverage.missing ?? 0) + (coverage.surplus ?? 0)).toBe(coverage.stored);
          expect(coverage.status === "complete").toBe(coverage.incomplete_since === null);
        }
      }),
    );
  });
});

describe("orders", () => {
  const found = (id: number): Found => ({ place: { org: "octo", repository: { id, name_with_owner: `octo/r${id}` } }, level: "repository", kind: "issue", expected: counted(2), stored: 1, busy: QUIET });
  const all = [1, 2, 3].map(found);
  const first = compareCounts(all, { previous: new Map(), reports: new Map() }, { now: at(0), repair: true, mostRepairs: 2 });
  const previous = new Map(first.coverages.map((coverage) => [coverageId(coverage, "issue"), coverage]));

  test("are bounded in one check; the rest is not forgotten", () => {
    const second = compareCounts(all, { previous, reports: new Map() }, { now: at(60), repair: true, mostRepairs: 2 });
    expect(second.orders.map(({ job }) => job.repository?.id)).toEqual([1, 2]);
    expect(second.coverages.map(({ status, attempts }) => [status, attempts])).toEqual([["repairing", 1], ["repairing", 1], ["settling", 0]]);
    const third = compareCounts(all, { previous: new Map(second.coverages.map((coverage) => [coverageId(coverage, "issue"), coverage])), reports: new Map() }, { now: at(120), repair: true, mostRepairs: 2 });
    expect(third.orders.map(({ job }) => job.repository?.id)).toEqual([3]);
  });

  test("of a check that was killed before it could write are the very same the next time", () => {
    const order = (minutes: number): readonly string[] => compareCounts(all, { previous, reports: new Map() }, { now: at(minutes), repair: true, mostRepairs: 9 }).orders.map(({ run }) => run);
    expect(order(60)).toEqual(order(90));
    expect(new Set(order(60)).size).toBe(3);
  });

  test("of what is counted by others and stays different: these are compared by their content, at once and not again before a day", () => {
    const both = (commits: number): readonly Found[] => [
      { place, level: "repository", kind: "pull-request", expected: counted(5), stored: 5, busy: QUIET },
      { place, level: "repository", kind: "pull-request-commit", expected: counted(commits), stored: 9, busy: QUIET, countedBy: "pull-request" },
    ];
    let known = new Map<string, Coverage>();
    const orders: (readonly string[])[] = [];
    for (let hours = 0; hours < 30; hours += 1) {
      // Each inventory ends at once, and finds nothing to mend.
      const reports = new Map([...known.values()].flatMap(({ repair }) => (repair === null ? [] : [[repair.run, done(hours - 0.5)] as const])));
      const compared = compareCounts(both(hours < 28 ? 10 : 9), { previous: known, reports }, { now: at(hours * 60), repair: true, mostRepairs: 9 });
      known = new Map(compared.coverages.map((coverage) => [coverageId(coverage, coverage.kind), coverage]));
      orders.push(compared.orders.map(({ job }) => `${job.kind} ${job.compares ?? "times"}`));
    }
    const commits = ["pull-request-commit times"];
    expect(orders.flatMap((some, index) => (some.length === 0 ? [] : [[index, ...some]]))).toEqual([[1, ...commits], [2, ...commits], [3, ...commits], [4, "pull-request content"], [27, ...commits, "pull-request content"]]);
    expect([...known.values()].map(({ status }) => status)).toEqual(["complete", "complete"]);
  });

  test("are none where repairs are switched off", () => {
    const second = compareCounts(all, { previous, reports: new Map() }, { now: at(60), repair: false, mostRepairs: 9 });
    expect([second.orders, second.coverages.map(({ status, attempts }) => [status, attempts])]).toEqual([[], [["settling", 0], ["settling", 0], ["settling", 0]]]);
  });
});

describe("a worker's clock", () => {
  const ordered: Coverage = { ...fresh, status: "repairing", missing: 2, incomplete_since: at(0), attempts: 1, repair: { run: "r", purpose: "repair", ordered_at: at(60) }, repaired_at: at(60) };
  const decided = (minutes: number, report: Report): readonly [Coverage["status"], string | null, string | null] => {
    const { coverage, order } = decideCoverage(ordered, { expected: counted(12), stored: 10, busy: QUIET, report, now: at(minutes) });
    return [coverage.status, order, coverage.audited_at];
  };

  test.each([["a month ahead", 43_200], ["a month behind", -43_200], ["ten minutes ahead", 10]])("that is %s neither hides an end nor hurries it", (_, skew) => {
    const ended: Report = { is: "done", at: at(61 + skew), missing: 2, surplus: 0, stale: 0 };
    expect(decided(62, ended)).toEqual(["repairing", null, at(60)]);
    expect(decided(120, ended)[1]).toBe("repair");
  });

  test("that is a month ahead does not keep waiting for who is not heard of again", () => {
    expect(decided(120, { is: "running", at: at(43_200) })[1]).toBeNull();
    expect(decided(60 + 186, { is: "running", at: at(43_200) })[1]).toBe("repair");
  });
});
