import { describe, expect, test } from "@jest/globals";
import { schedulesOf, type Schedule } from "@octally/integrity-checker/core/schedules";
import { isDue, type LastRun, type Scene } from "./checker-timetable.ts";

const MINUTE = 60_000;
const all = schedulesOf({ checkMinutes: 60, canaryMinutes: 2 });
const named = (name: Schedule["name"]): Schedule => all.find((schedule) => schedule.name === name)!;
const ended = (more: Partial<LastRun> = {}): LastRun => ({ endedAtMs: 0, failed: false, open: 0, points: 3, awaits: false, ...more });
const scene = (minutes: number, more: Partial<Scene> = {}): Scene => ({ nowMs: minutes * MINUTE, quietSinceMs: -2 * MINUTE, loadedAtMs: null, ...more });

/** The first minute at which it is due. */
function waits(name: Schedule["name"], last: LastRun, more: Partial<Scene> = {}): number {
  return Array.from({ length: 2000 }, (_, minute) => minute).find((minute) => isDue(named(name), last, scene(minute, more)))!;
}

test("what never ran is due at once; what waits for loads, two minutes after them", () => {
  expect(all.filter((schedule) => isDue(schedule, undefined, scene(0))).map(({ name }) => name)).toEqual(["canary", "counts", "references", "audit"]);
  expect(all.filter((schedule) => isDue(schedule, undefined, scene(0, { quietSinceMs: null }))).map(({ name }) => name)).toEqual(["canary", "counts"]);
  expect([1, 2].map((minute) => isDue(named("audit"), undefined, scene(minute, { quietSinceMs: 0 })))).toEqual([false, true]);
});

test("each comes again after its interval", () => {
  expect([waits("canary", ended()), waits("counts", ended()), waits("references", ended()), waits("audit", ended())]).toEqual([2, 60, 1440, 1440]);
});

describe("counts", () => {
  test("come again as soon as a load is over, once", () => {
    expect(isDue(named("counts"), ended(), scene(1, { loadedAtMs: MINUTE / 2 }))).toBe(true);
    expect(isDue(named("counts"), ended({ endedAtMs: MINUTE }), scene(2, { loadedAtMs: MINUTE / 2 }))).toBe(false);
  });

  test.each([[3, 6], [20, 20], [161, 60]])("look again soon at what is not complete, which took %i points: after %i minutes", (points, minutes) => {
    expect(waits("counts", ended({ open: 1, points }))).toBe(minutes);
  });

  test("never come less often than they were asked for", () => {
    const [, often] = schedulesOf({ checkMinutes: 2, canaryMinutes: 2 });
    expect(isDue(often!, ended({ open: 1, points: 50 }), scene(2))).toBe(true);
  });
});

test("a ping that is awaited is looked for after a quarter of a minute", () => {
  expect([0.2, 0.25].map((minutes) => isDue(named("canary"), ended({ awaits: true }), scene(minutes)))).toEqual([false, true]);
});

test("a failure is tried again after a minute, a clock that was set back is not waited for", () => {
  expect(waits("audit", ended({ failed: true }))).toBe(1);
  expect(isDue(named("audit"), ended({ endedAtMs: 1e9 }), scene(0))).toBe(true);
});

test("an interval of 0 leaves them out", () => {
  expect(schedulesOf({ checkMinutes: 0, canaryMinutes: 5 }).map(({ name }) => name)).toEqual(["canary"]);
  expect(schedulesOf({ checkMinutes: 0, canaryMinutes: 0 })).toEqual([]);
});
