/**
 * Whether a request may go now. Pure: times are milliseconds of one clock that only ever moves forward (clock.ts); what GitHub says
 * of its own clock becomes a distance from the moment its answer came, so that a worker with a wrong clock decides the same.
 */
import { type Api, floorOf, type Limits, placesOf, type Purpose } from "./limits.ts";
import { secondsWait, pointsWait, type Spent } from "./minute.ts";
import type { RateNews } from "./rate-news.ts";
import { latestOf, NOW, type Until } from "./until.ts";
import { afterLimit, effectiveWindow, mergeWindow, type Window } from "./window.ts";

export type Wish = {
  readonly api: Api;
  /** Which hourly budget it takes from: core, search, graphql, … */
  readonly resource: string;
  readonly purpose: Purpose;
  /** What it is expected to take from the hourly budget. */
  readonly cost: number;
  /** What it takes from the minute's points. */
  readonly points: number;
  /** How long the caller can wait. */
  readonly patientUntilMs: number;
};

export type WaitReason = "hourly-budget" | "minute-points" | "minute-seconds" | "secondary-limit" | "in-flight";

/** `untilMs` null: until the next answer comes. */
export type Decision = { readonly do: "go" } | { readonly do: "wait"; readonly untilMs: number | null; readonly reason: WaitReason } | { readonly do: "defer"; readonly untilMs: number; readonly reason: WaitReason };

export type Flight = Omit<Wish, "patientUntilMs"> & { readonly startedMs: number };

export type Lost = { readonly resource: string; readonly cost: number; readonly atMs: number };

export type GovernorState = {
  readonly windows: Readonly<Record<string, Window>>;
  /** What was finished in the last minute, oldest first. */
  readonly minute: readonly Spent[];
  readonly flights: ReadonlyMap<number, Flight>;
  /** Requests of the last minutes that got no answer: what was under way beside them does not tell of their cost. */
  readonly lost: readonly Lost[];
  readonly nextFlight: number;
  readonly blockedUntilMs: number;
  /** Secondary limits met in a row; while there are any, one request at a time. */
  readonly strikes: number;
  readonly struckAtMs: number;
  /** How long an answer takes, smoothed. */
  readonly usualMs: Readonly<Record<Api, number>>;
};

/** How a request ended. `no-answer`: nothing is known but that GitHub may have counted it. */
export type Ending = { readonly is: "answered" | "primary-limit" | "secondary-limit" | "no-answer"; readonly news: RateNews };

const MINUTE_MS = 60_000;
const SECONDARY_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
/** Longer than any request is under way. */
const LOST_KEPT_MS = 10 * MINUTE_MS;

export const QUIET_GOVERNOR: GovernorState = { windows: {}, minute: [], flights: new Map(), lost: [], nextFlight: 1, blockedUntilMs: 0, strikes: 0, struckAtMs: 0, usualMs: { rest: 200, graphql: 1000 } };

export function decide(state: GovernorState, limits: Limits, wish: Wish, nowMs: number): Decision {
  const flights = [...state.flights.values()];
  const waits: readonly (readonly [WaitReason, Until])[] = [
    ["secondary-limit", state.blockedUntilMs > nowMs ? state.blockedUntilMs : NOW],
    ["hourly-budget", hourlyWait(state, limits, wish, flights, nowMs)],
    ["minute-points", pointsWait(limits, wish, state.minute, flights, nowMs)],
    ["minute-seconds", secondsWait(limits, wish, state.minute, flights, state.usualMs, nowMs)],
    ["in-flight", flights.length >= (state.strikes > 0 ? 1 : placesOf(limits, wish.purpose)) ? "next-answer" : NOW],
  ];
  const [reason, until] = latestOf(waits);
  if (until === NOW) return { do: "go" };
  if (until === "next-answer") return { do: "wait", untilMs: null, reason };
  return { do: until > wish.patientUntilMs ? "defer" : "wait", untilMs: until, reason };
}

function hourlyWait(state: GovernorState, limits: Limits, wish: Wish, flights: readonly Flight[], nowMs: number): Until {
  const mine = flights.filter(({ resource }) => resource === wish.resource);
  const window = effectiveWindow(state.windows[wish.resource], nowMs);
  // Nobody has said what is left: one request asks, the others wait for what it learns.
  if (window === undefined) return mine.length > 0 ? "next-answer" : NOW;
  if (window.is === "unlimited") return NOW;
  const spendable = window.remaining - floorOf(limits, wish.purpose, window.limit);
  if (spendable < wish.cost) return window.resetsAtMs;
  // Those under way may turn out to be free (304): their answers decide, not the end of the hour.
  return spendable - mine.reduce((sum, { cost }) => sum + cost, 0) < wish.cost ? "next-answer" : NOW;
}

/** The request goes out now. Whoever begins without having asked oversteps. */
export function begin(state: GovernorState, wish: Wish, nowMs: number): { readonly state: GovernorState; readonly flight: number } {
  const { patientUntilMs: _, ...rest } = wish;
  const flights = new Map(state.flights).set(state.nextFlight, { ...rest, startedMs: nowMs });
  return { state: { ...state, flights, nextFlight: state.nextFlight + 1 }, flight: state.nextFlight };
}

/** It came back, or did not. A flight that is not known (ended twice) changes nothing. */
export function finish(state: GovernorState, flightId: number, ending: Ending, nowMs: number): GovernorState {
  const flight = state.flights.get(flightId);
  if (flight === undefined) return state;
  const flights = new Map(state.flights);
  flights.delete(flightId);
  const ms = Math.max(0, nowMs - flight.startedMs);
  // Its points count from the answer on, because GitHub may have counted the request as late as that.
  const minute = [...state.minute.filter(({ atMs }) => atMs > nowMs - MINUTE_MS), { atMs: nowMs, api: flight.api, points: flight.points, ms }];
  const lost = [...state.lost.filter(({ atMs }) => atMs > nowMs - LOST_KEPT_MS), ...(ending.is === "no-answer" ? [{ resource: flight.resource, cost: flight.cost, atMs: nowMs }] : [])];
  const next = { ...state, flights, minute, lost, windows: windowsAfter(state, flight, ending, nowMs), usualMs: { ...state.usualMs, [flight.api]: state.usualMs[flight.api] * 0.8 + ms * 0.2 } };
  if (ending.is === "secondary-limit") return struck(next, flight, ending.news, nowMs);
  const calmed = ending.is === "answered" && flight.startedMs >= state.struckAtMs;
  const pauseMs = ending.is === "primary-limit" ? (ending.news.retryAfterSeconds ?? 0) * 1000 : 0;
  return { ...next, strikes: calmed ? 0 : state.strikes, blockedUntilMs: Math.max(state.blockedUntilMs, pauseMs > 0 ? nowMs + pauseMs : 0) };
}

function windowsAfter({ windows, lost }: GovernorState, flight: Flight, { is, news: told }: Ending, nowMs: number): Readonly<Record<string, Window>> {
  const name = told.resource ?? flight.resource;
  // GitHub may have counted what was lost meanwhile after it had written this answer.
  const untold = lost.reduce((sum, { resource, cost, atMs }) => (resource === name && atMs >= flight.startedMs ? sum + cost : sum), 0);
  const news: RateNews = told.remaining === null ? told : { ...told, remaining: Math.max(0, told.remaining - untold) };
  const known = windows[name];
  // GitHub may have counted it all the same.
  if (is === "no-answer") return known?.is === "open" ? { ...windows, [name]: { ...known, remaining: Math.max(0, known.remaining - flight.cost) } } : windows;
  const window = is === "primary-limit" ? afterLimit(known, news, nowMs) : mergeWindow(known, news, nowMs, is === "answered");
  return window === undefined ? windows : { ...windows, [name]: window };
}

/** As GitHub says; where it does not say, a minute, and twice as long each time. Several that were under way are one strike. */
function struck(state: GovernorState, flight: Flight, news: RateNews, nowMs: number): GovernorState {
  const again = state.strikes === 0 || flight.startedMs >= state.struckAtMs;
  const strikes = again ? state.strikes + 1 : state.strikes;
  const pauseMs = news.retryAfterSeconds === null ? Math.min(LONGEST_PAUSE_MS, SECONDARY_PAUSE_MS * 2 ** (strikes - 1)) : Math.max(1, news.retryAfterSeconds) * 1000;
  return { ...state, strikes, struckAtMs: nowMs, blockedUntilMs: Math.max(state.blockedUntilMs, nowMs + pauseMs) };
}
