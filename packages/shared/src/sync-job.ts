/**
 * The message contract of the queues `sync-jobs` (live work and repair) and `backfill-jobs` (discover, backfill): small, resumable
 * steps. Running one twice is harmless. Written by the worker (follow-ups of deliveries), the poller, the integrity checker and
 * `octally backfill`.
 */
import * as z from "zod";
import type { QueueMessage } from "./delivery.ts";
import { PermanentError } from "./errors.ts";
import { toAsciiJson } from "./json.ts";

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
  /** What it was called before, owner and name, where that is known: by this name others may refer to it. */
  from: z.string().min(1).optional(),
  change: z.enum(["renamed", "transferred", "deleted"]),
  /** When GitHub says it happened (ISO 8601): the version of what the job writes. */
  at: z.iso.datetime(),
});

/** What a part and its nudges have in common. A nudge says "somebody should work on this"; what is to be done, the part's state says. */
const partOfRun = z.object({
  run: z.string().min(1),
  /** The id of its state, a `sync-part` document. */
  part: z.string().min(1),
  /** A nudge of an earlier turn than the state's has been answered. */
  turn: z.number().int().nonnegative(),
  /** An organisation, a user or `owner/name`. */
  source: z.string().min(1),
  /** What changed at or after it, … */
  since: z.iso.datetime().nullable(),
  /** … and was there before it. */
  until: z.iso.datetime().nullable(),
});

/** Which repositories a source has: writes them, and makes the parts of the run. */
export const discoverJob = partOfRun.extend({ type: z.literal("discover"), kinds: z.array(z.string().min(1)).min(1) });

const listSelector = z.object({
  /** What is listed; of `below` and `each` it hangs from things of the kind `parent`. */
  kind: z.string().min(1),
  /** Which of the ways of the kind's declaration: its place in `sources.list`. */
  way: z.number().int().nonnegative(),
  /** The kinds that come in the same pages. */
  with: z.array(z.string().min(1)),
});

const smallLists = z.object({
  /** As long as the longest of them was when they were counted. */
  first: z.number().int().min(1).max(100),
  repositories: z.array(repositoryRef.extend({ node_id: z.string().min(1) })).min(1).max(100),
});

/** One list of one repository or organisation, from its newest thing to its oldest; or the same short list of several repositories. */
export const backfillJob = partOfRun.extend({
  type: z.literal("backfill"),
  org: z.string().min(1).nullable(),
  repository: repositoryRef.nullable(),
  /** The numeric id of the organisation, where the list is one of its own. */
  org_id: z.number().int().nullable(),
  list: listSelector,
  /** GitHub's count, where it has one. */
  expected: z.number().int().nonnegative().nullable(),
  /** The list of each of these, several in a request; then `repository` is null. */
  small: smallLists.optional(),
});

/** List ids and times, compare them with the store's, ask for what is missing or stale, and find out about what GitHub no longer lists. */
export const inventoryJob = z.object({
  type: z.literal("inventory"),
  /** The id of the `sync-run` document that says how far it is, what it found and how it ended. Whoever orders it reads that. */
  run: z.string().min(1).optional(),
  kind: z.string().min(1),
  org: z.string().min(1).nullable(),
  repository: repositoryRef.nullable(),
  /** Ids and times are enough to mend a count; only the things themselves show a change that moved no time. Default: `times`. */
  compares: z.enum(["times", "content"]).optional(),
  reason: z.string().min(1),
});

/** One delivery of GitHub's log, with its payload, as if it had come. */
export const fetchDeliveryJob = z.object({
  type: z.literal("fetch-delivery"),
  /** The hook's place in the API: `/orgs/octo/hooks/1`, `/repos/octo/hello/hooks/2`, `/app/hook`. */
  hook: z.string().regex(/^\/(?:orgs\/[^/]+\/hooks\/\d+|repos\/[^/]+\/[^/]+\/hooks\/\d+|app\/hook)$/),
  hook_id: z.string().regex(/^\d+$/),
  /** Whose hook it is: `organization`, `repository`, `integration`. */
  target_type: z.string().min(1).nullable(),
  target_id: z.string().min(1).nullable(),
  /** Its digits: GitHub's ids of deliveries are beyond what a number holds. A number is what earlier releases sent. */
  delivery: z.union([z.string().regex(/^\d+$/), z.number().int().transform(String)]),
  /** Whose token may read it. */
  source: z.string().min(1),
});

export const syncJob = z.discriminatedUnion("type", [refreshJob, relocateRepositoryJob, discoverJob, backfillJob, inventoryJob, fetchDeliveryJob]);

export type RefreshSubject = z.output<typeof refreshSubject>;
export type RefreshJob = z.output<typeof refreshJob>;
export type RelocateRepositoryJob = z.output<typeof relocateRepositoryJob>;
export type DiscoverJob = z.output<typeof discoverJob>;
/** Repositories that are read together. */
export type SmallLists = z.output<typeof smallLists>;
export type BackfillJob = z.output<typeof backfillJob>;
export type InventoryJob = z.output<typeof inventoryJob>;
export type FetchDeliveryJob = z.output<typeof fetchDeliveryJob>;
/** What a delivery may ask for. */
export type FollowUpJob = RefreshJob | RelocateRepositoryJob;
/** Jobs that are parts of a run, with a state of their own. */
export type PartJob = DiscoverJob | BackfillJob;
export type SyncJob = z.output<typeof syncJob>;

export function toJobMessage(job: SyncJob): QueueMessage {
  return { body: toAsciiJson(job), attributes: { type: job.type } };
}

/** @throws PermanentError `not-a-job` */
export function parseSyncJob(body: string): SyncJob {
  try {
    return syncJob.parse(JSON.parse(body));
  } catch (cause) {
    throw new PermanentError("not-a-job", "The message is not a sync job.", { cause });
  }
}
