import type { Message } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";

/** A received message as Lambda puts it into the event. */
export function toSqsRecord(message: Message, queueUrl: string): SQSRecord {
  const [account = "000000000000", name = ""] = new URL(queueUrl).pathname.split("/").slice(-2);
  const system = message.Attributes ?? {};
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: {
      ...system,
      ApproximateReceiveCount: system["ApproximateReceiveCount"] ?? "1",
      SentTimestamp: system["SentTimestamp"] ?? "0",
      SenderId: system["SenderId"] ?? account,
      ApproximateFirstReceiveTimestamp: system["ApproximateFirstReceiveTimestamp"] ?? "0",
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([key, { StringValue, DataType }]) => [
        key,
        { dataType: DataType ?? "String", ...(StringValue === undefined ? {} : { stringValue: StringValue }) },
      ]),
    ),
    md5OfBody: message.MD5OfBody ?? "",
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:us-east-1:${account}:${name}`,
    awsRegion: "us-east-1",
  };
}
