/** When each check of the local system has its turn. Pure. */
import type { Schedule } from "@octally/integrity-checker/core/schedules";

/** How a check ended, by this machine's clock. */
export type LastRun = { readonly endedAtMs: number; readonly failed: boolean; /** What is not complete. */ readonly open: number; /** What it took from GitHub's hourly budget. */ readonly points: number; /** A ping that is awaited. */ readonly awaits: boolean };

export type Scene = {
  readonly nowMs: number;
  /** Since when nothing of the history is being loaded; null: something is. */
  readonly quietSinceMs: number | null;
  /** When it was last seen that a load had come to its end. */
  readonly loadedAtMs: number | null;
};

const MINUTE = 60_000;
/** After a failure: the store or GitHub could not be reached. */
const RETRY_MS = MINUTE;
/** What was just begun or ended is seen a moment later, and what it asked for is still on its way. */
const QUIET_MS = 2 * MINUTE;
const PING_MS = MINUTE / 4;
/** A difference is acted on when it is seen again after five minutes. */
const AGAIN_MINUTES = 6;

export function isDue(schedule: Schedule, last: LastRun | undefined, { nowMs, quietSinceMs, loadedAtMs }: Scene): boolean {
  if (schedule.waitsForLoads && (quietSinceMs === null || nowMs - quietSinceMs < QUIET_MS)) return false;
  if (last === undefined) return true;
  const sinceMs = nowMs - last.endedAtMs;
  // The clock was set back: nobody waits for it.
  if (sinceMs < 0) return true;
  if (last.failed) return sinceMs >= RETRY_MS;
  if (last.awaits) return sinceMs >= PING_MS;
  if (schedule.name !== "counts") return sinceMs >= schedule.everyMinutes * MINUTE;
  if (loadedAtMs !== null && loadedAtMs > last.endedAtMs) return true;
  return sinceMs >= Math.min(schedule.everyMinutes, last.open > 0 ? soonOf(last) : schedule.everyMinutes) * MINUTE;
}

/** What is not complete is looked at again soon; where that is dear, a point a minute is spent on it at most, of 5,000 an hour. */
function soonOf({ points }: LastRun): number {
  return Math.max(AGAIN_MINUTES, points);
}
