/** The process of the jobs: Lambda's event sources in front of the handler that is deployed. Argument: the folder of the bundles where those run. */
import { makeLogger } from "@octally/shared/log";
import { importJobs } from "./edges/bundles.ts";
import { endWithParent } from "./edges/end-with-parent.ts";
import { runJobSources } from "./run-job-sources.ts";

const { handler } = await importJobs(process.argv[2]);
const ending = new AbortController();

function urlIn(variable: string): string {
  const queueUrl = process.env[variable];
  if (queueUrl === undefined) throw new Error(`${variable} is not set`);
  return queueUrl;
}

const running = runJobSources({
  queues: { syncJobs: urlIn("SYNC_JOBS_QUEUE_URL"), backfillJobs: urlIn("BACKFILL_JOBS_QUEUE_URL") },
  handler: (event, context) => handler(event, context),
  logger: makeLogger("event-source"),
  signal: ending.signal,
});
endWithParent(async () => {
  ending.abort();
  await running;
});
process.send?.({ ready: true });
