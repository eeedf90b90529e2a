/** The port `StoreReader` on the in-memory model of the store; it passes the same contract (reader-contract.ts). */
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import type { FieldValue, Group, StoreReader, Where } from "../src/reader.ts";
import type { MemoryDocuments } from "./memory-documents.ts";
import type { MemoryStore } from "./memory-store.ts";

type Readable = (Pick<MemoryStore, "sources"> & Partial<Pick<MemoryStore, "entries">>) | Pick<MemoryDocuments, "search">;

export function makeMemoryReader(store: Readable): StoreReader {
  function* all(kind: string): Generator<JsonObject> {
    if ("search" in store) yield* store.search(kind);
    else if (store.entries !== undefined) for (const { source } of store.entries(kind)) yield source();
    else for (const line of store.sources(kind)) yield JSON.parse(line.slice(line.indexOf("{"))) as JsonObject;
  }
  function documents(kind: string, where: Where, withDeleted: boolean | undefined): readonly JsonObject[] {
    const found: JsonObject[] = [];
    for (const document of all(kind)) if ((withDeleted === true || !isDeleted(document)) && holds(document, where)) found.push(document);
    return found;
  }
  return {
    async groups({ kind, by, sum, where = {}, withDeleted }) {
      await Promise.resolve();
      const groups = new Map<string, { key: Group["key"]; count: number; sum: number }>();
      for (const document of documents(kind, where, withDeleted)) {
        for (const key of keysOf(by.map((field) => valuesAt(document, field)))) {
          const name = JSON.stringify(key);
          const group = groups.get(name) ?? { key, count: 0, sum: 0 };
          groups.set(name, group);
          group.count += 1;
          for (const value of sum === undefined ? [] : valuesAt(document, sum)) group.sum += typeof value === "number" ? value : 0;
        }
      }
      return [...groups.values()];
    },
    async *scan({ kind, where = {}, by, withDeleted }) {
      await Promise.resolve();
      const key = (document: JsonObject): FieldValue => valuesAt(document, by)[0] ?? "";
      yield* documents(kind, where, withDeleted).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    },
    async existing(kind, ids) {
      await Promise.resolve();
      if ("search" in store) {
        const seen = new Set([...store.search(kind)].flatMap(({ id }) => (typeof id === "string" || typeof id === "number" ? [String(id)] : [])));
        return new Set(ids.filter((id) => seen.has(id)));
      }
      const wanted = new Set(ids);
      if (store.entries !== undefined) return new Set([...store.entries(kind)].flatMap(({ id }) => (wanted.has(id) ? [id] : [])));
      // "<place> <id> {…}": an id may hold blanks, a place does not.
      return new Set(store.sources(kind).flatMap((line) => line.slice(line.indexOf(" ") + 1, line.indexOf(" {"))).filter((id) => wanted.has(id)));
    },
  };
}

function isDeleted(document: JsonObject): boolean {
  const octally = document["octally"];
  return isJsonObject(octally) && octally["deleted"] === true;
}

function holds(document: JsonObject, { is = {}, since = {}, lacks = [] }: Where): boolean {
  return (
    Object.entries(is).every(([field, wanted]) => valuesAt(document, field).some((value) => wanted.includes(value))) &&
    Object.entries(since).every(([field, from]) => valuesAt(document, field).some((value) => Date.parse(String(value)) >= Date.parse(from))) &&
    lacks.every((field) => valuesAt(document, field).length === 0)
  );
}

const steps = new Map<string, readonly string[]>();

function valuesAt(value: unknown, path: string): readonly FieldValue[] {
  let names = steps.get(path);
  if (names === undefined) steps.set(path, (names = path.split(".")));
  const found: FieldValue[] = [];
  collect(value, names, 0, found);
  return found;
}

function collect(value: unknown, names: readonly string[], at: number, found: FieldValue[]): void {
  if (Array.isArray(value)) for (const one of value) collect(one, names, at, found);
  else if (at < names.length) {
    const name = names[at];
    if (name !== undefined && isJsonObject(value) && Object.hasOwn(value, name)) collect(value[name], names, at + 1, found);
  } else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") found.push(value);
}

function keysOf(values: readonly (readonly FieldValue[])[]): readonly (readonly (FieldValue | null)[])[] {
  return values.reduce<readonly (readonly (FieldValue | null)[])[]>((keys, some) => keys.flatMap((key) => (some.length === 0 ? [null] : some).map((value) => [...key, value])), [[]]);
}
