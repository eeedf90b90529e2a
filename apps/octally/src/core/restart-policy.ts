const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 15_000;
/** What happened longer ago than this no longer counts. */
export const MEMORY_MS = 60_000;

/** How long to wait before a part is started again: at once after a single death, ever longer when it keeps dying. */
export function restartDelayMs(deathsAtMs: readonly number[], nowMs: number): number {
  const recent = deathsAtMs.filter((at) => nowMs - at < MEMORY_MS).length;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, recent - 1));
}
