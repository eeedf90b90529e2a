/** Three mechanisms, each broken on purpose where it meets its neighbour: a harness that does not notice is none. */
import type { JsonObject } from "@octally/shared/json";
import type { Broken } from "./run-history.ts";

export const BROKEN: Readonly<Record<"versions" | "tombstones" | "watermark", Broken>> = {
  /** Writes without an external version: whoever comes last stays. */
  versions: { comparesVersions: false },
  /** Deletes that leave nothing behind: a late event brings the thing back. */
  tombstones: { keepsTombstones: false },
  /** The watermark of the delivery log has moved on before what lies below it was read, and nothing is waited for. */
  watermark: {
    states: (states, nowMs) => ({
      ...states,
      async read(kind, ids) {
        const read = await states.read(kind, ids);
        if (kind !== "sync-state") return read;
        return new Map([...read].map(([id, { document, state }]) => [id, { document: id.startsWith("delivery-log:") ? ahead(document, nowMs()) : document, state }] as const));
      },
    }),
  },
};

function ahead(document: JsonObject, ms: number): JsonObject {
  return { ...document, watermark: new Date(ms - 1000).toISOString(), cursor: { open: [] } };
}
