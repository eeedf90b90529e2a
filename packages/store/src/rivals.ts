/** Observations of one thing in one call: only the one that takes precedence is sent. Pure. */
import { comparePrecedence, precedenceOf, type Observation } from "@octally/model/observation";

/** What stands for one document, the highest precedence first; each of `same` is equal to it in everything that is stored. */
export type Rivals = readonly { readonly observation: Observation; readonly same: readonly Observation[] }[];

/** `placeOf` names the document: where it lies and its id. */
export function rivalsOf(observations: readonly Observation[], placeOf: (observation: Observation) => string): readonly Rivals[] {
  return [...Map.groupBy(observations, placeOf).values()].map((group) => {
    const ranks: { observation: Observation; same: Observation[] }[] = [];
    for (const observation of group.toSorted((a, b) => comparePrecedence(precedenceOf(b), precedenceOf(a)))) {
      const open = ranks.at(-1);
      if (open !== undefined && comparePrecedence(precedenceOf(open.observation), precedenceOf(observation)) === 0) open.same.push(observation);
      else ranks.push({ observation, same: [] });
    }
    return ranks;
  });
}
