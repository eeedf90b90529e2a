/** The process of the jobs: Lambda's event sources in front of the handler that is deployed, one for each queue. Argument: the folder of the bundles where those run. */
import { makeLogger } from "@octally/shared/log";
import { makeSqsClient } from "@octally/shared/queue";
import { importJobs } from "./edges/bundles.ts";
import { endWithParent } from "./edges/end-with-parent.ts";
import { runEventSource } from "./event-source.ts";

const { handler } = await importJobs(process.argv[2]);
const ending = new AbortController();
const logger = makeLogger("event-source");

/** Live work has lanes of its own, so that it never waits for a slice of the history. */
function listen(variable: string, concurrency: number): Promise<void> {
  const queueUrl = process.env[variable];
  if (queueUrl === undefined) throw new Error(`${variable} is not set`);
  return runEventSource({
    // Longer than the longest wait for messages.
    client: makeSqsClient(30_000),
    queueUrl,
    functionName: "octally-sync-jobs",
    batchSize: 2,
    windowSeconds: 0,
    concurrency,
    handler: (event, context) => handler(event, context),
    logger,
    signal: ending.signal,
  });
}

const running = Promise.all([listen("SYNC_JOBS_QUEUE_URL", 2), listen("BACKFILL_JOBS_QUEUE_URL", 3)]);
endWithParent(async () => {
  ending.abort();
  await running;
});
process.send?.({ ready: true });
