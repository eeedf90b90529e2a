/** The rolling audit: whoever's turn it is gets an inventory, which compares ids and times one by one. */
import { toJobMessage } from "@octally/shared/sync-job";
import { busyOf } from "./core/busy.ts";
import { planAudit } from "./core/audit-slice.ts";
import { orderInventory } from "./core/compare-counts.ts";
import type { Coverage } from "./core/coverage.ts";
import { parseSource, type Source } from "./core/source.ts";
import { readCoverages, writeCoverages } from "./coverage-store.ts";
import type { CheckerPorts } from "./ports.ts";
import { readOnItsWay } from "./read-on-its-way.ts";

export type AuditOptions = {
  readonly sources: readonly string[];
  /** In so many days everything has had its turn. */
  readonly days: number;
  /** Everything, now. */
  readonly full: boolean;
};

export type AuditReport = { readonly ordered: number; readonly of: number; /** Of the inventories, by which they are waited for. */ readonly runs: readonly string[] };

export async function checkAudit(ports: CheckerPorts, options: AuditOptions): Promise<AuditReport> {
  const now = ports.clock().toISOString();
  const known = await readCoverages(ports);
  const sources = options.sources.map(parseSource);
  const mine = [...known.values()].filter((coverage) => sources.some((source) => isOf(source, coverage)));
  // What is half loaded would be found missing, and fetched twice.
  const way = await readOnItsWay(ports);
  const still = mine.filter((coverage) => !busyOf(way, coverage, coverage.kind).loading);
  const ordered = planAudit(ports.kinds, still, { now, days: options.days, full: options.full }).map((coverage) => orderInventory(coverage, "audit", now));
  await ports.jobs.sendAll(ordered.map(({ order }) => toJobMessage(order.job)));
  await writeCoverages(ports, ordered.map(({ coverage }) => ({ ...coverage, checked_at: now })), known, now);
  return { ordered: ordered.length, of: mine.length, runs: ordered.map(({ order }) => order.run) };
}

function isOf({ owner, name }: Source, { org, repository }: Coverage): boolean {
  if (repository === null) return name === null && org?.toLowerCase() === owner;
  const [of, called] = repository.name_with_owner.toLowerCase().split("/");
  return of === owner && (name === null || name === called);
}
