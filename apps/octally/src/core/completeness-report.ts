/** What `octally check` and `octally status` say of completeness. Pure. */
import type { Coverage } from "@octally/integrity-checker/core/coverage";
import type { Finding } from "./finding.ts";
import { badness, completenessOf, isComplete, totalsOf } from "@octally/integrity-checker/core/totals";

export type Row = readonly string[];
export const OPEN_HEAD: Row = ["where", "kind", "GitHub", "stored", "missing", "surplus", "stale", "status", "since", "why"];
export const KIND_HEAD: Row = ["kind", "GitHub", "stored", "missing", "surplus", "stale", "complete in"];

const number = new Intl.NumberFormat("en");
const shown = (value: number | null): string => (value === null ? "-" : number.format(value));

/** What is not right, worst first: by status, then by how much, then by age. */
export function openRows(coverages: readonly Coverage[], now: string): readonly Row[] {
  return coverages
    .filter(({ status }) => status !== "complete" && status !== "not-countable")
    .toSorted((a, b) => badness(b.status) - badness(a.status) || lackOf(b) - lackOf(a) || (a.incomplete_since ?? now).localeCompare(b.incomplete_since ?? now))
    .map((coverage) => [
      coverage.repository?.name_with_owner ?? coverage.org ?? "",
      coverage.kind,
      shown(coverage.expected),
      shown(coverage.stored),
      shown(coverage.missing),
      shown(coverage.surplus),
      shown(coverage.stale),
      coverage.status,
      coverage.incomplete_since === null ? "" : ageText(coverage.incomplete_since, now),
      [coverage.permission === null ? "" : `needs ${coverage.permission}.`, coverage.reason ?? ""].filter((text) => text !== "").join(" "),
    ]);
}

function lackOf({ missing, surplus, stale }: Coverage): number {
  return (missing ?? 0) + (surplus ?? 0) + (stale ?? 0);
}

/** One for each kind that GitHub counts or the store holds. */
export function kindRows(coverages: readonly Coverage[]): readonly Row[] {
  const totals = totalsOf(coverages).filter(({ coverage }) => coverage.kind !== "*" && (coverage.expected !== null || coverage.stored > 0));
  return totals.map(({ coverage: { kind, expected, stored, missing, surplus, stale, status }, extra: { places } }) => [
    kind,
    shown(expected),
    shown(stored),
    shown(missing),
    shown(surplus),
    shown(stale),
    expected !== null ? `${places?.complete ?? 0} of ${places?.all ?? 0}` : status === "cannot-see" ? "hidden" : "not counted by GitHub",
  ]);
}

/** "99.98 % of 12,347 things are here …" */
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

/** Never rounded up to 100. */
export function percent(share: number | null): string {
  if (share === null) return "-";
  return share === 1 ? "100 %" : `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}

export type StoredTotal = Pick<Coverage, "expected" | "stored" | "missing" | "surplus" | "stale" | "status" | "checked_at" | "org">;

export function completenessLine(totals: readonly StoredTotal[], now: string): string {
  if (totals.length === 0) return 'Completeness: not checked yet. "./octally check" does.';
  return totals
    .map((total) => {
      const lacks = (["missing", "surplus", "stale"] as const).flatMap((name) => ((total[name] ?? 0) > 0 ? [`${number.format(total[name] ?? 0)} ${name}`] : []));
      return `Completeness${totals.length > 1 ? ` of ${total.org ?? ""}` : ""}: ${percent(completenessOf(total))} of ${shown(total.expected)} things${lacks.length === 0 ? "" : ` (${lacks.join(", ")})`}, ${isComplete([total]) ? "complete" : total.status}, checked ${ageText(total.checked_at, now)} ago`;
    })
    .join("\n");
}

/** What differs and is being looked into is in order; what waits for a person is not. */
export function completenessFindings(totals: readonly StoredTotal[], now: string): readonly Finding[] {
  return totals.map((total): Finding => {
    const line = completenessLine([total], now);
    const waits = total.status === "stuck" || total.status === "cannot-see";
    return waits ? { name: "completeness", ok: false, problem: `${line}. "./octally check" says what, and which permission is missing.` } : { name: "completeness", ok: true, detail: line };
  });
}

/** But for when they were checked. */
export function sameTotals(a: readonly StoredTotal[], b: readonly StoredTotal[]): boolean {
  const seen = (totals: readonly StoredTotal[]): string => JSON.stringify(totals.map(({ org, status, missing, surplus, stale }) => [org, status, missing, surplus, stale]));
  return seen(a) === seen(b);
}

export function ageText(from: string, to: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}
