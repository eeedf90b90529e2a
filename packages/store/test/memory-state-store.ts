/** The port `StateStore` without OpenSearch, for tests that play thousands of histories; it passes the same contract (state-contract.ts). */
import { toSource, type Observation } from "@octally/model/observation";
import { isJsonObject } from "@octally/shared/json";
import type { ReadState } from "../src/bulk-body.ts";
import type { StateStore, StoredState } from "../src/state.ts";

export type MemoryStateStore = StateStore & { readonly all: (kind: string) => readonly StoredState[] };

export function makeMemoryStateStore(): MemoryStateStore {
  const documents = new Map<string, StoredState>();
  let seqNo = 0;
  const placeOf = (kind: string, id: string): string => `${kind} ${id}`;
  const storedForm = (observation: Observation): StoredState["document"] => {
    const document: unknown = JSON.parse(JSON.stringify(toSource(observation)));
    return isJsonObject(document) ? document : {};
  };
  return {
    async read(kind, ids) {
      await Promise.resolve();
      return new Map(ids.flatMap((id) => (documents.has(placeOf(kind, id)) ? [[id, documents.get(placeOf(kind, id)) as StoredState] as const] : [])));
    },
    async put(observation, replaces) {
      await Promise.resolve();
      const place = placeOf(observation.kind, observation.id);
      if (documents.get(place)?.state.seqNo !== replaces?.seqNo) return "taken";
      const state: ReadState = { seqNo: (seqNo += 1), primaryTerm: 1 };
      documents.set(place, { document: storedForm(observation), state });
      return state;
    },
    all: (kind) => [...documents].flatMap(([place, stored]) => (place.startsWith(`${kind} `) ? [stored] : [])),
  };
}
