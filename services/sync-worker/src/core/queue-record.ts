import type { SQSEvent, SQSRecord } from "aws-lambda";
import type { QueueMessage } from "@octally/shared/delivery";

/** A message as the event source hands it over. */
export type QueueRecord = QueueMessage & {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** How often it was received, this time included. */
  readonly receiveCount: number;
};

export function toQueueRecords(event: SQSEvent): readonly QueueRecord[] {
  return event.Records.map(toQueueRecord);
}

function toQueueRecord(record: SQSRecord): QueueRecord {
  return {
    messageId: record.messageId,
    receiptHandle: record.receiptHandle,
    body: record.body,
    attributes: Object.fromEntries(
      Object.entries(record.messageAttributes).flatMap(([name, { stringValue }]) => (stringValue === undefined ? [] : [[name, stringValue]])),
    ),
    receiveCount: Math.max(1, Math.trunc(Number(record.attributes.ApproximateReceiveCount)) || 1),
  };
}
