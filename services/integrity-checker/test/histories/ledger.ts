/** Remembers the latest state of each thing that the store has acknowledged: at no time may it hold an earlier one (SPEC I1, I7). */
import { versionParts } from "@octally/model/version";
import type { Store } from "@octally/store/write";
import type { Documents } from "./parts.ts";

export type Ledger = {
  readonly write: Store["write"];
  /** What the store holds that is older than what it had, or has no more. */
  readonly lost: (documents: Documents) => readonly string[];
  readonly has: (kind: string, id: string) => boolean;
};

export function makeLedger(store: Store): Ledger {
  const latest = new Map<string, { readonly kind: string; readonly id: string; readonly version: bigint; readonly deleted: boolean }>();
  return {
    async write(observations) {
      const results = await store.write(observations);
      for (const [index, { kind, id, version, deletedAt }] of observations.entries()) {
        const key = `${kind} ${id}`;
        if (results[index]?.outcome !== "failed" && version >= (latest.get(key)?.version ?? 0n)) latest.set(key, { kind, id, version, deleted: deletedAt !== null });
      }
      return results;
    },
    has: (kind, id) => latest.has(`${kind} ${id}`),
    lost: ({ found }) =>
      [...latest.values()].flatMap(({ kind, id, version, deleted }) => {
        const there = found(kind, id)?.observation;
        if (there !== undefined && there.version >= version) return [];
        return [`${kind} ${id}: ${deleted ? "its tombstone" : "a state"} of ${timeOf(version)} gave way to ${there === undefined ? "nothing" : `one of ${timeOf(there.version)}`}`];
      }),
  };
}

function timeOf(version: bigint): string {
  return new Date(versionParts(version).updatedAtSeconds * 1000).toISOString();
}
