/** Of a load of a period: the things that were there before its end and have changed since its beginning, with all that hangs from them. Pure. */

/** ISO 8601; null: no such bound. */
export type Period = { readonly since: string | null; readonly until: string | null };

export const EVER: Period = { since: null, until: null };

export type Times = { readonly createdAt?: unknown; readonly updatedAt?: unknown };

/** What does not tell its times is of every period. */
export function isOfPeriod({ createdAt, updatedAt }: Times, { since, until }: Period): boolean {
  if (until !== null && typeof createdAt === "string" && Date.parse(createdAt) >= Date.parse(until)) return false;
  return since === null || typeof updatedAt !== "string" || Date.parse(updatedAt) >= Date.parse(since);
}

export function isWhole({ since, until }: Period): boolean {
  return since === null && until === null;
}
