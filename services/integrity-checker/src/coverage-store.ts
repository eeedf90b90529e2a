/** Coverages in the store: what was known at the last check, what became of the inventories since, and what is known now. */
import { PermanentError } from "@octally/shared/errors";
import { COVERAGE_KIND, parseCoverage, toCoverageObservation, type Coverage } from "./core/coverage.ts";
import type { Report } from "./core/decide-coverage.ts";
import { toReport } from "./core/inventory-report.ts";
import { coverageId } from "./core/place.ts";
import { totalsOf } from "./core/totals.ts";
import type { CheckerPorts } from "./ports.ts";

/** By coverage id. */
export async function readCoverages({ reader }: Pick<CheckerPorts, "reader">): Promise<ReadonlyMap<string, Coverage>> {
  const known = new Map<string, Coverage>();
  for await (const document of reader.scan({ kind: COVERAGE_KIND, by: "id", where: { is: { level: ["repository", "organization"] }, lacks: ["day"] } })) {
    const coverage = parseCoverage(document);
    if (coverage !== undefined) known.set(coverageId(coverage, coverage.kind), coverage);
  }
  return known;
}

const AT_ONCE = 1000;

/** Of the inventories that are waited for, by run. */
export async function readReports({ states }: Pick<CheckerPorts, "states">, coverages: Iterable<Coverage>): Promise<ReadonlyMap<string, Report>> {
  return readRunReports({ states }, [...coverages].flatMap(({ repair }) => (repair === null ? [] : [repair.run])));
}

export async function readRunReports({ states }: Pick<CheckerPorts, "states">, runs: readonly string[]): Promise<ReadonlyMap<string, Report>> {
  const reports = new Map<string, Report>();
  for (let start = 0; start < runs.length; start += AT_ONCE) {
    for (const [run, { document }] of await states.read("sync-run", runs.slice(start, start + AT_ONCE))) {
      const report = toReport(document);
      if (report !== undefined) reports.set(run, report);
    }
  }
  return reports;
}

/**
 * The present, the totals, and the day's history: of totals, and of what was not complete. `changed`: what a check has found; `known`:
 * everything as it was before, for the totals.
 * @throws AppError where the store refuses one
 */
export async function writeCoverages({ store }: Pick<CheckerPorts, "store">, changed: readonly Coverage[], known: ReadonlyMap<string, Coverage>, day: string, gone: readonly Coverage[] = []): Promise<void> {
  if (changed.length + gone.length === 0) return;
  const now = new Map(known);
  for (const coverage of changed) now.set(coverageId(coverage, coverage.kind), coverage);
  for (const coverage of gone) now.delete(coverageId(coverage, coverage.kind));
  const midnight = `${day.slice(0, 10)}T00:00:00Z`;
  const observations = [
    ...changed.map((coverage) => toCoverageObservation(coverage)),
    ...gone.map((coverage) => ({ ...toCoverageObservation({ ...coverage, checked_at: day }), deletedAt: day })),
    ...changed.filter(({ status }) => status !== "complete" && status !== "not-countable").map((coverage) => toCoverageObservation(coverage, { level: coverage.level, day: midnight, places: null })),
    ...totalsOf([...now.values()]).flatMap(({ coverage, extra }) => [{ ...coverage, checked_at: day }].flatMap((total) => [toCoverageObservation(total, extra), toCoverageObservation(total, { ...extra, day: midnight })])),
  ];
  for (let start = 0; start < observations.length; start += AT_ONCE) {
    for (const result of await store.write(observations.slice(start, start + AT_ONCE))) {
      if (result.outcome === "failed") throw result.error.retryable ? result.error : new PermanentError("coverage-refused", result.error.message, { cause: result.error });
    }
  }
}
