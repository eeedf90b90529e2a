/** What is known of the completeness of one kind in one place: the content of its `coverage` document. Pure. */
import type { Observation } from "@octally/model/observation";
import { toVersion } from "@octally/model/version";
import * as z from "zod";
import { coverageId, type Level, type Place } from "./place.ts";

export const COVERAGE_KIND = "coverage";

/** From the best to the worst, as the table of `octally check` is read from its end. */
export const STATUSES = ["complete", "not-countable", "settling", "unknown", "repairing", "cannot-see", "stuck"] as const;
export type Status = (typeof STATUSES)[number];

/** Why ids and times are compared one by one: because counts differ, or because it is its turn. */
export const PURPOSES = ["repair", "audit"] as const;
export type Purpose = (typeof PURPOSES)[number];

const coverageDocument = z.object({
  kind: z.string(),
  level: z.enum(["repository", "organization"]),
  org: z.string().nullable(),
  repository: z.object({ id: z.number(), name_with_owner: z.string() }).nullable(),
  expected: z.number().nullable(),
  stored: z.number(),
  missing: z.number().nullable(),
  surplus: z.number().nullable(),
  stale: z.number().nullable(),
  status: z.enum(STATUSES),
  reason: z.string().nullable(),
  permission: z.string().nullable(),
  incomplete_since: z.string().nullable(),
  checked_at: z.string(),
  audited_at: z.string().nullable(),
  attempts: z.number(),
  repaired_at: z.string().nullable(),
  repair: z.object({ run: z.string(), purpose: z.enum(PURPOSES), ordered_at: z.string() }).nullable(),
});

export type Coverage = Readonly<z.output<typeof coverageDocument>>;

export function newCoverage(place: Place, level: Level, kind: string, checkedAt: string): Coverage {
  return {
    kind,
    level,
    ...place,
    expected: null,
    stored: 0,
    missing: null,
    surplus: null,
    stale: null,
    status: "unknown",
    reason: null,
    permission: null,
    incomplete_since: null,
    checked_at: checkedAt,
    audited_at: null,
    attempts: 0,
    repaired_at: null,
    repair: null,
  };
}

/** Undefined for one of the history or of totals, and for what another release wrote in another form: it is made anew. */
export function parseCoverage(document: unknown): Coverage | undefined {
  const parsed = coverageDocument.safeParse(document);
  return parsed.success ? parsed.data : undefined;
}

/** What the history and the totals have in addition. */
export type Extra = { readonly level: Level | "total"; readonly day: string | null; readonly places: { readonly complete: number; readonly countable: number; readonly all: number } | null };

export function toCoverageObservation({ org, repository, ...coverage }: Coverage, extra: Extra = { level: coverage.level, day: null, places: null }): Observation {
  const place = { org, repository };
  const base = extra.level === "total" ? `total:${coverageId(place, coverage.kind)}` : coverageId(place, coverage.kind);
  const id = extra.day === null ? base : `${base}:${extra.day.slice(0, 10)}`;
  return {
    kind: COVERAGE_KIND,
    id,
    ...place,
    document: { id, ...coverage, ...extra },
    deletedAt: null,
    version: toVersion(coverage.checked_at, coverage.checked_at),
    observedAt: coverage.checked_at,
    source: "rest",
    archive: null,
  };
}
