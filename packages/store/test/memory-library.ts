/** The port `Library` over the store in memory. */
import { toStored, type Library, type StoredDocument } from "../src/library.ts";
import type { MemoryStore } from "./memory-store.ts";

export function makeMemoryLibrary(store: MemoryStore): Library {
  const all = (kind: string): readonly StoredDocument[] =>
    store.sources(kind).flatMap((line) => {
      const [, id = "", source = "{}"] = /^\S+ (.*?) (\{.*)$/s.exec(line) ?? [];
      return toStored(id, JSON.parse(source));
    });
  return {
    async byIds(kind, ids) {
      await Promise.resolve();
      return all(kind).filter(({ id }) => ids.includes(id));
    },
    async *scan(kind, of) {
      await Promise.resolve();
      const found = all(kind).filter(({ org, repository }) => ("org" in of ? org === of.org : repository?.id === of.repositoryId));
      for (let start = 0; start < found.length; start += 100) yield found.slice(start, start + 100);
    },
  };
}
