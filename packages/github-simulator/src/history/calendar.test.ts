import { describe, expect, test } from "@jest/globals";
import { DAY, type Habits, HOUR, isAtWork, isWeekend, nextAtWork, worksOn } from "./calendar.ts";
import { Random } from "./random.ts";

const berlin: Habits = { salt: 1, offsetHours: 1, startHour: 9, hoursPerDay: 8, weekend: 0, diligence: 1, holidays: "christmas" };
const at = (text: string): number => Date.parse(text);
const dayOf = (text: string): number => Math.floor(at(text) / DAY);

describe("when people work", () => {
  test.each([
    ["a Wednesday at noon", berlin, "2026-03-11T11:00:00Z", true],
    ["the same day at night", berlin, "2026-03-11T22:00:00Z", false],
    ["a Saturday", berlin, "2026-03-14T11:00:00Z", false],
    ["Christmas", berlin, "2026-12-25T11:00:00Z", false],
    ["Christmas elsewhere", { ...berlin, holidays: "none" as const }, "2026-12-25T11:00:00Z", true],
    ["noon of UTC is 4 o'clock in the morning in San Francisco", { ...berlin, offsetHours: -8 }, "2026-03-11T12:00:00Z", false],
    ["and 18:00 there is the next day of UTC", { ...berlin, offsetHours: -8, startHour: 10 }, "2026-03-12T01:30:00Z", true],
    ["past midnight of a late evening", { ...berlin, startHour: 20, hoursPerDay: 7 }, "2026-03-12T00:10:00Z", true],
  ])("%s", (_name, habits, time, expected) => {
    expect(isAtWork(habits, at(time))).toBe(expected);
  });

  test("who is not at work comes back after the night or the weekend, within their hours", () => {
    const random = new Random("back");
    for (let index = 0; index < 200; index++) {
      const from = at("2026-03-13T18:00:00Z") + index * 7 * DAY;
      const back = nextAtWork(berlin, from, random);
      expect(back - from).toBeGreaterThan(2 * DAY);
      expect(isAtWork(berlin, back)).toBe(true);
    }
    const noon = at("2026-03-11T11:00:00Z");
    expect(nextAtWork(berlin, noon, random)).toBe(noon);
  });

  test("a year has about 260 weekdays less three weeks of vacation and the holidays", () => {
    const worked = Array.from({ length: 365 }, (_, day) => worksOn(berlin, dayOf("2025-01-01") + day)).filter(Boolean).length;
    expect(worked).toBeGreaterThan(225);
    expect(worked).toBeLessThan(250);
  });

  test.each([["2026-03-13T23:30:00Z", 0, false], ["2026-03-13T23:30:00Z", 1, true], ["2026-03-14T00:00:00Z", 0, true], ["2026-03-15T23:59:59Z", 0, true], ["2026-03-16T00:00:00Z", 0, false], ["2026-03-16T03:00:00Z", -8, true]])("weekend: %s in the zone %d", (time, offset, expected) => {
    expect(isWeekend(at(time), offset)).toBe(expected);
    expect(HOUR).toBe(3_600_000);
  });
});
