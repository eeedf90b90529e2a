/** The sums of coverages: of an organisation by kind, and of everything. Pure. */
import { STATUSES, type Coverage, type Extra, type Status } from "./coverage.ts";

export type Total = { readonly coverage: Coverage; readonly extra: Extra };

/** For each owner one total of each kind, and one of all kinds (`*`). */
export function totalsOf(coverages: readonly Coverage[]): readonly Total[] {
  const byOwner = Map.groupBy(coverages, ({ org, repository }) => org ?? repository?.name_with_owner.split("/")[0] ?? "");
  return [...byOwner].flatMap(([org, all]) => [...Map.groupBy(all, ({ kind }) => kind)].map(([kind, of]) => totalOf(org, kind, of)).concat(totalOf(org, "*", all)));
}

function totalOf(org: string, kind: string, all: readonly Coverage[]): Total {
  const countable = all.filter(({ expected }) => expected !== null);
  const worst = worstOf(all);
  // Of everything together a share is told: what GitHub does not count is in neither part of it. By itself each kind tells all that is known.
  const compared = kind === "*" ? countable : all;
  const sum = (value: (coverage: Coverage) => number | null, of = compared): number => of.reduce((total, coverage) => total + (value(coverage) ?? 0), 0);
  const times = (value: (coverage: Coverage) => string | null): readonly string[] => all.flatMap((coverage) => value(coverage) ?? []).toSorted();
  return {
    coverage: {
      kind,
      level: "organization",
      org,
      repository: null,
      expected: countable.length === 0 ? null : countable.reduce((total, { expected }) => total + (expected ?? 0), 0),
      stored: sum(({ stored }) => stored, all),
      missing: sum(({ missing }) => missing),
      surplus: sum(({ surplus }) => surplus),
      stale: sum(({ stale }) => stale),
      // Of everything together: that some of it is not counted is no lack.
      status: kind === "*" && isComplete(all) ? "complete" : (worst?.status ?? "complete"),
      reason: isComplete(all) && (kind === "*" || worst?.status === "complete") ? null : (worst?.reason ?? null),
      permission: worst?.permission ?? null,
      incomplete_since: times(({ incomplete_since }) => incomplete_since)[0] ?? null,
      // As old as its oldest part.
      checked_at: times(({ checked_at }) => checked_at)[0] ?? "1970-01-01T00:00:00Z",
      audited_at: null,
      attempts: 0,
      repaired_at: null,
      repair: null,
    },
    extra: { level: "total", day: null, places: { complete: all.filter(({ status }) => status === "complete").length, countable: countable.length, all: all.length } },
  };
}

export function badness(status: Status): number {
  return STATUSES.indexOf(status);
}

export function worstOf(coverages: readonly Coverage[]): Coverage | undefined {
  return coverages.reduce<Coverage | undefined>((worst, coverage) => (worst === undefined || badness(coverage.status) > badness(worst.status) ? coverage : worst), undefined);
}

/** Nothing is missing, left over, old or hidden; what GitHub does not count was found right when it was last compared. */
export function isComplete(coverages: readonly Pick<Coverage, "status">[]): boolean {
  return coverages.every(({ status }) => status === "complete" || status === "not-countable");
}

/** Of all that GitHub counts, how much the store holds as it is; 1 only when nothing at all is missing. */
export function completenessOf({ expected, missing, stale }: Pick<Coverage, "expected" | "missing" | "stale">): number | null {
  if (expected === null) return null;
  const lacking = (missing ?? 0) + (stale ?? 0);
  if (lacking === 0) return 1;
  return Math.min(Math.max(0, (expected - lacking) / Math.max(1, expected)), 0.999_999);
}
