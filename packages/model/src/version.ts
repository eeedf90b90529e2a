/**
 * The version of an observation (SPEC I1, I2): a non-negative 63-bit number that orders what was seen of one thing.
 *
 *   bits 62..30  the thing's own `updated_at` in seconds (33 bits: until the year 2242)
 *   bits 29..0   how long after that it was observed, in tenths of a second (30 bits: saturates after 3.4 years)
 *
 * The second part decides where the first is equal, because GitHub's times are whole seconds and some changes do not
 * touch `updated_at`. Both are GitHub's clock. It is a bigint: a number of this size is not safe as a JavaScript number.
 */
const LAG_BITS = 30n;
const MAX_LAG_TENTHS = 2 ** 30 - 1;
const MAX_SECONDS = 2 ** 33 - 1;

export type VersionParts = { readonly updatedAtSeconds: number; readonly lagTenths: number };

/** Times are ISO 8601. A time before 1970 counts as 1970; an observation before the update as simultaneous. */
export function toVersion(updatedAt: string, observedAt: string): bigint {
  const updatedMs = Date.parse(updatedAt);
  const updatedAtSeconds = clamp(Math.floor(updatedMs / 1000), MAX_SECONDS);
  const lagTenths = clamp(Math.floor((Date.parse(observedAt) - updatedAtSeconds * 1000) / 100), MAX_LAG_TENTHS);
  return (BigInt(updatedAtSeconds) << LAG_BITS) | BigInt(lagTenths);
}

export function versionParts(version: bigint): VersionParts {
  return { updatedAtSeconds: Number(version >> LAG_BITS), lagTenths: Number(version & ((1n << LAG_BITS) - 1n)) };
}

function clamp(value: number, max: number): number {
  return Number.isNaN(value) ? 0 : Math.min(Math.max(value, 0), max);
}
