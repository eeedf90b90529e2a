/** Three mechanisms, each broken on purpose where it meets its neighbour: a harness that does not notice is none. */
import type { StateStore } from "@octally/store/state";
import type { Broken } from "./run-history.ts";

export const BROKEN: Readonly<Record<"versions" | "tombstones" | "watermark", Broken>> = {
  /** Writes without an external version: whoever comes last stays. */
  versions: { comparesVersions: false },
  /** Deletes that leave nothing behind: a late event brings the thing back. */
  tombstones: { keepsTombstones: false },
  /** The watermark of the delivery log runs ahead of what was read, and nothing is waited for. */
  watermark: { states: (states) => ({ ...states, put: (observation, replaces) => states.put(isLog(observation) ? { ...observation, document: { ...observation.document, watermark: later(observation.observedAt), cursor: { open: [] } } } : observation, replaces) }) },
};

function later(time: string): string {
  return new Date(Date.parse(time) + 12 * 3_600_000).toISOString();
}

function isLog({ kind, id }: Parameters<StateStore["put"]>[0]): boolean {
  return kind === "sync-state" && id.startsWith("delivery-log:");
}
