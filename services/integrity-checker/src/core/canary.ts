/** Is the way from GitHub to the store open? A ping is asked for, and must become a delivery document in time. Pure. */
import * as z from "zod";

export const canaryState = z.object({
  /** Of the ping that is waited for, or of the last that came. */
  asked_at: z.string().nullable(),
  seen_at: z.string().nullable(),
  health: z.enum(["unknown", "waiting", "well", "silent", "cannot-ask"]),
  reason: z.string().nullable(),
});
export type CanaryState = z.output<typeof canaryState>;

export const NEW_CANARY: CanaryState = { asked_at: null, seen_at: null, health: "unknown", reason: null };

export type CanaryRules = { readonly limitMs: number; readonly everyMs: number };
export const CANARY_RULES: CanaryRules = { limitMs: 5 * 60_000, everyMs: 60 * 60_000 };

/** `pingAt`: when the newest ping of this hook was received; GitHub's clock and the intake's may differ by some seconds. */
export function decideCanary(state: CanaryState, pingAt: string | null, now: string, { limitMs, everyMs }: CanaryRules = CANARY_RULES): { readonly state: CanaryState; readonly ask: boolean } {
  const looked = lookedAt(state, pingAt, now, limitMs);
  const ageMs = looked.asked_at === null ? Number.POSITIVE_INFINITY : Date.parse(now) - Date.parse(looked.asked_at);
  // A silent one is asked again after the limit, so that it is noticed soon when the way is open again.
  const waitMs = looked.health === "waiting" ? Number.POSITIVE_INFINITY : looked.health === "silent" ? limitMs : everyMs;
  return { state: looked, ask: ageMs >= waitMs };
}

const SKEW_MS = 60_000;

function lookedAt(state: CanaryState, pingAt: string | null, now: string, limitMs: number): CanaryState {
  if (state.asked_at === null || state.health === "cannot-ask") return state;
  if (pingAt !== null && Date.parse(pingAt) >= Date.parse(state.asked_at) - SKEW_MS) return { ...state, seen_at: pingAt, health: "well", reason: null };
  if (Date.parse(now) - Date.parse(state.asked_at) < limitMs) return state.health === "silent" ? state : { ...state, health: "waiting" };
  return { ...state, health: "silent", reason: `A ping asked for at ${state.asked_at} has not come.` };
}

/** After GitHub was asked for a ping. A way that was silent stays so until one comes. */
export function asked(state: CanaryState, now: string): CanaryState {
  return { ...state, asked_at: now, health: state.health === "silent" ? "silent" : "waiting" };
}

export function cannotAsk(state: CanaryState, now: string, reason: string): CanaryState {
  return { ...state, asked_at: now, health: "cannot-ask", reason };
}
