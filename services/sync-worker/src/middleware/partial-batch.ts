/** A batch's report becomes the answer that the event source understands: only what must come again is named, by its id. */
import type { MiddlewareObj } from "@middy/core";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { BatchReport } from "../process-deliveries.ts";

export function partialBatch(): MiddlewareObj<SQSEvent, BatchReport | SQSBatchResponse> {
  return {
    after: (request) => {
      const report = request.response;
      if (report instanceof Map) request.response = toBatchResponse(report);
    },
  };
}

export function toBatchResponse(report: BatchReport): SQSBatchResponse {
  const batchItemFailures = [...report].flatMap(([record, verdict]) => (verdict.is === "retry" ? [{ itemIdentifier: record.messageId }] : []));
  return { batchItemFailures };
}
