/** The Lambda handler of the schedules: composition only. */
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import * as z from "zod";
import { checkCompleteness, CHECKS, type Completeness } from "./check-completeness.ts";
import { readCheckerConfig } from "./config.ts";
import type { Coverage } from "./core/coverage.ts";
import { isComplete, totalsOf } from "./core/totals.ts";
import { makeCheckerPorts } from "./make-checker-ports.ts";

/** What a schedule sends. */
const input = z.object({
  checks: z.array(z.enum(CHECKS)).min(1),
  sources: z.array(z.string()).optional(),
  full: z.boolean().default(false),
  repair: z.boolean().default(true),
});

/** What the schedule's log shows; the coverages are in the store, here are their sums by owner. */
export type CheckSummary = Omit<Completeness, "coverages"> & { readonly places: number; /** Kinds in places that are not complete. */ readonly open: number; readonly totals: readonly Coverage[] };

const config = readCheckerConfig(process.env);
const { ports, accounted } = await makeCheckerPorts(config);

/** Left for writing what was found. */
const RESERVE_MS = 30_000;

export const handler = middy<unknown, CheckSummary>().handler(async (event: unknown, context: Pick<Context, "getRemainingTimeInMillis">) => {
  const { checks, sources = config.sources, full, repair } = input.parse(event);
  const { OCTALLY_AUDIT_DAYS: auditDays, OCTALLY_MOST_REPAIRS: mostRepairs, OCTALLY_WEBHOOK_URL: webhookUrl } = config.checker;
  const timeMs = Math.max(1000, context.getRemainingTimeInMillis() - RESERVE_MS);
  const { coverages = [], ...rest } = await accounted(checkCompleteness(ports, { checks, sources, full, repair, auditDays, mostRepairs, webhookUrl, timeMs }));
  const totals = totalsOf(coverages).flatMap(({ coverage }) => (coverage.kind === "*" ? [coverage] : []));
  return { ...rest, places: coverages.length, open: coverages.filter((coverage) => !isComplete([coverage])).length, totals };
});
