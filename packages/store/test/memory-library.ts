/** The port `Library` over the store in memory. */
import { toSource, type Observation } from "@octally/model/observation";
import { toStored, type Library, type Shelf, type StoredDocument } from "../src/library.ts";
import type { MemoryStore } from "./memory-store.ts";

export function makeMemoryLibrary(store: Pick<MemoryStore, "observationOf" | "observations">): Library {
  const stored = (observation: Observation): readonly StoredDocument[] => toStored(observation.id, JSON.parse(JSON.stringify(toSource(observation))));
  return {
    async byIds(kind, ids) {
      await Promise.resolve();
      return [...new Set(ids)].flatMap((id) => {
        const found = store.observationOf(kind, id);
        return found === undefined ? [] : stored(found);
      });
    },
    async *scan(kind, of) {
      await Promise.resolve();
      const found = store.observations(kind).filter((observation) => isOn(of, observation));
      for (let start = 0; start < found.length; start += 100) yield found.slice(start, start + 100).flatMap(stored);
    },
  };
}

export function isOn(of: Shelf, { org, repository, document }: Observation): boolean {
  const { where } = of;
  return ("org" in of ? org === of.org : repository?.id === of.repositoryId) && (where === undefined || valueAt(document, where.field) === where.is);
}

function valueAt(document: unknown, path: string): string | undefined {
  const value = path.split(".").reduce<unknown>((at, name) => (typeof at === "object" && at !== null ? Reflect.get(at, name) : undefined), document);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
