/** The Lambda handler of the deliveries queue: composition only. */
import middy from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { parseConfig } from "@octally/shared/config";
import { workerConfig } from "./config.ts";
import { toQueueRecords } from "./core/queue-record.ts";
import { makeWorkerPorts } from "./make-worker-ports.ts";
import { logBatch } from "./middleware/log-batch.ts";
import { partialBatch } from "./middleware/partial-batch.ts";
import { processDeliveries, type BatchReport } from "./process-deliveries.ts";

const ports = await makeWorkerPorts(parseConfig(workerConfig, process.env));

/** For what is begun: the largest body there is, and the report. */
const RESERVED_MS = 10_000;

export const handler = middy<SQSEvent, BatchReport | SQSBatchResponse>()
  // middy runs `after` in the reverse order: the log sees the report, the event source the answer.
  .use(partialBatch())
  .use(logBatch(ports.log, ports.clock))
  .handler((event, context) => processDeliveries(ports, toQueueRecords(event), () => leftMs(context) > RESERVED_MS));

/** Who calls the handler by hand tells no time: then it has all there is. */
function leftMs(context: Partial<Context> | undefined): number {
  return context?.getRemainingTimeInMillis?.() ?? Infinity;
}
