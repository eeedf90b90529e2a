/**
 * Whose turn it is: may the holder of this nudge work on the part? Pure.
 *
 * A worker sends the next nudge (turn + 1) before it gives the lease back and moves the state to that turn. So: where the state stands
 * at turn t, a nudge of turn t or later is on its way, and every earlier one has been answered and is dropped. Doubled nudges thereby
 * become one again after a turn, and killing a worker at any line loses none.
 */
import { isOver, type PartState } from "./part-state.ts";

export type Turn =
  | { readonly do: "work"; readonly turn: number }
  /** Nothing is left to do for this nudge. */
  | { readonly do: "drop"; readonly because: "over" | "answered" }
  /** Come again. */
  | { readonly do: "wait"; readonly seconds: number; readonly because: "leased" | "not-yet" };

/** A lease that somebody gives back is free within seconds; one of a killed worker, when it runs out. */
const LOOK_AGAIN_SECONDS = 5;

export function decideTurn(part: PartState, nudge: { readonly turn: number; readonly by: string }, nowMs: number): Turn {
  if (isOver(part)) return { do: "drop", because: "over" };
  if (nudge.turn < part.turn) return { do: "drop", because: "answered" };
  const leasedMs = part.lease_until === null || part.lease_by === nudge.by ? 0 : Date.parse(part.lease_until) - nowMs;
  if (leasedMs > 0) return { do: "wait", seconds: Math.min(LOOK_AGAIN_SECONDS, Math.ceil(leasedMs / 1000)), because: "leased" };
  const earlyMs = part.not_before === null ? 0 : Date.parse(part.not_before) - nowMs;
  if (earlyMs > 0) return { do: "wait", seconds: Math.ceil(earlyMs / 1000), because: "not-yet" };
  return { do: "work", turn: Math.max(part.turn, nudge.turn) };
}
