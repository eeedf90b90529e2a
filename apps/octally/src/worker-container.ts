/**
 * The sync worker as a process that runs for long, in a container: Lambda's event source and the same handler, without
 * Lambda. SIGTERM ends it: what is in hand is finished, then it goes.
 */
import { handler } from "@octally/sync-worker/deliveries-handler";
import { parseConfig } from "@octally/shared/config";
import { makeLogger } from "@octally/shared/log";
import { makeSqsClient } from "@octally/shared/queue";
import * as z from "zod";
import { runEventSource } from "./event-source.ts";

const { DELIVERIES_QUEUE_URL, WORKER_CONCURRENCY } = parseConfig(z.object({ DELIVERIES_QUEUE_URL: z.url(), WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(16).default(2) }), process.env);

const ending = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => ending.abort());

await runEventSource({
  // Longer than the longest wait for messages.
  client: makeSqsClient(30_000),
  queueUrl: DELIVERIES_QUEUE_URL,
  functionName: "octally-sync-worker",
  batchSize: 100,
  windowSeconds: 1,
  concurrency: WORKER_CONCURRENCY,
  handler: (event, context) => handler(event, context),
  logger: makeLogger("event-source"),
  signal: ending.signal,
});
// Kept connections would hold the process for a while.
process.exit(0);
