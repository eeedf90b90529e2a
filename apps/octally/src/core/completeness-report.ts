/** What is said of completeness in a line. Pure. */
import type { Coverage } from "@octally/integrity-checker/core/coverage";
import type { Finding } from "./finding.ts";
import { completenessOf, isComplete } from "@octally/integrity-checker/core/totals";

export const number = new Intl.NumberFormat("en");
export const shown = (value: number | null): string => (value === null ? "-" : number.format(value));

/** How much of one differs. */
export function lackOf({ missing, surplus, stale }: Pick<Coverage, "missing" | "surplus" | "stale">): number {
  return (missing ?? 0) + (surplus ?? 0) + (stale ?? 0);
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
    const line = completenessLine([total], now).replace(/^Completeness: /, "");
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
