import { describe, expect, test } from "@jest/globals";
import { VirtualClock } from "../clock.ts";
import { Random } from "./random.ts";
import { type Process, Schedule } from "./schedule.ts";

function* story(log: string[], clock: VirtualClock, name: string, times: readonly number[]): Process {
  log.push(`${name}@${clock.now()}`);
  for (const at of times) {
    yield at;
    log.push(`${name}@${clock.now()}`);
  }
}

describe("the schedule", () => {
  test("runs steps by time, equal times in the order of planning, and ends at the time asked for", () => {
    const clock = new VirtualClock(0);
    const schedule = new Schedule(clock);
    const log: string[] = [];
    schedule.start(5, story(log, clock, "a", [10, 30]));
    schedule.start(5, story(log, clock, "b", [7, 10, 11]));
    schedule.runTo(20);
    expect(log).toEqual(["a@5", "b@5", "b@7", "a@10", "b@10", "b@11"]);
    expect(clock.now()).toBe(20);
    schedule.runTo(30);
    expect(log.at(-1)).toBe("a@30");
    expect(schedule.nextAt()).toBeUndefined();
    expect(schedule.runNext()).toBe(false);
  });

  test("the clock shows whole milliseconds", () => {
    const clock = new VirtualClock(0);
    const schedule = new Schedule(clock);
    const log: string[] = [];
    schedule.start(2.6, story(log, clock, "a", [7.4]));
    schedule.runTo(10.9);
    expect(log).toEqual(["a@3", "a@7"]);
    expect(clock.now()).toBe(10);
  });

  test("a time that is past means at once", () => {
    const clock = new VirtualClock(100);
    const schedule = new Schedule(clock);
    const log: string[] = [];
    schedule.start(1, story(log, clock, "a", [50, 101]));
    schedule.runTo(200);
    expect(log).toEqual(["a@100", "a@100", "a@101"]);
  });

  test("ten thousand steps come in order", () => {
    const clock = new VirtualClock(0);
    const schedule = new Schedule(clock);
    const random = new Random("heap");
    const seen: number[] = [];
    for (let index = 0; index < 10_000; index++) {
      schedule.start(random.integer(0, 5000), (function* once(): Process { seen.push(clock.now()); yield* []; })());
    }
    while (schedule.runNext());
    expect(seen).toHaveLength(10_000);
    expect(seen.every((at, index) => index === 0 || at >= (seen[index - 1] ?? 0))).toBe(true);
  });
});
