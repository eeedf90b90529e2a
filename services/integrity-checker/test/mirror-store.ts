/** What a mirror stores its documents in: the model, or a real one (real-mirror-store.ts). */
import { textAt } from "@octally/shared/json";
import type { StoreReader } from "@octally/store/reader";
import type { StoredState } from "@octally/store/state";
import { makeMemoryReader } from "../../../packages/store/test/memory-reader.ts";
import type { MemoryEntry } from "../../../packages/store/test/memory-store.ts";
import type { JobPorts } from "../../sync-worker/src/job-ports.ts";
import type { JobWorld } from "../../sync-worker/test/job-world.ts";
import type { CheckerPorts } from "../src/ports.ts";

export type MirrorStore = {
  /** The worker's. */
  readonly ports: Pick<JobPorts, "store" | "states" | "library" | "runs">;
  /** The checker's. */
  readonly reader: StoreReader;
  readonly states: CheckerPorts["states"];
  /** All of a kind, the deleted ones too. */
  readonly entries: (kind: string) => Iterable<MemoryEntry> | AsyncIterable<MemoryEntry>;
  /** As if they had never been written. */
  readonly lose: (kind: string, ids: readonly string[]) => Promise<void>;
};

/** Of the model, documents and states are two: the checker sees them as one. */
export function memoryMirrorStore({ store, states, ports }: Pick<JobWorld, "store" | "states" | "ports">): MirrorStore {
  function* entries(kind: string): Generator<MemoryEntry> {
    yield* store.entries(kind);
    for (const { document } of states.all(kind)) yield { id: textAt(document, "id") ?? "", org: null, repository: null, deletedAt: null, source: () => document };
  }
  return {
    ports,
    reader: makeMemoryReader({ sources: store.sources, entries }),
    states: {
      put: states.put,
      read: async (kind, ids) => {
        const known = new Map(await states.read(kind, ids));
        for (const id of ids) {
          const document = known.has(id) ? undefined : store.sourceOf(kind, id);
          if (document !== undefined) known.set(id, { document: document as StoredState["document"], state: { seqNo: 0, primaryTerm: 0 } });
        }
        return known;
      },
    },
    entries: store.entries,
    lose: async (kind, ids) => {
      for (const id of ids) store.lose(kind, id);
      return Promise.resolve();
    },
  };
}
