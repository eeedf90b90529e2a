/** What an inventory says of itself: its `sync-run` document, which whoever ordered it reads. Pure. */
import type { Observation } from "@octally/model/observation";
import { toVersion } from "@octally/model/version";
import type { JsonObject } from "@octally/shared/json";
import type { InventoryJob } from "@octally/shared/sync-job";

export type InventoryState = {
  readonly run: string;
  readonly kind: string;
  readonly reason: string;
  readonly state: "running" | "done" | "failed" | "cannot-see";
  readonly startedAt: string;
  readonly seen: number;
  readonly missing: number;
  readonly stale: number;
  readonly surplus: number;
  readonly permission: string | null;
  /** Where it goes on; null where it has not begun or is over. */
  readonly cursor: JsonObject | null;
};

export function toInventoryObservation({ run, kind, reason, state, startedAt, seen, missing, stale, surplus, permission, cursor }: InventoryState, { org, repository }: InventoryJob, at: string): Observation {
  const document = {
    id: run,
    type: "inventory",
    kind,
    sources: [],
    kinds: [kind],
    parent_id: null,
    state,
    reason,
    started_at: startedAt,
    updated_at: at,
    finished_at: state === "running" ? null : at,
    waiting_until: null,
    expected: null,
    done: seen,
    written: 0,
    unchanged: 0,
    deleted: surplus,
    failed: 0,
    missing,
    stale,
    surplus,
    missing_permission: permission,
    requests: 0,
    points: 0,
    since: null,
    until: null,
    cursor,
  };
  return { kind: "sync-run", id: run, org, repository, document, deletedAt: null, version: toVersion(at, at), observedAt: at, source: "rest", archive: null };
}
