/** Whether and when a failed request is sent again. Pure. */

export type Retry = { readonly do: "again"; readonly afterMs: number } | { readonly do: "give-up"; readonly retryAfterSeconds: number };

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

/**
 * `attempt` counts from 1; `chance` is of [0, 1). The pause doubles, and its second half is left to chance, so that many workers do not come
 * back at the same moment. Never past the deadline.
 */
export function planRetry(attempt: number, nowMs: number, deadlineMs: number, chance: number): Retry {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
  const afterMs = Math.round(longest * (0.5 + chance / 2));
  if (attempt >= ATTEMPTS || nowMs + afterMs >= deadlineMs) return { do: "give-up", retryAfterSeconds: 30 * attempt };
  return { do: "again", afterMs };
}
