/** Time that passes only when nothing else is left to do: an hour of waiting takes no time. */
import type { Timing } from "../src/clock.ts";

export type VirtualTime = Timing & {
  /** Runs until the work is done, however long it waits. Throws when it waits for nothing that could ever come. */
  readonly run: <T>(work: Promise<T>) => Promise<T>;
};

export function makeVirtualTime(startMs = 0): VirtualTime {
  let now = startMs;
  let sleepers: readonly { readonly atMs: number; readonly wake: () => void }[] = [];

  const sleep: Timing["sleep"] = async (ms, signal) => {
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const sleeper = { atMs: now + Math.max(0, ms), wake: (): void => resolve() };
    signal.addEventListener("abort", sleeper.wake);
    sleepers = [...sleepers, sleeper];
    await promise;
    signal.removeEventListener("abort", sleeper.wake);
    sleepers = sleepers.filter((other) => other !== sleeper);
  };

  return {
    nowMs: () => now,
    sleep,
    async run(work) {
      let done = false;
      const watched = work.finally(() => (done = true));
      watched.catch(() => undefined);
      for (;;) {
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        if (done) return watched;
        const [next] = sleepers.toSorted((a, b) => a.atMs - b.atMs);
        if (next === undefined) throw new Error("Everybody waits, and nobody for the time.");
        now = Math.max(now, next.atMs);
        next.wake();
      }
    },
  };
}
