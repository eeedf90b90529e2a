/** What Octally stands on: the store, the queues, the archive. Here on models; on real ones: real-parts.ts. */
import { allKinds } from "@octally/model/own/registry";
import type { Bucket } from "@octally/shared/bucket";
import { Random } from "@octally/github-simulator/history/random";
import type { Library } from "@octally/store/library";
import type { StoreReader } from "@octally/store/reader";
import type { RunReads } from "@octally/store/runs";
import type { StateStore } from "@octally/store/state";
import type { Store } from "@octally/store/write";
import { makeMemoryBucket } from "../../../../packages/shared/test/memory-bucket.ts";
import { makeMemoryDocuments, type Held, type MemoryOptions } from "../../../../packages/store/test/memory-documents.ts";
import { makeMemoryReader } from "../../../../packages/store/test/memory-reader.ts";
import { makeMemoryRuns } from "../../../../packages/store/test/memory-runs.ts";
import type { Time } from "./time.ts";
import { makeHistoryQueue, type HistoryQueue, type QueueFaults } from "./queue.ts";

/** What the store holds, tombstones included. */
export type Documents = { readonly all: (kind: string) => readonly Pick<Held, "observation" | "source">[]; readonly found: (kind: string, id: string) => Pick<Held, "observation" | "source"> | undefined };

export type Parts = {
  readonly store: Store;
  readonly states: StateStore;
  readonly library: Library;
  readonly reader: StoreReader;
  readonly runs: Pick<RunReads, "sumsOf" | "readParts" | "findRuns">;
  readonly bucket: Pick<Bucket, "put" | "get">;
  readonly queue: (name: string) => HistoryQueue;
  /** Its store is away in earnest when it is to be. */
  readonly isAwayItself?: boolean;
  /** How often its store was killed. */
  readonly deaths?: () => number;
  /** All of it, as it is now. */
  readonly look: () => Promise<Documents>;
  readonly close: () => Promise<void>;
};

export type PartsOptions = { readonly name: string; readonly nowMs: () => number; readonly faults: () => QueueFaults; /** Whether the store is to be away now. */ readonly isAway: () => boolean; /** Nothing goes wrong any more. */ readonly isCalm: () => boolean; /** GitHub's time waits for it. */ readonly standStill: Time["standStill"] };
export type OpenParts = (options: PartsOptions) => Promise<Parts>;

export function memoryParts(options: MemoryOptions = {}): OpenParts {
  return async ({ name, nowMs, faults }) => {
    const documents = makeMemoryDocuments(allKinds, { nowMs, ...options });
    return {
      store: documents.store,
      states: documents.states,
      library: documents.library,
      reader: makeMemoryReader(documents),
      runs: makeMemoryRuns({ all: (kind) => documents.all(kind).map(({ source, seqNo }) => ({ document: source, state: { seqNo, primaryTerm: 1 } })) }),
      bucket: makeMemoryBucket(),
      queue: (of) => makeHistoryQueue(of, nowMs, new Random(`${name} ${of}`), faults),
      look: async () => documents,
      close: async () => {},
    };
  };
}
