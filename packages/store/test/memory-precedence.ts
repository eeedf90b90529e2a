/** Which of several observations of one thing a store in memory keeps: the same rules as the real one's (store-contract.ts). */
import { canonicalJson, comparePrecedence, precedenceOf, toSource, type Observation } from "@octally/model/observation";
import type { WriteResult } from "../src/write.ts";

/** Of several observations of one thing the one that takes precedence; where it is refused, the next. */
export function writeTogether(observations: readonly Observation[], placeOf: (observation: Observation) => string, apply: (place: string, observation: Observation) => WriteResult): readonly WriteResult[] {
  const results = new Map<Observation, WriteResult>();
  for (const [place, group] of Map.groupBy(observations, placeOf)) {
    let winner: { readonly observation: Observation; readonly result: WriteResult } | undefined;
    const ranked = group.length === 1 ? group : group.toSorted((a, b) => comparePrecedence(precedenceOf(b), precedenceOf(a)));
    for (const observation of ranked) {
      const refused = winner?.result.outcome === "failed" && !winner.result.error.retryable;
      if (winner === undefined || (refused && comparePrecedence(precedenceOf(winner.observation), precedenceOf(observation)) !== 0)) {
        winner = { observation, result: apply(place, observation) };
        results.set(observation, winner.result);
      } else results.set(observation, winner.result.outcome === "written" ? { outcome: "superseded" } : winner.result);
    }
  }
  return observations.map((observation) => results.get(observation) ?? { outcome: "superseded" });
}

/** The same raw input, read again, replaces what it wrote; else precedence decides. */
export function replaces(ours: Observation, stored: Observation): boolean {
  const sameInput = stored.archive !== null && stored.archive === ours.archive && stored.version === ours.version && stored.observedAt === ours.observedAt;
  if (sameInput) return canonicalJson(toSource(ours)) !== canonicalJson(toSource(stored));
  return comparePrecedence(precedenceOf(ours), precedenceOf(stored)) > 0;
}
