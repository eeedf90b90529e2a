/** All places and kinds of a check at once: what becomes of each, and which inventories are ordered. Pure. */
import type { InventoryJob } from "@octally/shared/sync-job";
import type { Expected } from "./count-answer.ts";
import { newCoverage, type Coverage, type Purpose } from "./coverage.ts";
import { decideCoverage, RULES, type Busy, type Report, type Rules } from "./decide-coverage.ts";
import { coverageId, type Level, type Place } from "./place.ts";

/** One kind in one place, as it was found. */
export type Found = {
  readonly place: Place;
  readonly level: Level;
  readonly kind: string;
  readonly expected: Expected;
  readonly stored: number;
  readonly busy: Busy;
  /** The kind whose stored documents say how many there are, where GitHub itself counts none. */
  readonly countedBy?: string;
};

export type Known = {
  /** By coverage id. */
  readonly previous: ReadonlyMap<string, Coverage>;
  /** By run. */
  readonly reports: ReadonlyMap<string, Report>;
};

export type CompareOptions = {
  readonly now: string;
  readonly repair: boolean;
  /** In one check; the rest has its turn in the next, so that a lost store does not fill the queue at once. */
  readonly mostRepairs: number;
  readonly rules?: Rules;
};

export type OrderedInventory = { readonly run: string; readonly purpose: Purpose; readonly job: InventoryJob };
export type Comparison = { readonly coverages: readonly Coverage[]; readonly orders: readonly OrderedInventory[] };

export function compareCounts(found: readonly Found[], known: Known, options: CompareOptions): Comparison {
  const orders: OrderedInventory[] = [];
  const doubted = new Set<string>();
  const first = found.map((one): Coverage => {
    const previous = previousOf(one, known, options.now);
    const report = previous.repair === null ? undefined : known.reports.get(previous.repair.run);
    const { coverage, order } = decideCoverage(previous, { ...one, report, now: options.now }, options.rules ?? RULES);
    if (one.countedBy !== undefined && coverage.status === "stuck" && (previous.status !== "stuck" || order !== null)) doubted.add(coverageId(one.place, one.countedBy));
    if (order === null) return coverage;
    if (!options.repair) return notOrdered(coverage, previous, "Repairs are switched off for this check.");
    if (orders.length >= options.mostRepairs) return notOrdered(coverage, previous, "Its repair waits for those of others.");
    const ordered = orderInventory(coverage, order, options.now);
    orders.push(ordered.order);
    return ordered.coverage;
  });
  const coverages = first.map((coverage): Coverage => {
    if (!options.repair || orders.length >= options.mostRepairs || !isDoubted(coverage, doubted)) return coverage;
    const ordered = orderInventory(coverage, "audit", options.now);
    orders.push(ordered.order);
    return ordered.coverage;
  });
  return { coverages, orders };
}

/** What is counted by others and cannot be mended is counted wrongly: these are compared by their content, without waiting for their turn. */
function isDoubted({ kind, org, repository, repair, status }: Coverage, doubted: ReadonlySet<string>): boolean {
  return repair === null && status !== "cannot-see" && doubted.has(coverageId({ org, repository }, kind));
}

/** It is as it was: the next check decides again. */
function notOrdered(coverage: Coverage, { attempts }: Coverage, reason: string): Coverage {
  return coverage.status === "repairing" ? { ...coverage, attempts, status: "settling", reason } : { ...coverage, attempts };
}

function previousOf({ place, level, kind }: Found, { previous }: Known, now: string): Coverage {
  const before = previous.get(coverageId(place, kind));
  // It may have been renamed or have moved since.
  return before === undefined ? newCoverage(place, level, kind, now) : { ...before, ...place, level };
}

/** The run's name says what it is of, so that a check that was killed after ordering orders the very same again. */
export function orderInventory(coverage: Coverage, purpose: Purpose, now: string): { readonly coverage: Coverage; readonly order: OrderedInventory } {
  const { kind, org, repository } = coverage;
  const day = now.slice(0, 10);
  const which = purpose === "audit" ? day : `${coverage.incomplete_since ?? day}:${coverage.status === "stuck" ? day : coverage.attempts}`;
  const run = `${purpose}:${coverageId({ org, repository }, kind)}:${which}`;
  const reason = purpose === "audit" ? "compared by its content" : `GitHub has ${coverage.expected ?? "?"}, the store ${coverage.stored}`;
  return {
    coverage: { ...coverage, repair: { run, purpose, ordered_at: now }, repaired_at: now },
    order: { run, purpose, job: { type: "inventory", run, kind, org, repository, ...(purpose === "audit" ? { compares: "content" as const } : {}), reason } },
  };
}
