/**
 * JSON as GitHub sends it. Whole numbers beyond 2^53 stay exact, as bigints (ids of deliveries); only a text that may hold one is read the slow way, value by
 * value, which takes four times as long. Octokit reads every answer like that: it was the largest part of what a load cost.
 */

/** Sixteen digits and more where a value may stand. In a text it does no harm. */
const MAY_BE_LARGE = /[:,[\s]-?\d{16}/;
const WHOLE = /^-?\d+$/;

/** @throws SyntaxError */
export function parseBody(text: string): unknown {
  return MAY_BE_LARGE.test(text) ? (JSON.parse(text, exact) as unknown) : (JSON.parse(text) as unknown);
}

/** The third argument is newer than TypeScript's own declaration: the value's source text. */
function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === "number" && !Number.isSafeInteger(value) && source !== undefined && WHOLE.test(source) ? BigInt(source) : value;
}
