/** The checks, from cheap to thorough: each by itself on its schedule, or several after one another for a person. */
import type { Coverage } from "./core/coverage.ts";
import { checkAudit, type AuditReport } from "./check-audit.ts";
import { checkCanary, type CanaryReport } from "./check-canary.ts";
import { checkCounts, type Refusal } from "./check-counts.ts";
import { checkDeliveries, type DeliveriesReport } from "./check-deliveries.ts";
import { figuresOf } from "./core/check-figures.ts";
import { checkReferences, type ReferencesReport } from "./check-references.ts";
import { toRunObservation } from "./core/check-run.ts";
import type { Allowance, CheckerPorts } from "./ports.ts";
import { sourcesToday } from "./sources-today.ts";

export const CHECKS = ["counts", "audit", "references", "deliveries", "canary"] as const;
export type Check = (typeof CHECKS)[number];

export type CheckOptions = Allowance & {
  readonly checks: readonly Check[];
  readonly sources: readonly string[];
  /** Everything is compared one by one, now. */
  readonly full: boolean;
  readonly repair: boolean;
  readonly auditDays: number;
  readonly mostRepairs: number;
  readonly webhookUrl: string | undefined;
};

export type Completeness = {
  /** Of the counts and of the delivery log; undefined where neither was asked for. */
  readonly coverages?: readonly Coverage[];
  /** Inventories that were ordered because counts differ. */
  readonly repairs?: number;
  /** Sources of which GitHub shows nothing at all. */
  readonly refusals?: readonly Refusal[];
  readonly requests?: number;
  readonly points?: number;
  readonly audit?: AuditReport;
  readonly references?: ReferencesReport;
  readonly deliveries?: DeliveriesReport;
  readonly canary?: readonly CanaryReport[];
};

export async function checkCompleteness(ports: CheckerPorts, asked: CheckOptions): Promise<Completeness> {
  const startedAt = ports.clock().toISOString();
  const wants = (check: Check): boolean => asked.checks.includes(check);
  // The canary looks every few minutes; hooks answer by a former name too.
  const options = asked.checks.every((check) => check === "canary") ? asked : { ...asked, sources: await sourcesToday(ports, asked) };
  // The log first: what it brings need not be repaired.
  const deliveries = wants("deliveries") ? await checkDeliveries(ports, options) : undefined;
  const counts = wants("counts") ? await checkCounts(ports, options) : undefined;
  const references = wants("references") ? await checkReferences(ports, options) : undefined;
  const audit = wants("audit") && options.repair ? await checkAudit(ports, { sources: options.sources, days: options.auditDays, full: options.full }) : undefined;
  const canary = wants("canary") ? await checkCanary(ports, options) : undefined;
  const coverages = [...(counts?.coverages ?? []), ...(deliveries?.coverages ?? [])];
  const requests = (counts?.requests ?? 0) + (deliveries?.hooks.reduce((sum, hook) => sum + hook.requests, 0) ?? 0);
  const points = (counts?.points ?? 0) + (requests - (counts?.requests ?? 0));
  const done = { startedAt, finishedAt: ports.clock().toISOString(), checks: options.checks, sources: options.sources, requests, points, coverages, orders: (counts?.orders.length ?? 0) + (references?.jobs ?? 0) + (audit?.ordered ?? 0) };
  // The canary looks every few minutes, and keeps a state of its own.
  const told = options.checks.every((check) => check === "canary") ? [] : [toRunObservation(done)];
  for (const result of await ports.store.write(told)) if (result.outcome === "failed") throw result.error;
  ports.log.info({ checks: options.checks, requests, points, orders: done.orders, ...figuresOf({ coverages: counts?.coverages, canary }) }, "checked");
  return {
    ...(counts === undefined && deliveries === undefined ? {} : { coverages }),
    ...(counts === undefined ? {} : { repairs: counts.orders.length, refusals: counts.refusals }),
    requests,
    points,
    ...(audit === undefined ? {} : { audit }),
    ...(references === undefined ? {} : { references }),
    ...(deliveries === undefined ? {} : { deliveries }),
    ...(canary === undefined ? {} : { canary }),
  };
}
