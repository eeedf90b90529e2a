/**
 * All ports of the store over the same documents in memory, fast enough for thousands of histories. It passes the contracts of each
 * port, and can do what a real store does to those who are not careful: searches that see what was there some seconds ago.
 */
import type { Kind } from "@octally/model/define-kind";
import { toSource, type Observation } from "@octally/model/observation";
import { PermanentError, type AppError } from "@octally/shared/errors";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import { toStored, type Library } from "../src/library.ts";
import { shelfOf } from "../src/names.ts";
import type { StateStore } from "../src/state.ts";
import type { Store, WriteResult } from "../src/write.ts";
import { isOn } from "./memory-library.ts";
import { replaces, writeTogether } from "./memory-precedence.ts";

/** A document as it is, and as it was before. */
export type Held = { readonly observation: Observation; readonly source: JsonObject; readonly seqNo: number; readonly writtenMs: number; readonly before: Held | undefined };

export type MemoryDocuments = {
  readonly store: Store;
  readonly states: StateStore;
  readonly library: Library;
  /** Of a kind, as searches see them now, tombstones included. */
  readonly search: (kind: string) => Iterable<JsonObject>;
  readonly found: (kind: string, id: string) => Held | undefined;
  /** Of a kind, as they are, tombstones included. */
  readonly all: (kind: string) => readonly Held[];
};

export type MemoryOptions = {
  readonly nowMs?: () => number;
  /** How old what a search sees is: asked for each search. */
  readonly lagMs?: () => number;
  /** Why an observation is not taken. */
  readonly refuses?: (observation: Observation) => AppError | undefined;
  /** False, to show that it is noticed: whoever writes last stays. */
  readonly comparesVersions?: boolean;
  /** False, to show that it is noticed: what is deleted leaves nothing behind. */
  readonly keepsTombstones?: boolean;
};

export function makeMemoryDocuments(kinds: readonly Kind[], { nowMs = () => 0, lagMs = () => 0, refuses = () => undefined, comparesVersions = true, keepsTombstones = true }: MemoryOptions = {}): MemoryDocuments {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const shelves = new Map<string, Map<string, Held>>(kinds.map(({ name }) => [name, new Map()]));
  let seqNo = 0;
  const shelfNamed = (kind: string): Map<string, Held> => shelves.get(kind) ?? new Map<string, Held>();
  const keyOf = (kind: Kind, { id, version }: Observation): string => (kind.indices === "single" ? id : `${shelfOf(kind, version).month ?? ""} ${id}`);
  const placeOf = (observation: Observation): string => {
    const kind = byName.get(observation.kind);
    return `${observation.kind} ${kind === undefined ? observation.id : keyOf(kind, observation)}`;
  };
  const held = (kind: string, id: string): Held | undefined => {
    const shelf = shelfNamed(kind);
    return byName.get(kind)?.indices === "monthly" ? [...shelf.values()].find(({ observation }) => observation.id === id) : shelf.get(id);
  };

  function keep(kind: Kind, observation: Observation): number {
    const [shelf, key] = [shelfNamed(kind.name), keyOf(kind, observation)];
    seqNo += 1;
    if (!keepsTombstones && observation.deletedAt !== null) shelf.delete(key);
    else shelf.set(key, toHeld(observation, seqNo, nowMs(), shelf.get(key)));
    return seqNo;
  }

  function apply(kind: Kind | undefined, observation: Observation): WriteResult {
    const error = kind === undefined ? new PermanentError("unknown-kind", observation.kind) : refuses(observation);
    if (error !== undefined || kind === undefined) return { outcome: "failed", error: error ?? new PermanentError("unknown-kind", observation.kind), response: null };
    const there = shelfNamed(kind.name).get(keyOf(kind, observation));
    if (there !== undefined && comparesVersions && !replaces(observation, there.observation)) return { outcome: "superseded" };
    keep(kind, observation);
    return { outcome: "written" };
  }

  const all = (kind: string): readonly Held[] => [...shelfNamed(kind).values()];
  return {
    store: {
      async write(observations) {
        // A real store answers later: whoever counts on an answer at once is found out.
        await Promise.resolve();
        return writeTogether(observations, placeOf, (_place, observation) => apply(byName.get(observation.kind), observation));
      },
    },
    states: {
      async read(kind, ids) {
        await Promise.resolve();
        return new Map(ids.flatMap((id) => [held(kind, id)].flatMap((one) => (one === undefined ? [] : [[id, { document: one.source, state: { seqNo: one.seqNo, primaryTerm: 1 } }] as const]))));
      },
      async put(observation, condition) {
        await Promise.resolve();
        const kind = byName.get(observation.kind);
        if (kind === undefined) throw new Error(`No kind is named "${observation.kind}".`);
        if (shelfNamed(kind.name).get(keyOf(kind, observation))?.seqNo !== condition?.seqNo) return "taken";
        return { seqNo: keep(kind, observation), primaryTerm: 1 };
      },
    },
    library: {
      async byIds(kind, ids) {
        await Promise.resolve();
        return ids.flatMap((id) => [shelfNamed(kind).get(id)].flatMap((one) => (one === undefined ? [] : toStored(id, one.source))));
      },
      // It refreshes before it searches, so it sees everything.
      async *scan(kind, of) {
        await Promise.resolve();
        const found = all(kind).filter(({ observation }) => isOn(of, observation));
        for (let start = 0; start < found.length; start += 100) yield found.slice(start, start + 100).flatMap(({ observation: { id }, source }) => toStored(id, source));
      },
    },
    *search(kind) {
      const seenMs = nowMs() - lagMs();
      for (const one of all(kind)) {
        let seen: Held | undefined = one;
        while (seen !== undefined && seen.writtenMs > seenMs) seen = seen.before;
        if (seen !== undefined) yield seen.source;
      }
    },
    found: held,
    all,
  };
}

/** Longer than any search lags behind: what was before it is not kept. */
const KEPT_MS = 120_000;

function toHeld(observation: Observation, seqNo: number, writtenMs: number, before: Held | undefined): Held {
  let source: JsonObject | undefined;
  const past = before === undefined || before.writtenMs >= writtenMs - KEPT_MS || before.before === undefined ? before : withoutPast(before);
  return {
    observation,
    seqNo,
    writtenMs,
    before: past,
    get source() {
      source ??= storedForm(observation);
      return source;
    },
  };
}

function withoutPast({ observation, seqNo, writtenMs }: Held): Held {
  return toHeld(observation, seqNo, writtenMs, undefined);
}

function storedForm(observation: Observation): JsonObject {
  const document: unknown = JSON.parse(JSON.stringify(toSource(observation)));
  return isJsonObject(document) ? document : {};
}
