/** The state of a part: what its `sync-part` document holds. Pure. */
import type { Observation } from "@octally/model/observation";
import { toVersion } from "@octally/model/version";
import { PermanentError } from "@octally/shared/errors";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import { backfillJob, discoverJob, type PartJob } from "@octally/shared/sync-job";
import * as z from "zod";
import type { Cursor } from "../walks/walk.ts";

export const PART_KIND = "sync-part";

const partState = z.object({
  id: z.string(),
  run: z.string(),
  type: z.string(),
  source: z.string(),
  kind: z.string().nullable(),
  state: z.enum(["waiting", "running", "done", "failed", "cannot-see", "gone"]),
  turn: z.number(),
  cursor: z.custom<Cursor>((value) => isJsonObject(value)).nullable(),
  lease_until: z.string().nullable(),
  lease_by: z.string().nullable(),
  not_before: z.string().nullable(),
  expected: z.number().nullable(),
  seen: z.number(),
  written: z.number(),
  superseded: z.number(),
  refreshes: z.number(),
  gaps: z.number(),
  requests: z.number(),
  points: z.number(),
  failures: z.number(),
  reason: z.string().nullable(),
  missing_permission: z.string().nullable(),
  missing_kinds: z.array(z.string()).default([]),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  job: z.discriminatedUnion("type", [discoverJob, backfillJob]),
});

export type PartState = Readonly<z.output<typeof partState>>;

/** It has an end, good or bad. */
export type PartEnd = { readonly state: "done" | "failed" | "cannot-see" | "gone"; readonly reason: string | null; readonly missingPermission?: string; /** What is not there because of it; default: the list's own kind. */ readonly missingKinds?: readonly string[] };

export function newPart(job: PartJob): PartState {
  return {
    id: job.part,
    run: job.run,
    type: job.type,
    source: job.source,
    kind: job.type === "backfill" ? job.list.kind : null,
    state: "waiting",
    turn: 0,
    cursor: null,
    lease_until: null,
    lease_by: null,
    not_before: null,
    expected: job.type === "backfill" ? job.expected : null,
    seen: 0,
    written: 0,
    superseded: 0,
    refreshes: 0,
    gaps: 0,
    requests: 0,
    points: 0,
    failures: 0,
    reason: null,
    missing_permission: null,
    missing_kinds: [],
    started_at: null,
    finished_at: null,
    job: { ...job, turn: 0 },
  };
}

export function isOver({ state }: Pick<PartState, "state">): boolean {
  return state !== "waiting" && state !== "running";
}

/** A part that ended badly goes on from its cursor; nudges of its past are of an earlier turn. Undefined for one that did not, or not any more. */
export function reopenedPart(part: PartState): PartState | undefined {
  if (part.state !== "failed" && part.state !== "cannot-see") return undefined;
  // One that was read to its end, but for what was kept from this token, is read anew.
  const counted = part.cursor === null ? { seen: 0, written: 0, superseded: 0, refreshes: 0, gaps: 0 } : {};
  return { ...part, ...counted, state: "waiting", turn: part.turn + 1, failures: 0, reason: null, missing_permission: null, missing_kinds: [], not_before: null, lease_by: null, lease_until: null, finished_at: null };
}

/** @throws PermanentError `not-a-part` for a document that an older or newer release wrote in another form */
export function parsePart(document: JsonObject): PartState {
  const parsed = partState.safeParse(document);
  if (!parsed.success) throw new PermanentError("not-a-part", `The state of a part cannot be read: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** `at`: the worker's clock, ISO 8601. It orders nothing: states are replaced as they were read. */
export function toPartObservation(part: PartState, at: string): Observation {
  const { job } = part;
  return {
    kind: PART_KIND,
    id: part.id,
    org: job.type === "backfill" ? job.org : null,
    repository: job.type === "backfill" ? job.repository : null,
    document: part,
    deletedAt: null,
    version: toVersion(at, at),
    observedAt: at,
    source: "rest",
    archive: null,
  };
}
