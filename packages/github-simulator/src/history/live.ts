/** Live mode: the organisation goes on working while real time passes. */
import type { VirtualClock } from "../clock.ts";
import type { Millis } from "../world/entities.ts";
import type { World } from "../world/world.ts";
import type { Schedule } from "./schedule.ts";

/**
 * `speed`: virtual seconds in a real one; 1 keeps GitHub's clock at the real time when the past ended now. `eventsPerMinute`: as busy as this, whatever the
 * organisation's size; the virtual clock then runs as fast as that needs, but not beyond `notAfter`: whoever has caught up with the present goes on at its pace.
 */
export type Pace = { readonly speed: number } | { readonly eventsPerMinute: number; readonly notAfter?: () => Millis };

/** A person who pauses the machine over night shall not wake up to a flood. */
const LONGEST_DEBT_MS = 30_000;

/** Plays what happens in so much real time. Steps of any length add up to the same history. */
export function makePacer({ world, clock, schedule }: { readonly world: World; readonly clock: VirtualClock; readonly schedule: Schedule }, pace: Pace): (elapsedMs: number) => void {
  if ("speed" in pace) {
    let virtual = clock.now();
    return (elapsedMs) => {
      // Somebody else may have moved the clock meanwhile; fractions of a millisecond are kept.
      virtual = Math.max(virtual, clock.now()) + elapsedMs * pace.speed;
      schedule.runTo(Math.floor(virtual));
    };
  }
  const meter = { due: 0, happened: 0 };
  return (elapsedMs) => {
    meter.due += (Math.min(elapsedMs, LONGEST_DEBT_MS) * pace.eventsPerMinute) / 60_000;
    const limit = pace.notAfter?.();
    const isInTime = (at: Millis | undefined): boolean => limit === undefined || at === undefined || at <= limit;
    const stop = world.listen(() => { meter.happened++; });
    try {
      while (meter.due - meter.happened >= 1 && isInTime(schedule.nextAt()) && schedule.runNext());
      if (limit === undefined || meter.due - meter.happened < 1) return;
      // What there was no time for is not owed.
      meter.due = meter.happened;
      schedule.runTo(limit);
    } finally {
      stop();
    }
  };
}

/** The edge: real time drives the pacer until it is stopped. */
export function runLive(play: (elapsedMs: number) => void, onError: (error: unknown) => void, everyMs = 200): () => void {
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const elapsed = now - last;
    last = now;
    try {
      play(elapsed);
    } catch (error) {
      clearInterval(timer);
      onError(error);
    }
  }, everyMs);
  return () => clearInterval(timer);
}
