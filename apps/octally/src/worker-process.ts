/** The process of the sync worker: Lambda's event source in front of the handler that is deployed. Argument: the folder of the bundles where those run. */
import { makeSqsClient } from "@octally/shared/queue";
import { makeLogger } from "@octally/shared/log";
import { importWorker } from "./edges/bundles.ts";
import { endWithParent } from "./edges/end-with-parent.ts";
import { runEventSource } from "./event-source.ts";

const { handler } = await importWorker(process.argv[2]);
const queueUrl = process.env["DELIVERIES_QUEUE_URL"];
if (queueUrl === undefined) throw new Error("DELIVERIES_QUEUE_URL is not set");

const ending = new AbortController();
const running = runEventSource({
  // Longer than the longest wait for messages.
  client: makeSqsClient(30_000),
  queueUrl,
  functionName: "octally-sync-worker",
  batchSize: 100,
  windowSeconds: 0,
  concurrency: 2,
  handler: (event, context) => handler(event, context),
  logger: makeLogger("event-source"),
  signal: ending.signal,
});
endWithParent(async () => {
  ending.abort();
  await running;
});
process.send?.({ ready: true });
