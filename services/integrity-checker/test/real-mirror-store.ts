/** A mirror's documents and states in the test run's OpenSearch; the simulation's time waits for it. */
import { allKinds } from "@octally/model/own/registry";
import { bootstrapStore } from "@octally/store/bootstrap";
import { toStored } from "@octally/store/library";
import { allAlias } from "@octally/store/names";
import { makeStoreReader } from "@octally/store/reader";
import type { MemoryEntry } from "../../../packages/store/test/memory-store.ts";
import { openTestStore } from "../../../packages/store/test/test-store.ts";
import { partsOn, readBack, stillEach } from "../../sync-worker/test/large/real-store.ts";
import type { SimulatedGitHub } from "../../sync-worker/test/simulated-github.ts";
import type { MirrorStore } from "./mirror-store.ts";

export type RealMirrorStore = { readonly storeOf: (simulated: SimulatedGitHub) => MirrorStore; readonly close: () => Promise<void> };

/** What is deleted in a request. */
const PAGE = 1000;

export async function openRealMirrorStore(name: string): Promise<RealMirrorStore> {
  const db = openTestStore(name);
  const { client, prefix } = db;
  await bootstrapStore(client, allKinds, { prefix });
  return {
    close: db.close,
    storeOf({ standStill }) {
      const ports = partsOn(db, { standStill });
      const reader = makeStoreReader(client, prefix);
      // The checks come an hour after the work, by the simulation's time: what was written is found by then.
      const refreshed = (): Promise<unknown> => standStill(client.indices.refresh({ index: `${prefix}-*` }));
      return {
        ports,
        states: ports.states,
        reader: {
          groups: async (query) => {
            await refreshed();
            return standStill(reader.groups(query));
          },
          existing: async (kind, ids) => {
            await refreshed();
            return standStill(reader.existing(kind, ids));
          },
          async *scan(query) {
            await refreshed();
            yield* stillEach(standStill, reader.scan(query));
          },
        },
        async *entries(kind): AsyncGenerator<MemoryEntry> {
          for (const [id, source] of await readBack(db, kind)) for (const { org, repository, deletedAt } of toStored(id, source)) yield { id, org, repository, deletedAt, source: () => source };
        },
        async lose(kind, ids) {
          const index = allAlias(prefix, kind);
          // Else it would remember the versions of what is deleted for a minute, and refuse older ones.
          await client.indices.putSettings({ index, body: { "index.gc_deletes": "0s" } });
          await client.indices.refresh({ index });
          for (let start = 0; start < ids.length; start += PAGE) await client.deleteByQuery({ index, refresh: true, body: { query: { ids: { values: ids.slice(start, start + PAGE) } } } });
        },
      };
    },
  };
}
