/** One hourly budget (or search's minute), as GitHub's headers tell it. Pure. */
import type { RateNews } from "./rate-news.ts";

export type Window =
  | { readonly is: "open"; readonly limit: number; readonly remaining: number; readonly resetsAtMs: number; readonly resetEpochSeconds: number | null }
  /** An Enterprise Server whose rate limits are switched off: no headers, or a limit of 0. */
  | { readonly is: "unlimited" };

/** GitHub's servers differ by a second or two about when the same window ends. */
const SAME_WINDOW_SECONDS = 5;
const UNTOLD_PAUSE_MS = 60_000;

/** The window that counts now: one that has ended says nothing of the next. */
export function effectiveWindow(window: Window | undefined, nowMs: number): Window | undefined {
  return window?.is === "open" && nowMs >= window.resetsAtMs ? undefined : window;
}

export function mergeWindow(known: Window | undefined, news: RateNews, nowMs: number, answered: boolean): Window | undefined {
  const told = windowOf(news, nowMs);
  if (told === undefined) return known ?? (answered && news.remaining === null && news.limit === null ? { is: "unlimited" } : undefined);
  const current = effectiveWindow(known, nowMs);
  if (told.is === "unlimited" || current === undefined || current.is === "unlimited") return told;
  const later = (told.resetEpochSeconds ?? 0) - (current.resetEpochSeconds ?? 0);
  if (later > SAME_WINDOW_SECONDS) return told;
  // Answers overtake each other, and an older one knows less of what was spent.
  return later < -SAME_WINDOW_SECONDS ? current : { ...current, limit: told.limit, remaining: Math.min(current.remaining, told.remaining) };
}

/** GitHub has said no: whatever the figures beside it say, nothing is left until the reset. */
export function afterLimit(known: Window | undefined, news: RateNews, nowMs: number): Window {
  const merged = mergeWindow(known, news, nowMs, false);
  if (merged?.is === "open" && merged.resetsAtMs > nowMs) return { ...merged, remaining: 0 };
  const pauseMs = news.retryAfterSeconds === null ? UNTOLD_PAUSE_MS : Math.max(1, news.retryAfterSeconds) * 1000;
  return { is: "open", limit: news.limit ?? 0, remaining: 0, resetsAtMs: nowMs + pauseMs, resetEpochSeconds: news.resetEpochSeconds };
}

function windowOf({ limit, remaining, resetEpochSeconds, dateMs }: RateNews, nowMs: number): Window | undefined {
  if (limit === 0) return { is: "unlimited" };
  if (limit === null || remaining === null || resetEpochSeconds === null) return undefined;
  // GitHub's date is cut to the second and older than now: this never ends the window too early.
  const aheadMs = dateMs === null ? UNTOLD_PAUSE_MS : Math.max(0, resetEpochSeconds * 1000 - dateMs);
  return { is: "open", limit, remaining, resetsAtMs: nowMs + aheadMs, resetEpochSeconds };
}
