/** Until when something has to wait. Pure. */

export const NOW = "now";

/** `next-answer`: no time is known, but the next answer of GitHub may change it. */
export type Until = typeof NOW | "next-answer" | number;

/** The one that lasts longest; a time outlasts an answer, because after it one looks again anyway. */
export function latestOf<R extends string>(waits: readonly (readonly [R, Until])[]): readonly [R | "in-flight", Until] {
  return waits.reduce<readonly [R | "in-flight", Until]>((latest, wait) => (rank(wait[1]) > rank(latest[1]) ? wait : latest), ["in-flight", NOW]);
}

function rank(until: Until): number {
  if (until === NOW) return Number.NEGATIVE_INFINITY;
  return until === "next-answer" ? Number.MIN_SAFE_INTEGER : until;
}
