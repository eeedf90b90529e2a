/**
 * The port `Store` without OpenSearch, for tests that play thousands of histories. It passes the same contract as the real one
 * (store-contract.ts), and says in the plainest way what the real one does.
 */
import type { Kind } from "@octally/model/define-kind";
import { toSource, type Observation } from "@octally/model/observation";
import { PermanentError, type AppError } from "@octally/shared/errors";
import type { JsonObject } from "@octally/shared/json";
import { shelfOf, writeAlias } from "../src/names.ts";
import type { Store, WriteResult } from "../src/write.ts";
import { replaces, writeTogether } from "./memory-precedence.ts";

export type MemoryStore = Store & {
  /** Every document's stored form, as text, by index and id; in that order. */
  readonly sources: (kind: string) => readonly string[];
  readonly sourceOf: (kind: string, id: string) => unknown;
  readonly observationOf: (kind: string, id: string) => Observation | undefined;
  readonly observations: (kind: string) => readonly Observation[];
  /** The stored forms, for whoever reads a few of tens of thousands. */
  readonly entries: (kind: string) => Iterable<MemoryEntry>;
  /** As if it had never been written: the store was damaged. */
  readonly lose: (kind: string, id: string) => void;
};

export type MemoryEntry = Pick<Observation, "id" | "org" | "repository" | "deletedAt"> & { readonly source: () => JsonObject };

/** One kind's, read without the others'. */
type Shelf = {
  readonly documents: Map<string, Observation>;
  /** Where each id lies; the first of several months'. */
  readonly places: Map<string, string>;
};

export type MemoryStoreOptions = {
  /** Why an observation is not taken. */
  readonly refuses?: (observation: Observation) => AppError | undefined;
};

export function makeMemoryStore(kinds: readonly Kind[], { refuses = () => undefined }: MemoryStoreOptions = {}): MemoryStore {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const shelves = new Map<string, Shelf>();

  function shelf(kind: string): Shelf {
    const known = shelves.get(kind) ?? { documents: new Map<string, Observation>(), places: new Map<string, string>() };
    shelves.set(kind, known);
    return known;
  }

  function apply(place: string, observation: Observation): WriteResult {
    const error = byName.has(observation.kind) ? refuses(observation) : new PermanentError("unknown-kind", observation.kind);
    if (error !== undefined) return { outcome: "failed", error, response: null };
    const { documents, places } = shelf(observation.kind);
    const stored = documents.get(place);
    if (stored !== undefined && !replaces(observation, stored)) return { outcome: "superseded" };
    documents.set(place, observation);
    if (!places.has(observation.id)) places.set(observation.id, place);
    return { outcome: "written" };
  }

  const observationOf = (kind: string, id: string): Observation | undefined => shelf(kind).documents.get(shelf(kind).places.get(id) ?? "");

  return {
    async write(observations) {
      // A real store answers later: whoever counts on an answer at once is found out.
      await Promise.resolve();
      return writeTogether(observations, (observation) => placeOf(byName, observation), apply);
    },
    sources: (kind) =>
      [...shelf(kind).documents]
        .map(([place, observation]) => `${place} ${JSON.stringify(toSource(observation))}`)
        .toSorted(),
    observationOf,
    observations: (kind) => [...shelf(kind).documents.values()],
    sourceOf(kind, id) {
      const found = observationOf(kind, id);
      return found === undefined ? undefined : JSON.parse(JSON.stringify(toSource(found)));
    },
    *entries(kind) {
      for (const observation of shelf(kind).documents.values()) {
        const { id, org, repository, deletedAt } = observation;
        // What a mapping made is JSON.
        yield { id, org, repository, deletedAt, source: () => toSource(observation) as JsonObject };
      }
    },
    lose(kind, id) {
      const { documents, places } = shelf(kind);
      for (const [place, observation] of documents) if (observation.id === id) documents.delete(place);
      places.delete(id);
    },
  };
}

function placeOf(kinds: ReadonlyMap<string, Kind>, { kind: name, version, id }: Pick<Observation, "kind" | "version" | "id">): string {
  const kind = kinds.get(name);
  return `${kind === undefined ? name : writeAlias("memory", shelfOf(kind, version))} ${id}`;
}
