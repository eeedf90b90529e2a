/** One person's ways: when they work, how much, how they review. */
import type * as E from "../world/entities.ts";
import type { Habits } from "./calendar.ts";
import { hashText, type Random } from "./random.ts";

export type Persona = {
  readonly user: E.User;
  readonly habits: Habits;
  /** How much they do compared with others; a few do much. */
  readonly activity: number;
  /** How likely they answer at once and not days later. */
  readonly haste: number;
  /** Of their reviews, how many ask for changes. */
  readonly severity: number;
  /** Writes pull requests as drafts first. */
  readonly drafts: number;
  /** Rewrites the branch instead of adding commits. */
  readonly rebases: number;
};

/** Where people live: hours from UTC, how many of them, which holidays. */
const REGIONS: readonly { readonly offsetHours: number; readonly share: number; readonly holidays: Habits["holidays"] }[] = [
  { offsetHours: -8, share: 0.24, holidays: "christmas" },
  { offsetHours: -5, share: 0.18, holidays: "christmas" },
  { offsetHours: -3, share: 0.05, holidays: "christmas" },
  { offsetHours: 0, share: 0.08, holidays: "christmas" },
  { offsetHours: 1, share: 0.19, holidays: "christmas" },
  { offsetHours: 3, share: 0.03, holidays: "none" },
  { offsetHours: 5.5, share: 0.13, holidays: "diwali" },
  { offsetHours: 8, share: 0.07, holidays: "lunar" },
  { offsetHours: 9, share: 0.03, holidays: "none" },
];

const EVERYWHERE = { offsetHours: 0, holidays: "none" } as const;

/** Staff works by day on weekdays; outsiders also in the evening and at weekends. */
export function makePersona(user: E.User, random: Random, role: "staff" | "outsider"): Persona {
  const { offsetHours, holidays } = random.pickWeighted(REGIONS, ({ share }) => share) ?? EVERYWHERE;
  const hobby = role === "outsider" && random.chance(0.45);
  const habits: Habits = {
    salt: hashText(user.login),
    offsetHours,
    holidays,
    startHour: hobby ? random.between(17, 20) : 8.8 + random.normal() * 0.8,
    hoursPerDay: hobby ? random.between(3, 5) : random.between(8, 10.5),
    weekend: hobby ? 0.5 : random.chance(0.12) ? 0.35 : 0.05,
    diligence: hobby ? 0.6 : 0.95,
  };
  return {
    user,
    habits,
    activity: Math.min(8, random.logNormal(1, 0.8)),
    haste: random.between(0.15, 0.8),
    severity: random.between(0.08, 0.35),
    drafts: random.chance(0.3) ? random.between(0.2, 0.7) : 0.04,
    rebases: random.chance(0.35) ? random.between(0.4, 0.9) : 0.1,
  };
}

/** A bot never sleeps. */
export function makeBotPersona(user: E.User): Persona {
  return { user, habits: { salt: user.id, ...EVERYWHERE, startHour: 0, hoursPerDay: 24.9, weekend: 1, diligence: 1 }, activity: 1, haste: 1, severity: 0, drafts: 0, rebases: 1 };
}
