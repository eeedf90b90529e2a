/** What a seed decides: the organisation, what goes wrong, what is done to it, and when one looks. Pure. */
import type { FaultRates } from "@octally/github-simulator/faults/faults";
import { Random } from "@octally/github-simulator/history/random";
import type { QueueFaults } from "./queue.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Window = { readonly from: number; readonly to: number };
export type Upheaval = { readonly at: number; readonly step: readonly [number, number, number] };

export type HistoryPlan = {
  readonly seed: number;
  readonly repositories: number;
  readonly pullRequests: number;
  readonly start: number;
  readonly end: number;
  readonly richness: "plain" | "full";
  /** When Octally is set up: what was before is loaded. */
  readonly installedAt: number;
  readonly github: FaultRates;
  readonly queue: QueueFaults;
  /** Nobody reaches them then. */
  readonly down: { readonly intake: readonly Window[]; readonly store: readonly Window[]; readonly queue: readonly Window[] };
  /** Share of all calls that fail. */
  readonly failing: number;
  /** Share of invocations that are killed. */
  readonly killed: number;
  /** How far the machines' clocks are off. */
  readonly skewsMs: readonly number[];
  /** Searches of the store see what was there up to so long ago. */
  readonly searchLagMs: number;
  /** How long messages wait for a worker, at most. */
  readonly idleMs: number;
  /** What people do that the simulator's own stories seldom do. */
  readonly upheavals: readonly Upheaval[];
  /** When the checks run, while all this goes on. */
  readonly checksAt: readonly number[];
};

const END = Date.UTC(2026, 10, 1, 12);

export function planHistory(seed: number): HistoryPlan {
  const random = new Random(`history ${seed}`);
  const pullRequests = Math.round(5 + 55 * random.next() ** 5);
  const lengthMs = random.between(0.2, 1) * 365 * DAY;
  const start = END - lengthMs;
  const within = (from: number, to = 0.97): number => Math.round(start + lengthMs * random.between(from, to));
  const installed = random.chance(0.3) ? 0 : random.between(0.05, 0.5);
  const windows = (most: number, longestMs: number): readonly Window[] => Array.from({ length: random.integer(0, most) }, () => within(installed)).map((from) => ({ from, to: from + Math.round(random.between(5 * MINUTE, longestMs)) }));
  // What GitHub never sends is not in its log either: then only the lists know. In half of the histories the log has all.
  const dropped = random.chance(0.5) ? 0 : random.between(0.05, 0.3);
  const down = { intake: windows(4, 40 * HOUR), store: windows(4, 6 * HOUR), queue: windows(3, 2 * HOUR) };
  return {
    seed,
    repositories: random.integer(1, 4),
    pullRequests,
    start: Math.round(start),
    end: END,
    richness: random.chance(0.2) ? "full" : "plain",
    installedAt: Math.round(start + lengthMs * installed) + 10 * MINUTE,
    github: {
      "webhook-dropped": dropped,
      "webhook-delayed": random.between(0, 0.3),
      "webhook-doubled": random.between(0, 0.2),
      "webhook-reordered": random.between(0, 0.3),
      "rest-error": random.between(0, 0.1),
      "graphql-error": random.between(0, 0.1),
      "graphql-timeout": random.between(0, 0.2),
      "connection-reset": random.between(0, 0.05),
      "secondary-limit": random.chance(0.5) ? 0 : random.between(0, 0.02),
      "stale-read": random.chance(0.5) ? 0 : random.between(0, 0.2),
    },
    queue: { doubled: random.between(0, 0.3), reordered: random.between(0, 0.5), late: random.between(0, 0.1), latestMs: random.between(MINUTE, 8 * HOUR) },
    down,
    failing: random.chance(0.3) ? 0 : random.between(0, 0.05),
    killed: random.between(0, 0.2),
    skewsMs: Array.from({ length: 3 }, () => Math.round(random.between(-5, 5) * MINUTE)),
    searchLagMs: random.chance(0.3) ? 0 : random.between(0, 30_000),
    idleMs: random.pick([5000, 5 * MINUTE, HOUR]),
    upheavals: Array.from({ length: random.integer(5, 60) }, () => ({ at: within(0.02), step: [random.integer(0, 1000), random.integer(0, 1000), random.integer(0, 1000)] as const })).toSorted((a, b) => a.at - b.at),
    checksAt: checksOf(random, start, lengthMs, installed, down.intake),
  };
}

/** Sparser than the product's hourly ones, which is harder; hourly for a while where much was lost, and here and there. */
function checksOf(random: Random, start: number, lengthMs: number, installed: number, losses: readonly Window[]): readonly number[] {
  const from = start + lengthMs * installed + HOUR;
  const seldom = Array.from({ length: 12 }, (_, index) => from + ((END - from) * (index + random.next())) / 12);
  const bursts = [...losses.map(({ to }) => to), ...Array.from({ length: 2 }, () => random.between(from, END))];
  return [...seldom, ...bursts.flatMap((at) => Array.from({ length: 5 }, (_, hour) => at + (hour + 1) * HOUR))].map(Math.round).filter((at) => at < END - HOUR).toSorted((a, b) => a - b);
}
