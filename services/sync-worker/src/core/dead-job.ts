/** What a job that could not be done was to do, and where it came from. Pure. */
import { parseSyncJob, type SyncJob } from "@octally/shared/sync-job";

/** As dead letters name them. */
export const QUEUE_NAMES = ["deliveries", "sync-jobs", "backfill-jobs"] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** In a line for people. */
export function describeJob(body: string): string {
  const job = readJob(body);
  if (job === undefined) return "no job that this release can read";
  switch (job.type) {
    case "refresh":
      return `refresh ${job.subjects.length} of ${job.kind}, ${placeOf(job)}`;
    case "inventory":
      return `inventory of ${job.kind}, ${placeOf(job)}`;
    case "relocate-repository":
      return `relocate ${job.repository.name_with_owner} (${job.change})`;
    case "discover":
      return `discover ${job.source}`;
    case "backfill":
      return `backfill of ${job.list.kind}, ${placeOf(job)}`;
    case "fetch-delivery":
      return `fetch delivery ${job.delivery} of ${job.hook}`;
    default:
      return job satisfies never;
  }
}

/** Repairs read lists too, and do not wait for the history: they come by the queue of live work. */
export function jobQueueOf(body: string): QueueName {
  const job = readJob(body);
  return (job?.type === "discover" || job?.type === "backfill") && !job.run.startsWith("repair:") ? "backfill-jobs" : "sync-jobs";
}

function readJob(body: string): SyncJob | undefined {
  try {
    return parseSyncJob(body);
  } catch {
    // What an older or newer release wrote, or nobody: it can still be shown, retried and dropped.
    return undefined;
  }
}

function placeOf({ org, repository }: Extract<SyncJob, { type: "refresh" | "inventory" | "backfill" }>): string {
  return repository?.name_with_owner ?? org ?? "no place";
}
