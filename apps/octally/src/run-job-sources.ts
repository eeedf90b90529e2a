/** Lambda's event sources of the jobs, one for each of their queues, in front of the handler that is deployed. */
import type { Logger } from "@octally/shared/log";
import { makeSqsClient } from "@octally/shared/queue";
import { runEventSource, type EventSourceOptions } from "./event-source.ts";

export type JobSources = Pick<EventSourceOptions, "handler" | "handlerTimeoutMs" | "signal"> & { readonly logger: Logger; readonly queues: { readonly syncJobs: string; readonly backfillJobs: string } };

/** Live work has lanes of its own, so that it never waits for a slice of the history. */
const LANES = { syncJobs: 2, backfillJobs: 3 } as const;

/** Resolves when the signal is aborted and the jobs in hand are done. */
export async function runJobSources({ queues, ...options }: JobSources): Promise<void> {
  const listen = (queue: keyof typeof LANES): Promise<void> =>
    // Longer than the longest wait for messages.
    runEventSource({ ...options, client: makeSqsClient(30_000), queueUrl: queues[queue], functionName: "octally-sync-jobs", batchSize: 2, windowSeconds: 0, concurrency: LANES[queue] });
  await Promise.all([listen("syncJobs"), listen("backfillJobs")]);
}
