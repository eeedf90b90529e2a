/** What is left of GitHub's hourly budgets, as the last answers told. Pure. */
import type { GovernorState } from "./governor.ts";
import { effectiveWindow } from "./window.ts";

export type Budget = { readonly resource: string; readonly limit: number; readonly remaining: number };

/** Only those that last an hour: search renews every minute. */
const HOURLY = new Set(["core", "graphql"]);

/** A window that has ended says nothing, and an unlimited one never runs out: both are left out. */
export function budgetsOf({ windows }: Pick<GovernorState, "windows">, nowMs: number): readonly Budget[] {
  return Object.entries(windows).flatMap(([resource, known]) => {
    const window = effectiveWindow(known, nowMs);
    return HOURLY.has(resource) && window?.is === "open" && window.limit > 0 ? [{ resource, limit: window.limit, remaining: window.remaining }] : [];
  });
}

/** Of the scarcest, in percent of what an hour gives; undefined while nothing is known. */
export function leastLeftPercent(budgets: readonly Budget[]): number | undefined {
  if (budgets.length === 0) return undefined;
  return Math.floor(Math.min(...budgets.map(({ limit, remaining }) => (100 * remaining) / limit)));
}
