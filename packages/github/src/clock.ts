/** Where the package reads time and waits; everything else is told. */
import { TransientError } from "@octally/shared/errors";

export type Timing = {
  /** Milliseconds that only ever move forward; where they begin means nothing. */
  readonly nowMs: () => number;
  /** Resolves later, or at once when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
};

/**
 * The further of the two clocks' steps: the monotonic one stands still while a Lambda is frozen, and the other one may be set back.
 * That the other is wrong has no effect, because only its steps are taken.
 */
export function makeForwardClock(monotonic: () => number, wall: () => number): () => number {
  let [lastMonotonic, lastWall, now] = [monotonic(), wall(), 0];
  return () => {
    const [thisMonotonic, thisWall] = [monotonic(), wall()];
    now += Math.max(0, thisMonotonic - lastMonotonic, thisWall - lastWall);
    [lastMonotonic, lastWall] = [thisMonotonic, thisWall];
    return now;
  };
}

/** A timer takes at most 2^31 - 1 ms; whoever was woken looks again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export async function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(wake, Math.min(Math.max(0, Math.ceil(ms)), LONGEST_TIMER_MS));
    function wake(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", wake);
      resolve();
    }
    signal.addEventListener("abort", wake);
  });
}

export function systemTiming(): Timing {
  return { nowMs: makeForwardClock(() => performance.now(), () => Date.now()), sleep: sleepFor };
}

export function stopped(signal: AbortSignal): TransientError {
  return new TransientError("github-stopped", "The call to GitHub was stopped by its caller.", { cause: signal.reason });
}
