/** GitHub's published limits, kept by the other side: counts every overstepping. It knows nothing of the governor. */
import type { Ending } from "../src/governor.ts";
import { NO_NEWS, type RateNews } from "../src/rate-news.ts";

export type Asked = { readonly api: "rest" | "graphql"; readonly resource: string; readonly cost: number; readonly points: number };

export type OracleOptions = {
  /** What GitHub's clock shows at the virtual time 0; the worker's is of no importance. */
  readonly epochMs: number;
  readonly hourly: Readonly<Record<string, number>>;
  readonly windowMs?: Readonly<Record<string, number>>;
};

export type LimitOracle = {
  /** The request arrives. */
  readonly arrive: (asked: Asked, atMs: number) => Ending["is"];
  /** It leaves GitHub again. */
  readonly leave: (asked: Asked, atMs: number) => RateNews;
  /** Another process spends of the same budget. */
  readonly spendElsewhere: (resource: string, cost: number, atMs: number) => void;
  readonly violations: readonly string[];
  readonly spent: () => number;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const POINTS = { rest: 900, graphql: 2000 } as const;
const CONCURRENT = 100;
const COMPUTING_MS = { all: 90_000, graphql: 60_000 } as const;

export function makeLimitOracle({ epochMs, hourly, windowMs = {} }: OracleOptions): LimitOracle {
  const windows = new Map<string, { used: number; startMs: number }>();
  const violations: string[] = [];
  let arrivals: { readonly atMs: number; readonly api: Asked["api"]; readonly points: number }[] = [];
  let computing: readonly { readonly asked: Asked; readonly fromMs: number; toMs: number }[] = [];
  let inside = 0;
  let spent = 0;

  function windowAt(resource: string, atMs: number): { used: number; startMs: number } {
    const known = windows.get(resource);
    if (known !== undefined && atMs < known.startMs + (windowMs[resource] ?? HOUR_MS)) return known;
    // Windows begin with the first request, at a whole second of GitHub's clock.
    const fresh = { used: 0, startMs: Math.floor((atMs + epochMs) / 1000) * 1000 - epochMs };
    windows.set(resource, fresh);
    return fresh;
  }

  /** Of those who have come, as much of it as lies in the last minute. */
  function computedMs(api: Asked["api"] | "all", atMs: number): number {
    return computing.reduce((sum, { asked, fromMs, toMs }) => sum + (api === "all" || asked.api === api ? Math.max(0, Math.min(toMs, atMs) - Math.max(fromMs, atMs - MINUTE_MS)) : 0), 0);
  }

  return {
    violations,
    spent: () => spent,
    spendElsewhere(resource, cost, atMs) {
      windowAt(resource, atMs).used += cost;
    },
    arrive(asked, atMs) {
      inside += 1;
      if (inside > CONCURRENT) violations.push(`${inside} at once`);
      arrivals = [...arrivals.filter((one) => one.atMs > atMs - MINUTE_MS), { atMs, api: asked.api, points: asked.points }];
      const points = arrivals.reduce((sum, one) => sum + (one.api === asked.api ? one.points : 0), 0);
      if (points > POINTS[asked.api]) violations.push(`${points} points of ${asked.api} in a minute`);
      computing = [...computing.filter(({ toMs }) => toMs > atMs - MINUTE_MS), { asked, fromMs: atMs, toMs: Number.POSITIVE_INFINITY }];
      for (const api of asked.api === "graphql" ? (["all", "graphql"] as const) : (["all"] as const)) {
        if (computedMs(api, atMs) > COMPUTING_MS[api]) violations.push(`${computedMs(api, atMs)} ms of computing in a minute (${api})`);
      }
      const window = windowAt(asked.resource, atMs);
      if (window.used + asked.cost > (hourly[asked.resource] ?? 0)) {
        violations.push(`${asked.resource}: ${asked.cost} of ${(hourly[asked.resource] ?? 0) - window.used} left`);
        return "primary-limit";
      }
      window.used += asked.cost;
      spent += asked.cost;
      return "answered";
    },
    leave(asked, atMs) {
      const { resource } = asked;
      inside -= 1;
      for (const one of computing) if (one.asked === asked) one.toMs = atMs;
      const window = windowAt(resource, atMs);
      const limit = hourly[resource] ?? 0;
      const reset = (window.startMs + (windowMs[resource] ?? HOUR_MS) + epochMs) / 1000;
      return { ...NO_NEWS, resource, limit, remaining: Math.max(0, limit - window.used), resetEpochSeconds: reset, dateMs: Math.floor((atMs + epochMs) / 1000) * 1000 };
    },
  };
}
