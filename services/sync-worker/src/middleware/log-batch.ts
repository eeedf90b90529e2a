import type { MiddlewareObj } from "@middy/core";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Clock } from "@octally/shared/clock";
import type { Logger } from "@octally/shared/log";
import type { BatchReport } from "../process-deliveries.ts";

/** One line a batch: how many, how they ended, how long it took. */
export function logBatch(log: Logger, clock: Clock): MiddlewareObj<SQSEvent, BatchReport | SQSBatchResponse> {
  const started = new WeakMap<object, number>();
  return {
    before: ({ event }) => void started.set(event, clock().getTime()),
    after: ({ event, response }) => {
      if (!(response instanceof Map)) return;
      const counts = { done: 0, retry: 0, dead: 0 };
      for (const verdict of (response as BatchReport).values()) counts[verdict.is] += 1;
      log.info({ ...counts, ms: clock().getTime() - (started.get(event) ?? clock().getTime()) }, "batch");
    },
  };
}
