/** When people work: time zones, days, holidays, vacations. Nothing here draws from a stream: the same person has the same calendar always. */
import type { Millis } from "../world/entities.ts";
import type { Random } from "./random.ts";
import { noise } from "./random.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;
export const YEAR = 365.25 * DAY;

export type Habits = {
  /** Makes this person's calendar differ from the others'. */
  readonly salt: number;
  /** Of UTC. Constant: nobody here has summer time. */
  readonly offsetHours: number;
  readonly startHour: number;
  readonly hoursPerDay: number;
  /** How likely a Saturday or a Sunday is worked on. */
  readonly weekend: number;
  /** How likely a working day is worked on. */
  readonly diligence: number;
  readonly holidays: "christmas" | "lunar" | "diwali" | "none";
};

const LONGEST_ABSENCE_DAYS = 90;

/** Whether the day (days since 1970, in the person's own zone) is one of work. */
export function worksOn(habits: Habits, day: number): boolean {
  const weekday = (day + 4) % 7;
  const draw = noise(habits.salt, day);
  if (weekday === 0 || weekday === 6) return draw < habits.weekend;
  if (isHoliday(habits, day) || onVacation(habits, day)) return draw < habits.weekend / 4;
  return draw < habits.diligence;
}

export function isAtWork(habits: Habits, at: Millis): boolean {
  const local = at + habits.offsetHours * HOUR;
  const day = Math.floor(local / DAY);
  // An evening that goes past midnight belongs to the day before.
  return inHours(habits, day, local) || inHours(habits, day - 1, local);
}

/** The first moment at or after `at` when the person works; after a night or a weekend people come back one after the other. */
export function nextAtWork(habits: Habits, at: Millis, random: Random): Millis {
  if (isAtWork(habits, at)) return at;
  const local = at + habits.offsetHours * HOUR;
  const today = Math.floor(local / DAY);
  for (let day = today; day <= today + LONGEST_ABSENCE_DAYS; day++) {
    const start = startOf(habits, day);
    if (start < local || !worksOn(habits, day)) continue;
    const late = Math.min(random.exponential(50 * MINUTE), habits.hoursPerDay * HOUR * 0.95);
    return start + late - habits.offsetHours * HOUR;
  }
  return at + LONGEST_ABSENCE_DAYS * DAY;
}

/** After so much time, and then at work. */
export function laterAtWork(habits: Habits, now: Millis, delayMs: Millis, random: Random): Millis {
  return nextAtWork(habits, now + Math.max(1000, delayMs), random);
}

export function isWeekend(at: Millis, offsetHours = 0): boolean {
  const weekday = (Math.floor((at + offsetHours * HOUR) / DAY) + 4) % 7;
  return weekday === 0 || weekday === 6;
}

function inHours(habits: Habits, day: number, local: Millis): boolean {
  const start = startOf(habits, day);
  return local >= start && local < start + habits.hoursPerDay * HOUR && worksOn(habits, day);
}

const startOf = (habits: Habits, day: number): Millis => day * DAY + habits.startHour * HOUR + (noise(habits.salt + 1, day) - 0.5) * 80 * MINUTE;

function isHoliday(habits: Habits, day: number): boolean {
  const date = new Date(day * DAY);
  const month = date.getUTCMonth() + 1;
  const dayOfMonth = date.getUTCDate();
  if (month === 1 && dayOfMonth === 1) return true;
  switch (habits.holidays) {
    case "christmas":
      return (month === 12 && dayOfMonth >= 24) || (month === 5 && dayOfMonth === 1) || (month === 4 && dayOfMonth >= 10 && dayOfMonth <= 13 && date.getUTCDay() >= 5);
    case "lunar":
      return (month === 2 && dayOfMonth >= 6 && dayOfMonth <= 13) || (month === 10 && dayOfMonth <= 7);
    case "diwali":
      return (month === 11 && dayOfMonth >= 5 && dayOfMonth <= 8) || (month === 8 && dayOfMonth === 15) || (month === 1 && dayOfMonth === 26);
    case "none":
      return false;
    default:
      return habits.holidays satisfies never;
  }
}

/** Two weeks in summer and one some other time, each year others. */
function onVacation(habits: Habits, day: number): boolean {
  const year = Math.floor(day / 365.25);
  const dayOfYear = day - Math.floor(year * 365.25);
  const summer = 170 + Math.floor(noise(habits.salt + 2, year) * 70);
  const other = Math.floor(noise(habits.salt + 3, year) * 350);
  return (dayOfYear >= summer && dayOfYear < summer + 14) || (dayOfYear >= other && dayOfYear < other + 7);
}
