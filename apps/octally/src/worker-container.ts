/**
 * The sync worker as a process that runs for long, in a container: Lambda's event sources and the same handlers, without Lambda. With
 * BACKFILL_JOBS_QUEUE_URL it does the jobs as well. SIGTERM ends it: what is in hand is finished, then it goes.
 */
import { handler } from "@octally/sync-worker/deliveries-handler";
import { parseConfig } from "@octally/shared/config";
import { makeLogger } from "@octally/shared/log";
import { makeSqsClient } from "@octally/shared/queue";
import * as z from "zod";
import { runEventSource } from "./event-source.ts";
import { runJobSources } from "./run-job-sources.ts";

const config = parseConfig(
  z.object({ DELIVERIES_QUEUE_URL: z.url(), SYNC_JOBS_QUEUE_URL: z.url(), BACKFILL_JOBS_QUEUE_URL: z.url().optional(), WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(16).default(2) }),
  process.env,
);
/** What a function has (infra/src/services): a repository that moves takes minutes. */
const JOBS_TIMEOUT_MS = 180_000;

const ending = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => ending.abort());
const logger = makeLogger("event-source");

async function runDeliveries(): Promise<void> {
  await runEventSource({
    // Longer than the longest wait for messages.
    client: makeSqsClient(30_000),
    queueUrl: config.DELIVERIES_QUEUE_URL,
    functionName: "octally-sync-worker",
    batchSize: 100,
    windowSeconds: 1,
    concurrency: config.WORKER_CONCURRENCY,
    handler: (event, context) => handler(event, context),
    logger,
    signal: ending.signal,
  });
}

/** Loaded only where there are jobs: its handler cannot start without GitHub's credentials. */
async function runJobs(backfillJobs: string): Promise<void> {
  const jobs = await import("@octally/sync-worker/jobs-handler");
  const queues = { syncJobs: config.SYNC_JOBS_QUEUE_URL, backfillJobs };
  await runJobSources({ queues, handler: (event, context) => jobs.handler(event, context), handlerTimeoutMs: JOBS_TIMEOUT_MS, logger, signal: ending.signal });
}

const { BACKFILL_JOBS_QUEUE_URL: backfillJobs } = config;
await Promise.all([runDeliveries(), ...(backfillJobs === undefined ? [] : [runJobs(backfillJobs)])]);
// Kept connections would hold the process for a while.
process.exit(0);
