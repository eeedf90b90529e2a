import { expect, test } from "@jest/globals";
import { toSqsRecord } from "./sqs-record.ts";

test("a message becomes the record that Lambda makes of it", () => {
  const message = {
    MessageId: "m-1",
    ReceiptHandle: "r-1",
    Body: "{}",
    MD5OfBody: "99914b932bd37a50b983c5e7c90ae93b",
    Attributes: { ApproximateReceiveCount: "3", SentTimestamp: "1793527200000", SenderId: "000000000000", ApproximateFirstReceiveTimestamp: "1793527201000" },
    MessageAttributes: { event: { DataType: "String", StringValue: "label" } },
  };
  expect(toSqsRecord(message, "http://127.0.0.1:9324/000000000000/octally-deliveries")).toEqual({
    messageId: "m-1",
    receiptHandle: "r-1",
    body: "{}",
    md5OfBody: "99914b932bd37a50b983c5e7c90ae93b",
    attributes: { ApproximateReceiveCount: "3", SentTimestamp: "1793527200000", SenderId: "000000000000", ApproximateFirstReceiveTimestamp: "1793527201000" },
    messageAttributes: { event: { dataType: "String", stringValue: "label" } },
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:octally-deliveries",
    awsRegion: "us-east-1",
  });
});
