import { expect, test } from "@jest/globals";
import type { SQSEvent } from "aws-lambda";
import { toQueueRecords } from "./queue-record.ts";

function eventOf(approximateReceiveCount: string): SQSEvent {
  return {
    Records: [
      {
        messageId: "m",
        receiptHandle: "r",
        body: "{}",
        attributes: { ApproximateReceiveCount: approximateReceiveCount, SentTimestamp: "1", SenderId: "s", ApproximateFirstReceiveTimestamp: "1" },
        messageAttributes: { event: { stringValue: "issues", dataType: "String" }, picture: { binaryValue: "AA==", dataType: "Binary" } },
        md5OfBody: "",
        eventSource: "aws:sqs",
        eventSourceARN: "arn",
        awsRegion: "us-east-1",
      },
    ],
  };
}

test("a record of the event source has its texts, and how often it came", () => {
  expect(toQueueRecords(eventOf("3"))).toEqual([{ messageId: "m", receiptHandle: "r", body: "{}", attributes: { event: "issues" }, receiveCount: 3 }]);
});

test.each(["", "many", "0", "-1"])("a count that is none (%j) counts as the first time: a delay is computed from it", (count) => {
  expect(toQueueRecords(eventOf(count))[0]?.receiveCount).toBe(1);
});
