/** Time that passes only when everybody waits: GitHub's clock, and whoever sleeps by it. */
import type { Timing } from "@octally/github/clock";

export type Time = {
  readonly timing: Timing;
  /** Whoever works without sleeping: time stands still meanwhile. */
  readonly standStill: <T>(work: Promise<T>) => Promise<T>;
  /** When everything that can go on without time has gone on. */
  readonly quiet: () => Promise<void>;
  /** When the next of those who sleep wakes. */
  readonly nextAtMs: () => number;
  /** Wakes the first of those whose time has come; false: nobody's has. */
  readonly wakeNext: () => boolean;
};

type Sleeper = { readonly atMs: number; readonly order: number; readonly wake: () => void };

/** So many turns of the event loop without news: nobody is about to do anything. */
const QUIET_TURNS = 6;

export function makeTime(nowMs: () => number): Time {
  let sleepers: readonly Sleeper[] = [];
  let order = 0;
  let underWay = 0;
  let whenDone = Promise.withResolvers<void>();
  const next = (): Sleeper | undefined => sleepers.reduce<Sleeper | undefined>((first, one) => (first === undefined || one.atMs < first.atMs || (one.atMs === first.atMs && one.order < first.order) ? one : first), undefined);
  const sleep: Timing["sleep"] = async (ms, signal) => {
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const sleeper: Sleeper = { atMs: nowMs() + Math.max(0, ms), order: (order += 1), wake: () => resolve() };
    signal.addEventListener("abort", sleeper.wake);
    sleepers = [...sleepers, sleeper];
    await promise;
    signal.removeEventListener("abort", sleeper.wake);
    sleepers = sleepers.filter((other) => other !== sleeper);
  };
  return {
    timing: { nowMs, sleep },
    async standStill(work) {
      underWay += 1;
      try {
        return await work;
      } finally {
        underWay -= 1;
        if (underWay === 0) {
          whenDone.resolve();
          whenDone = Promise.withResolvers();
        }
      }
    },
    async quiet() {
      for (let turns = 0; turns < QUIET_TURNS; turns += 1) {
        await new Promise<void>((resolve) => void setImmediate(resolve));
        // Waited for, not turned through: what other threads pack takes as long as it takes.
        if (underWay > 0) {
          await whenDone.promise;
          turns = -1;
        }
      }
    },
    nextAtMs: () => next()?.atMs ?? Number.POSITIVE_INFINITY,
    wakeNext() {
      const sleeper = next();
      if (sleeper === undefined || sleeper.atMs > nowMs()) return false;
      sleepers = sleepers.filter((other) => other !== sleeper);
      sleeper.wake();
      return true;
    },
  };
}
