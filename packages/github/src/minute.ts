/** The limits that are counted by the minute. Pure. Any sixty seconds, so that they hold wherever GitHub's minute begins. */
import type { Api, Limits, Purpose } from "./limits.ts";
import { NOW, type Until } from "./until.ts";

export type Spent = { readonly atMs: number; readonly api: Api; readonly points: number; readonly ms: number };
type UnderWay = { readonly api: Api; readonly points: number; readonly startedMs: number };
type Asking = { readonly api: Api; readonly purpose: Purpose; readonly points: number };

const MINUTE_MS = 60_000;

export function pointsWait(limits: Limits, wish: Asking, spent: readonly Spent[], flights: readonly UnderWay[], nowMs: number): Until {
  const most = Math.max(wish.points, limits.pointsPerMinute[wish.api] * limits.minuteShare[wish.purpose]);
  const under = flights.reduce((sum, flight) => sum + (flight.api === wish.api ? flight.points : 0), 0);
  const finished = spent.filter(({ api }) => api === wish.api).map(({ atMs, points }) => ({ atMs, amount: points }));
  return roomFor(most - wish.points - under, finished, nowMs);
}

/** An estimate, as GitHub's own advice is: those under way count with what they took, or what is usual. */
export function secondsWait(limits: Limits, wish: Asking, spent: readonly Spent[], flights: readonly UnderWay[], usualMs: Readonly<Record<Api, number>>, nowMs: number): Until {
  const share = limits.minuteShare[wish.purpose] * 1000;
  const of = (counts: (api: Api) => boolean, seconds: number): Until => {
    const most = Math.max(usualMs[wish.api], seconds * share);
    const under = flights.reduce((sum, { api, startedMs }) => sum + (counts(api) ? Math.max(nowMs - startedMs, usualMs[api]) : 0), 0);
    return roomFor(most - usualMs[wish.api] - under, spent.filter(({ api }) => counts(api)).map(({ atMs, ms }) => ({ atMs, amount: ms })), nowMs);
  };
  const all = of(() => true, limits.secondsPerMinute.all);
  if (wish.api === "rest") return all;
  const graphql = of((api) => api === "graphql", limits.secondsPerMinute.graphql);
  if (typeof all === "number" && typeof graphql === "number") return Math.max(all, graphql);
  return all === NOW || typeof graphql === "number" ? graphql : all;
}

/** When so much has left the last minute that the rest fits into `room`. */
function roomFor(room: number, finished: readonly { readonly atMs: number; readonly amount: number }[], nowMs: number): Until {
  const recent = finished.filter(({ atMs }) => atMs > nowMs - MINUTE_MS);
  let over = recent.reduce((sum, { amount }) => sum + amount, 0) - room;
  if (over <= 0) return NOW;
  for (const { atMs, amount } of recent) {
    over -= amount;
    if (over <= 0) return atMs + MINUTE_MS;
  }
  return "next-answer";
}
