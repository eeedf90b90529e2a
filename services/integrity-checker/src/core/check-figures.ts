/** What a check found, in numbers, for its log line: metrics and alarms are made of these (infra/src/log-metrics.ts). Pure. */
import type { CanaryState } from "./canary.ts";
import type { Coverage } from "./coverage.ts";
import { completenessOf } from "./totals.ts";

export type Figures = {
  /** Of all that GitHub counts, what the store holds as it is. */
  readonly completeness_percent?: number;
  /** Of the same, what lacks although nothing on its way explains it: neither a first load nor a moment's traffic. */
  readonly overdue_percent?: number;
  /** Kinds in places that repairs do not mend. */
  readonly stuck?: number;
  readonly cannot_see?: number;
  /** Hooks whose last ping has not come. */
  readonly silent_hooks?: number;
};

type Found = { readonly coverages?: readonly Coverage[] | undefined; readonly canary?: readonly { readonly state: CanaryState }[] | undefined };

export function figuresOf({ coverages, canary }: Found): Figures {
  return {
    ...(coverages === undefined ? {} : figuresOfCounts(coverages)),
    ...(canary === undefined ? {} : { silent_hooks: canary.filter(({ state }) => state.health === "silent").length }),
  };
}

function figuresOfCounts(coverages: readonly Coverage[]): Figures {
  const countable = coverages.filter(({ expected }) => expected !== null);
  const sum = (of: readonly Coverage[], value: (coverage: Coverage) => number | null): number => of.reduce((total, coverage) => total + (value(coverage) ?? 0), 0);
  const lacking = (of: readonly Coverage[]): number => sum(of, ({ missing }) => missing) + sum(of, ({ stale }) => stale);
  const expected = sum(countable, (coverage) => coverage.expected);
  const overdue = lacking(countable.filter(({ status }) => status !== "settling"));
  const withStatus = (wanted: Coverage["status"]): number => coverages.filter(({ status }) => status === wanted).length;
  return {
    // Where nothing could be counted, nothing is known to be there.
    completeness_percent: countable.length === 0 ? 0 : percent(completenessOf({ expected, missing: lacking(countable), stale: 0 }) ?? 0),
    overdue_percent: countable.length === 0 ? 100 : percent(Math.min(1, overdue / Math.max(1, expected))),
    stuck: withStatus("stuck"),
    cannot_see: withStatus("cannot-see"),
  };
}

function percent(share: number): number {
  return Number((share * 100).toFixed(4));
}
