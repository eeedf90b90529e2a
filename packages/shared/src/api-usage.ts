/** Where GitHub's budget goes: requests and points by hour, purpose, budget, kind and outcome. Pure; packages/github reports, packages/store writes it as documents. */

/** One request that was sent. */
export type ApiUse = {
  /** ISO 8601, GitHub's clock; null where it gave none: counted in the hour before. */
  readonly at: string | null;
  readonly purpose: string;
  /** Whose budget: core, search, graphql, … */
  readonly resource: string;
  /** What was asked for: the kind of document, or another word of the caller's. */
  readonly kind: string;
  readonly outcome: string;
  /** Taken from the hourly budget. */
  readonly points: number;
};

/** The data of an `api-usage` document. One hour has as many as there were combinations. */
export type ApiUsage = Omit<ApiUse, "at"> & {
  /** The beginning of the hour, ISO 8601. */
  readonly hour: string;
  readonly requests: number;
};

export type UsageTally = { readonly lastHour: string | null; readonly rows: ReadonlyMap<string, ApiUsage>; readonly undated: readonly ApiUse[] };

export const EMPTY_TALLY: UsageTally = { lastHour: null, rows: new Map(), undated: [] };

export function addUse(tally: UsageTally, use: ApiUse): UsageTally {
  const hour = use.at === null ? tally.lastHour : `${use.at.slice(0, 13)}:00:00Z`;
  if (hour === null) return { ...tally, undated: [...tally.undated, use] };
  const dated = [...tally.undated, use].reduce((rows, each) => addRow(rows, hour, each), new Map(tally.rows));
  return { lastHour: hour, rows: dated, undated: [] };
}

function addRow(rows: Map<string, ApiUsage>, hour: string, { purpose, resource, kind, outcome, points }: ApiUse): Map<string, ApiUsage> {
  const key = JSON.stringify([hour, purpose, resource, kind, outcome]);
  const known = rows.get(key) ?? { hour, purpose, resource, kind, outcome, points: 0, requests: 0 };
  return rows.set(key, { ...known, points: known.points + points, requests: known.requests + 1 });
}

export function usageRows(tally: UsageTally): readonly ApiUsage[] {
  return [...tally.rows.values()];
}

/** Without the rows of hours that are over and done with: an answer is dated within the hour before the last one. `isKept`: still needed. */
export function forgetHours(tally: UsageTally, isKept: (row: ApiUsage) => boolean): UsageTally {
  const newest = [...tally.rows.values()].reduce((latest, { hour }) => (hour > latest ? hour : latest), "");
  if (newest === "") return tally;
  const from = Date.parse(newest) - 3_600_000;
  return { ...tally, rows: new Map([...tally.rows].filter(([, row]) => Date.parse(row.hour) >= from || isKept(row))) };
}
