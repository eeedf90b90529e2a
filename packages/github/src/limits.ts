/** GitHub's published limits, and how much of them Octally takes. Pure data; sources in README.md. */

/** Who asks, most urgent first: a webhook's follow-up, a gap that was found, the history. */
export type Purpose = "live" | "repair" | "backfill";

export type Api = "rest" | "graphql";

export type Limits = {
  /** "Points per minute", for each API by itself. */
  readonly pointsPerMinute: Readonly<Record<Api, number>>;
  /** "CPU time per 60 seconds", which GitHub says to estimate by the response time: of both together, and of GraphQL alone. */
  readonly secondsPerMinute: { readonly all: number; readonly graphql: number };
  /** At once, over both. GitHub's own limit is 100 for everything that uses the token; it asks for one after another. */
  readonly inFlight: number;
  /** The part of an hour's budget that backfill leaves to the others. Repair leaves half of it to live work. */
  readonly reserve: number;
  /** The part of a minute's points and seconds that each purpose may bring the minute to. */
  readonly minuteShare: Readonly<Record<Purpose, number>>;
};

export const PUBLISHED_LIMITS: Limits = {
  pointsPerMinute: { rest: 900, graphql: 2000 },
  secondsPerMinute: { all: 90, graphql: 60 },
  inFlight: 4,
  reserve: 0.1,
  minuteShare: { live: 1, repair: 0.9, backfill: 0.8 },
};

/** For how long GitHub's replicas may still show what was before. Of our own: GitHub publishes none. */
export const REPLICA_MS = 15 * 60_000;

/** REST: reading costs 1, writing 5; a GraphQL query 1 (Octally sends no mutation). */
export function minutePointsOf(api: Api, method: string): number {
  return api === "graphql" || method === "GET" || method === "HEAD" || method === "OPTIONS" ? 1 : 5;
}

/** What must remain of an hour's budget of this size, for this purpose. */
export function floorOf(limits: Limits, purpose: Purpose, limit: number): number {
  const reserve = Math.ceil(limits.reserve * limit);
  if (purpose === "backfill") return reserve;
  return purpose === "repair" ? Math.ceil(reserve / 2) : 0;
}

/** The last place is kept for live work, so that it never waits for a slow page of the history. */
export function placesOf(limits: Limits, purpose: Purpose): number {
  return purpose === "live" ? limits.inFlight : Math.max(1, limits.inFlight - 1);
}
