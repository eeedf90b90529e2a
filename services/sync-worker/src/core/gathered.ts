/** What a page gave, sorted by what is to be done with it. Pure. */
import type { Fetched } from "@octally/model/observe-fetched";
import type { Observation } from "@octally/model/observation";
import type { RefreshSubject } from "@octally/shared/sync-job";

export type Gathered = {
  readonly observations: readonly Observation[];
  /** To be asked for again, each by itself. */
  readonly refreshes: readonly { readonly kind: string; readonly subject: RefreshSubject }[];
  /** What nothing can be asked for by; for people. */
  readonly gaps: readonly string[];
  /** What this token would need, in words, for things of which GitHub keeps a part from it. */
  readonly denied: readonly string[];
  /** By kind: the ids of what is there, and kept from this token. */
  readonly hidden: ReadonlyMap<string, readonly string[]>;
  /** Where things were found that were asked for elsewhere. */
  readonly elsewhere: ReadonlySet<string>;
};

export const NOTHING: Gathered = { observations: [], refreshes: [], gaps: [], denied: [], hidden: new Map(), elsewhere: new Set() };

export function gather(fetched: readonly Fetched[]): Gathered {
  const observations: Observation[] = [];
  const refreshes: { kind: string; subject: RefreshSubject }[] = [];
  const gaps: string[] = [];
  const hidden = new Map<string, readonly string[]>();
  const elsewhere = new Set<string>();
  for (const one of fetched) {
    switch (one.is) {
      case "observed":
        observations.push(one.observation);
        break;
      case "not-whole":
        if (one.subject.node_id === undefined && one.subject.key === undefined) gaps.push(`${one.kind}: ${one.problems.slice(0, 3).join("; ")}`);
        else refreshes.push({ kind: one.kind, subject: one.subject });
        break;
      case "elsewhere":
        elsewhere.add(one.repository);
        break;
      case "hidden":
        hidden.set(one.kind, [...(hidden.get(one.kind) ?? []), one.id]);
        break;
      case "nothing":
        break;
      default:
        one satisfies never;
    }
  }
  return { observations, refreshes, gaps, denied: [], hidden, elsewhere };
}

export function together(a: Gathered, b: Gathered): Gathered {
  return {
    observations: [...a.observations, ...b.observations],
    refreshes: [...a.refreshes, ...b.refreshes],
    gaps: [...a.gaps, ...b.gaps],
    denied: [...new Set([...a.denied, ...b.denied])],
    hidden: new Map([...new Set([...a.hidden.keys(), ...b.hidden.keys()])].map((kind) => [kind, [...(a.hidden.get(kind) ?? []), ...(b.hidden.get(kind) ?? [])]])),
    elsewhere: new Set([...a.elsewhere, ...b.elsewhere]),
  };
}
