/**
 * Rebuilds documents from the archive (SPEC I8): every archived delivery is read again by today's kinds and written with the
 * versions it had. What is newer in the store stays; what the same delivery wrote by an older mapping is replaced.
 */
import pRetry from "p-retry";
import type { Kind } from "@octally/model/define-kind";
import { contextOf } from "@octally/model/observe-delivery";
import { listArchive, readArchiveObject, type ArchivedDelivery } from "@octally/shared/archive";
import type { Bucket } from "@octally/shared/bucket";
import { deliveryId } from "@octally/shared/delivery";
import { toAppError } from "@octally/shared/errors";
import type { Queue } from "@octally/shared/queue";
import { toJobMessage, type FollowUpJob, type RelocateRepositoryJob } from "@octally/shared/sync-job";
import type { Store } from "@octally/store/write";
import { finalMoves } from "./core/final-moves.ts";
import { mergeJobs } from "./core/merge-jobs.ts";
import { parsePayload } from "./core/parse-payload.ts";
import type { DeliveryPlan } from "./core/plan-delivery.ts";
import { planArchived } from "./process-deliveries.ts";

export type ReplayPorts = {
  readonly kinds: readonly Kind[];
  readonly bucket: Bucket;
  readonly store: Store;
  readonly jobs: Pick<Queue, "sendAll">;
};

export type ReplayFilter = {
  /** By the time of receipt, ISO 8601: from `since`, before `until`. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly events?: readonly string[] | undefined;
  /** `owner/name` as it was then, or the numeric id. */
  readonly repositories?: readonly string[] | undefined;
};

export type ReplayProgress = {
  objects: number;
  /** One that came again stands in several objects, of one day, and counts once. */
  deliveries: number;
  /** Documents that are now as the archive says; the rest of what was read was older than what is there. */
  written: number;
  superseded: number;
  jobs: number;
  readonly failures: { readonly what: string; readonly reason: string }[];
};

/** Enough for one bulk request. */
const BATCH_DELIVERIES = 400;

/** @throws TransientError when store, queue or bucket stay away; what was written is written, and another run is harmless */
export async function replay(ports: ReplayPorts, filter: ReplayFilter, onProgress: (progress: ReplayProgress) => void): Promise<ReplayProgress> {
  const progress: ReplayProgress = { objects: 0, deliveries: 0, written: 0, superseded: 0, jobs: 0, failures: [] };
  let waiting: Planned[] = [];
  let ofDay = { day: "", ids: new Set<string>() };
  const moves: RelocateRepositoryJob[] = [];
  const flush = async (): Promise<void> => {
    await writePlans(ports, waiting, progress);
    for (const { plan: { jobs } } of waiting) moves.push(...jobs.filter((job) => job.type === "relocate-repository"));
    waiting = [];
    onProgress(progress);
  };
  for await (const { key, day } of listArchive(ports.bucket)) {
    if (!dayMatches(day, filter)) continue;
    progress.objects += 1;
    if (day !== ofDay.day) ofDay = { day, ids: new Set() };
    for (const archived of await readObject(ports.bucket, key, progress)) {
      if (!headersMatch(archived, filter)) continue;
      const planned = plan(ports.kinds, archived, key, filter, progress, ofDay.ids);
      if (planned !== undefined) waiting.push(planned);
      if (waiting.length >= BATCH_DELIVERIES) await flush();
    }
  }
  await flush();
  // What they move must be there: the archive's order is none.
  await send(ports, finalMoves(moves), progress);
  onProgress(progress);
  return progress;
}

type Planned = { readonly id: string; readonly plan: DeliveryPlan };

function dayMatches(day: string, { since, until }: ReplayFilter): boolean {
  return (since === undefined || day >= utcDay(since)) && (until === undefined || day <= utcDay(until));
}

/** The archive's days are UTC's; a time may be given in any zone. */
function utcDay(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

function headersMatch({ headers }: ArchivedDelivery, { since, until, events }: ReplayFilter): boolean {
  const received = Date.parse(headers.receivedAt);
  return (events === undefined || events.includes(headers.event)) && (since === undefined || received >= Date.parse(since)) && (until === undefined || received < Date.parse(until));
}

async function readObject(bucket: Bucket, key: string, progress: ReplayProgress): Promise<readonly ArchivedDelivery[]> {
  try {
    return await persistently(() => readArchiveObject(bucket, key));
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.retryable) throw error;
    progress.failures.push({ what: key, reason: error.message });
    return [];
  }
}

function plan(kinds: readonly Kind[], archived: ArchivedDelivery, key: string, filter: ReplayFilter, progress: ReplayProgress, counted: Set<string>): Planned | undefined {
  const id = deliveryId(archived.headers);
  try {
    if (!repositoryMatches(archived, filter)) return undefined;
    if (!counted.has(id)) progress.deliveries += 1;
    counted.add(id);
    return { id, plan: planArchived(kinds, archived, key) };
  } catch (thrown) {
    // It could not be read when it arrived either: it is a dead letter, and stays one.
    progress.failures.push({ what: `delivery ${id}`, reason: toAppError(thrown).message });
    return undefined;
  }
}

function repositoryMatches({ headers, body }: ArchivedDelivery, { repositories }: ReplayFilter): boolean {
  if (repositories === undefined) return true;
  const payload = parsePayload(body, headers.contentType);
  const { repository } = contextOf({ event: headers.event, payload, observedAt: headers.receivedAt, archive: null });
  if (repository === null) return false;
  return repositories.some((wanted) => wanted === String(repository.id) || wanted.toLowerCase() === repository.name_with_owner.toLowerCase());
}

async function writePlans(ports: ReplayPorts, plans: readonly Planned[], progress: ReplayProgress): Promise<void> {
  const observations = plans.flatMap(({ id, plan: { observations: mine } }) => mine.map((observation) => ({ id, observation })));
  if (observations.length === 0) return;
  const results = await persistently(async () => {
    const written = await ports.store.write(observations.map(({ observation }) => observation));
    const later = written.find((result) => result.outcome === "failed" && result.error.retryable);
    if (later?.outcome === "failed") throw later.error;
    return written;
  });
  for (const [index, result] of results.entries()) {
    if (result.outcome === "failed") {
      const { id, observation } = observations[index] ?? {};
      progress.failures.push({ what: `delivery ${id}, ${observation?.kind} ${observation?.id}`, reason: result.error.message });
    } else progress[result.outcome] += 1;
  }
  await send(ports, plans.flatMap(({ plan: { jobs: mine } }) => mine.filter((job) => job.type !== "relocate-repository")), progress);
}

async function send(ports: ReplayPorts, asked: readonly FollowUpJob[], progress: ReplayProgress): Promise<void> {
  const jobs = mergeJobs(asked);
  await persistently(() => ports.jobs.sendAll(jobs.map(toJobMessage)));
  progress.jobs += jobs.length;
}

/** An outage of half a minute does not end a replay of hours. */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
  return pRetry(work, { retries: 6, minTimeout: 500, maxTimeout: 10_000, randomize: true, shouldRetry: ({ error }) => toAppError(error).retryable });
}
