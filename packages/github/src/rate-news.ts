/** What the headers of an answer say about budgets and time. Pure. */
import type { HeaderMap } from "./exchange.ts";

export type RateNews = {
  /** Which budget the figures are of: core, graphql, search, code_search, … */
  readonly resource: string | null;
  readonly limit: number | null;
  readonly remaining: number | null;
  /** Seconds since 1970, on GitHub's clock. */
  readonly resetEpochSeconds: number | null;
  readonly retryAfterSeconds: number | null;
  /** GitHub's clock when it answered. */
  readonly dateMs: number | null;
};

export const NO_NEWS: RateNews = { resource: null, limit: null, remaining: null, resetEpochSeconds: null, retryAfterSeconds: null, dateMs: null };

export function parseRateNews(headers: HeaderMap): RateNews {
  const dateMs = timeOf(headers["date"]);
  return {
    resource: headers["x-ratelimit-resource"] ?? null,
    limit: countOf(headers["x-ratelimit-limit"]),
    remaining: countOf(headers["x-ratelimit-remaining"]),
    resetEpochSeconds: countOf(headers["x-ratelimit-reset"]),
    retryAfterSeconds: countOf(headers["retry-after"]) ?? secondsUntil(headers["retry-after"], dateMs),
    dateMs,
  };
}

/** ISO 8601 of the Date header, or null. */
export function observedAtOf(headers: HeaderMap): string | null {
  const dateMs = timeOf(headers["date"]);
  return dateMs === null ? null : new Date(dateMs).toISOString();
}

function countOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text.trim()) ? Number(text) : null;
}

function timeOf(text: string | undefined): number | null {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** HTTP also allows a date in retry-after; it is compared with GitHub's own clock. */
function secondsUntil(text: string | undefined, dateMs: number | null): number | null {
  const ms = timeOf(text);
  return ms === null || dateMs === null ? null : Math.max(0, Math.ceil((ms - dateMs) / 1000));
}
