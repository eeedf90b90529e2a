/** What `octally check` shows a person. Pure. */
import type { Coverage } from "@octally/integrity-checker/core/coverage";
import { badness, completenessOf, isComplete, totalsOf } from "@octally/integrity-checker/core/totals";
import { ageText, lackOf, number, percent, shown } from "./completeness-report.ts";
import { plainTable, wrapped, type Row } from "./plain-table.ts";

/** Blank where there is nothing to be said: then what differs is seen at once. */
const differs = ({ missing, surplus, stale }: Coverage): readonly string[] => [missing, surplus, stale].map((value) => (value === null || value === 0 ? "" : number.format(value)));

/** What GitHub counts, kind by kind; what is nowhere is left out. */
export function countedTable(coverages: readonly Coverage[]): string {
  const totals = totalsOf(coverages).filter(({ coverage: { kind, expected, stored } }) => kind !== "*" && expected !== null && (expected > 0 || stored > 0));
  const rows = totals.map(({ coverage, extra: { places } }): Row => [coverage.kind, shown(coverage.expected), shown(coverage.stored), ...differs(coverage), `${places?.complete ?? 0} of ${places?.all ?? 0}`]);
  return plainTable(["kind", "GitHub", "stored", "missing", "surplus", "stale", "complete in"], rows, [1, 2, 3, 4, 5, 6]);
}

/** What GitHub does not count, and in how many places it was compared one by one. `incomparable`: kinds of which GitHub has no list. */
export function uncountedTable(coverages: readonly Coverage[], incomparable: ReadonlySet<string>): string {
  const kinds = Map.groupBy(coverages, ({ kind }) => kind);
  const totals = totalsOf(coverages).filter(({ coverage: { kind, expected, stored, missing } }) => kind !== "*" && expected === null && (stored > 0 || (missing ?? 0) > 0));
  const rows = totals.map(({ coverage }): Row => {
    const places = kinds.get(coverage.kind) ?? [];
    const compared = places.filter(({ audited_at: at }) => at !== null).length;
    return [coverage.kind, shown(coverage.stored), ...differs(coverage), incomparable.has(coverage.kind) ? "cannot be" : coverage.status === "cannot-see" ? "hidden" : `${compared} of ${places.length}`];
  });
  return plainTable(["kind", "stored", "missing", "surplus", "stale", "compared in"], rows, [1, 2, 3, 4, 5]);
}

/** What is not right, worst first: by status, then by how much, then by age. */
export function openOnes(coverages: readonly Coverage[], now: string): readonly Coverage[] {
  return coverages
    .filter((coverage) => !isComplete([coverage]))
    .toSorted((a, b) => badness(b.status) - badness(a.status) || lackOf(b) - lackOf(a) || (a.incomplete_since ?? now).localeCompare(b.incomplete_since ?? now));
}

/** In lines no wider than that; a reason that several in a row have is said at the first. */
export function openLines(open: readonly Coverage[], now: string, width: number): readonly string[] {
  return open.flatMap((coverage, index) => linesOf(coverage, whyOf(coverage) === whyOf(open[index - 1]) ? "" : whyOf(coverage), now, width));
}

function whyOf(coverage: Coverage | undefined): string {
  const { permission = null, reason = null } = coverage ?? {};
  return [permission === null ? "" : `It needs ${permission}.`, reason ?? ""].filter((text) => text !== "").join(" ");
}

function linesOf(coverage: Coverage, why: string, now: string, width: number): readonly string[] {
  const { status, kind, expected, stored, incomplete_since: since } = coverage;
  const where = coverage.repository?.name_with_owner ?? coverage.org ?? "";
  const lacks = (["missing", "surplus", "stale"] as const).flatMap((name) => ((coverage[name] ?? 0) > 0 ? [`${shown(coverage[name])} ${name}`] : []));
  const held = expected === null ? `${shown(stored)} stored` : `${shown(stored)} of ${shown(expected)}`;
  const what = [`${where} ${kind}: ${held}`, ...lacks, ...(since === null ? [] : [ageText(since, now) === "0 min" ? "seen just now" : `for ${ageText(since, now)}`])].join(", ");
  const column = 12;
  return [...wrapped(what, width - column), ...wrapped(why, width - column)].map((line, index) => `${(index === 0 ? status : "").padEnd(column)}${line}`);
}

/** "99.98 % of the 12,347 things that GitHub counts are here …" */
export function summaryOf(coverages: readonly Coverage[]): string {
  const all = totalsOf(coverages).filter(({ coverage }) => coverage.kind === "*");
  const sum = (value: (coverage: Coverage) => number | null): number => all.reduce((total, { coverage }) => total + (value(coverage) ?? 0), 0);
  const total = { expected: sum(({ expected }) => expected), missing: sum(({ missing }) => missing), stale: sum(({ stale }) => stale) };
  const of = (status: Coverage["status"]): number => coverages.filter((coverage) => coverage.status === status).length;
  const uncounted = coverages.reduce((found, coverage) => (coverage.expected === null ? found + lackOf(coverage) : found), 0);
  const parts = [
    `${percent(completenessOf(total))} of the ${number.format(total.expected)} things that GitHub counts are here`,
    ...[["missing", total.missing], ["surplus", sum(({ surplus }) => surplus)], ["stale", total.stale]].flatMap(([name, value]) => (value === 0 ? [] : [`${number.format(Number(value))} ${name}`])),
    ...(uncounted === 0 ? [] : [`${number.format(uncounted)} ${uncounted === 1 ? "differs" : "differ"} of what GitHub does not count`]),
    ...(["stuck", "cannot-see", "repairing", "settling", "unknown"] as const).flatMap((status) => (of(status) === 0 ? [] : [`${of(status)} ${status}`])),
  ];
  return `${parts.join(", ")}.`;
}

/** What each status that occurs means, and what a person can do about it. */
export function hintsOf(coverages: readonly Coverage[]): readonly string[] {
  const statuses = new Set(coverages.map(({ status }) => status));
  return [
    ...(statuses.has("settling") ? ["settling: seen too lately, or deliveries are coming in. It is looked at again before anything is repaired; the running system does so by itself. Not wanting to wait: ./octally check --full."] : []),
    ...(statuses.has("repairing") ? ["repairing: the lists are being compared one by one, and what differs is fetched. The next check shows what came of it."] : []),
    ...(statuses.has("cannot-see") ? ["cannot-see: the token may not read it. Grant the permission that is named; nothing is deleted because of it."] : []),
    ...(statuses.has("stuck") ? ["stuck: three repairs did not help. The reason is beside it; one attempt a day is still made."] : []),
  ];
}
