/** Deliveries as Lambda hands them to the worker. */
import { randomUUID } from "node:crypto";
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { toDeliveryMessage } from "@octally/shared/delivery";
import { makeGuid } from "./guid.ts";
import type { Template } from "./template.ts";

export function makeSqsEvent(templates: readonly Template[], firstNumber: number, size: number): SQSEvent {
  return { Records: Array.from({ length: size }, (_, index) => makeRecord(templates, firstNumber + index)) };
}

function makeRecord(templates: readonly Template[], number: number): SQSRecord {
  const template = templates[number % templates.length];
  if (template === undefined) throw new Error("There are no templates.");
  const receivedAt = new Date();
  const message = toDeliveryMessage({
    guid: makeGuid(receivedAt.getTime()),
    hookId: "1",
    event: template.event,
    targetType: "organization",
    targetId: "1",
    contentType: "application/json",
    receivedAt: receivedAt.toISOString(),
    body: { kind: "utf8", text: template.fill(number) },
  });
  return {
    messageId: randomUUID(),
    receiptHandle: randomUUID(),
    body: message.body,
    attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(receivedAt.getTime()), SenderId: "local", ApproximateFirstReceiveTimestamp: String(receivedAt.getTime()) },
    messageAttributes: Object.fromEntries(Object.entries(message.attributes).map(([name, stringValue]) => [name, { dataType: "String", stringValue }])),
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:octally-deliveries",
    awsRegion: "us-east-1",
  };
}
