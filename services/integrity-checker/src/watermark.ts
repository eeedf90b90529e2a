/** What a check must know of its last time: a `sync-state` document, replaced only as it was read. */
import { toVersion } from "@octally/model/version";
import type { Json } from "@octally/shared/json";
import type { StoredState } from "@octally/store/state";
import type { CheckerPorts } from "./ports.ts";

export type Remembered = { readonly cursor: unknown; readonly watermark: string | null; readonly stored: StoredState | undefined };

export async function recall({ states }: Pick<CheckerPorts, "states">, id: string): Promise<Remembered> {
  const stored = (await states.read("sync-state", [id])).get(id);
  const watermark = stored?.document["watermark"];
  return { cursor: stored?.document["cursor"] ?? null, watermark: typeof watermark === "string" ? watermark : null, stored };
}

/** "taken": another check of the same was faster; what this one found is found again. */
export async function remember({ states, clock }: Pick<CheckerPorts, "states" | "clock">, id: string, type: string, now: { readonly cursor: Json; readonly watermark: string | null }, { stored }: Remembered): Promise<"kept" | "taken"> {
  const at = clock().toISOString();
  const document = { id, type, kind: null, ...now, etag: null, last_modified: null, updated_at: at };
  const observation = { kind: "sync-state", id, org: null, repository: null, document, deletedAt: null, version: toVersion(at, at), observedAt: at, source: "rest" as const, archive: null };
  return (await states.put(observation, stored?.state ?? null)) === "taken" ? "taken" : "kept";
}
