/**
 * Is the way from GitHub to the store open? A ping is asked for, and must become a delivery document in time. Pings are counted, not dated:
 * neither GitHub's clock nor the intake's has a say, and `now`, the checker's, is compared with itself alone. Pure.
 */
import * as z from "zod";

export const canaryState = z.object({
  /** When the ping was asked for that is waited for, or that came last. */
  asked_at: z.string().nullable(),
  /** How many pings there were then. */
  known: z.number(),
  /** When it was first seen that one had come. */
  seen_at: z.string().nullable(),
  looked_at: z.string().nullable(),
  health: z.enum(["unknown", "waiting", "well", "silent", "cannot-ask"]),
  reason: z.string().nullable(),
});
export type CanaryState = z.output<typeof canaryState>;

export const NEW_CANARY: CanaryState = { asked_at: null, known: 0, seen_at: null, looked_at: null, health: "unknown", reason: null };

export type CanaryRules = {
  readonly limitMs: number;
  readonly everyMs: number;
  /** Who has not looked for so long was away, and cannot say what was silent: the local system was stopped, or its machine asleep. */
  readonly awayMs: number;
};
export const CANARY_RULES: CanaryRules = { limitMs: 5 * 60_000, everyMs: 60 * 60_000, awayMs: 15 * 60_000 };

/** `pings`: how many of this hook have become documents. `ask`: for another one. */
export function decideCanary(state: CanaryState, pings: number, now: string, rules: CanaryRules = CANARY_RULES): { readonly state: CanaryState; readonly ask: boolean } {
  const away = state.looked_at !== null && elapsedMs(state.looked_at, now) > rules.awayMs;
  const looked: CanaryState = { ...lookedAt(state, pings, now, away, rules.limitMs), looked_at: now };
  const ageMs = state.asked_at === null ? Number.POSITIVE_INFINITY : elapsedMs(state.asked_at, now);
  // A silent one is asked again after the limit, so that it is noticed soon when the way is open again.
  const waitMs = looked.health === "waiting" ? (away ? 0 : Number.POSITIVE_INFINITY) : looked.health === "silent" ? rules.limitMs : rules.everyMs;
  return { state: looked, ask: ageMs >= waitMs };
}

function lookedAt(state: CanaryState, pings: number, now: string, away: boolean, limitMs: number): CanaryState {
  if (state.asked_at === null || state.health === "cannot-ask" || state.health === "well") return state;
  if (pings > state.known) return { ...state, seen_at: now, health: "well", reason: null };
  if (state.health === "silent" || away || elapsedMs(state.asked_at, now) < limitMs) return state;
  return { ...state, health: "silent", reason: `A ping asked for at ${state.asked_at} has not come.` };
}

/** After GitHub was asked for a ping. A way that was silent stays so until one comes. */
export function asked(state: CanaryState, pings: number, now: string): CanaryState {
  return { ...state, asked_at: now, known: pings, health: state.health === "silent" ? "silent" : "waiting" };
}

export function cannotAsk(state: CanaryState, now: string, reason: string): CanaryState {
  return { ...state, asked_at: now, health: "cannot-ask", reason };
}

/** A clock that was set back since says nothing: then it is as if it had been long. */
function elapsedMs(from: string, to: string): number {
  const ms = Date.parse(to) - Date.parse(from);
  return ms < 0 ? Number.POSITIVE_INFINITY : ms;
}
