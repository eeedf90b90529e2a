/**
 * The message contract of the `sync-jobs` queue: small, resumable steps. Running one twice is harmless.
 * Written by the worker (follow-ups of deliveries), the poller and the integrity checker.
 */
import * as z from "zod";
import type { QueueMessage } from "./delivery.ts";
import { PermanentError } from "./errors.ts";

const repositoryRef = z.object({ id: z.number().int(), name_with_owner: z.string().min(1) });

/** At most this many things are refreshed by one job: GraphQL's `nodes(ids:)` takes 100. */
export const MAX_REFRESH_SUBJECTS = 100;

const refreshSubject = z.object({
  /** The document's `_id`, where it is known. */
  id: z.string().min(1).optional(),
  /** GitHub's node id, where the payload gave one. */
  node_id: z.string().min(1).optional(),
  /** What the REST path needs beside the repository: a number, a ref, a login, a slug. */
  key: z.string().min(1).optional(),
});

/** Fetch these things again, whole, because what was seen of them does not make a document. */
export const refreshJob = z.object({
  type: z.literal("refresh"),
  kind: z.string().min(1),
  org: z.string().min(1).nullable(),
  repository: repositoryRef.nullable(),
  subjects: z.array(refreshSubject).min(1).max(MAX_REFRESH_SUBJECTS),
  reason: z.string().min(1),
});

/** A repository was renamed, transferred, deleted or left the organisation: its children follow. */
export const relocateRepositoryJob = z.object({
  type: z.literal("relocate-repository"),
  org: z.string().min(1).nullable(),
  repository: repositoryRef,
  change: z.enum(["renamed", "transferred", "deleted"]),
  /** When GitHub says it happened (ISO 8601): the version of what the job writes. */
  at: z.iso.datetime(),
});

export const syncJob = z.discriminatedUnion("type", [refreshJob, relocateRepositoryJob]);

export type RefreshSubject = z.output<typeof refreshSubject>;
export type RefreshJob = z.output<typeof refreshJob>;
export type RelocateRepositoryJob = z.output<typeof relocateRepositoryJob>;
export type SyncJob = z.output<typeof syncJob>;

/** ASCII alone: titles hold every character there is, and queues disagree on which of them they take. */
export function toJobMessage(job: SyncJob): QueueMessage {
  const body = JSON.stringify(job).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return { body, attributes: { type: job.type } };
}

/** @throws PermanentError `not-a-job` */
export function parseSyncJob(body: string): SyncJob {
  try {
    return syncJob.parse(JSON.parse(body));
  } catch (cause) {
    throw new PermanentError("not-a-job", "The message is not a sync job.", { cause });
  }
}
