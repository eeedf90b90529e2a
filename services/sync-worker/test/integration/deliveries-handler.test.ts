import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { label } from "@octally/model/kinds/label";
import type { QueueRecord } from "../../src/core/queue-record.ts";
import { drain, openLocalWorker, type LocalWorker } from "../local-worker.ts";
import { labelEvent, recordOf } from "../records.ts";

jest.setTimeout(60_000);
let worker: LocalWorker;
let handler: (event: SQSEvent, context: Context) => Promise<unknown>;

beforeAll(async () => {
  worker = await openLocalWorker("handler");
  await worker.bootstrap([label]);
  Object.assign(process.env, worker.environment);
  ({ handler } = await import("../../src/deliveries-handler.ts"));
});
afterAll(() => worker.close());

/** As Lambda's event source hands them over. */
function eventOf(records: readonly QueueRecord[]): SQSEvent {
  return {
    Records: records.map(
      (record): SQSRecord => ({
        messageId: record.messageId,
        receiptHandle: record.receiptHandle,
        body: record.body,
        attributes: { ApproximateReceiveCount: "1", SentTimestamp: "0", SenderId: "x", ApproximateFirstReceiveTimestamp: "0" },
        messageAttributes: Object.fromEntries(Object.entries(record.attributes).map(([name, stringValue]) => [name, { stringValue, dataType: "String" }])),
        md5OfBody: "",
        eventSource: "aws:sqs",
        eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:octally-deliveries",
        awsRegion: "us-east-1",
      }),
    ),
  };
}
async function handle(records: readonly QueueRecord[]): Promise<SQSBatchResponse> {
  return (await handler(eventOf(records), {} as Context)) as SQSBatchResponse;
}
async function labelsStored(): Promise<number> {
  await worker.db.client.indices.refresh({ index: `${worker.db.prefix}-label` });
  return (await worker.db.client.count({ index: `${worker.db.prefix}-label` })).body.count;
}
const T = "2026-11-20T10:00:00.000Z";

describe("the handler of the deliveries queue", () => {
  test("takes a hundred messages and names none", async () => {
    expect(await handle(Array.from({ length: 100 }, (_, id) => labelEvent("created", 1000 + id, T)))).toEqual({ batchItemFailures: [] });
    expect(await labelsStored()).toBe(100);
  });

  test("names exactly the messages that must come again (I5); a dead one is done, because it is buried (I10)", async () => {
    await worker.db.client.indices.putSettings({ index: `${worker.db.prefix}-label-v1`, body: { index: { blocks: { write: true } } } });
    const records = [recordOf("ping", { zen: "x", hook_id: 1 }), labelEvent("created", 1, T), recordOf("label", "no JSON"), labelEvent("created", 2, T), recordOf("unheard_of", { action: "x" })];
    expect(await handle(records)).toEqual({ batchItemFailures: [{ itemIdentifier: records[1]?.messageId }, { itemIdentifier: records[3]?.messageId }] });
    await worker.db.client.indices.putSettings({ index: `${worker.db.prefix}-label-v1`, body: { index: { blocks: { write: false } } } });
    expect(await handle(records)).toEqual({ batchItemFailures: [] });
    expect(await labelsStored()).toBe(102);
    // The dead one came twice.
    expect((await drain(worker.deadLetters, 2)).map(({ body }) => body)).toEqual(["no JSON", "no JSON"]);
  });

  test("begins nothing that its time may not be enough for", async () => {
    const records = [labelEvent("created", 3, T)];
    const ending = { getRemainingTimeInMillis: () => 9000 } as Context;
    expect(await handler(eventOf(records), ending)).toEqual({ batchItemFailures: [{ itemIdentifier: records[0]?.messageId }] });
    expect(await labelsStored()).toBe(102);
  });

  test("an empty event is nothing to do", async () => {
    expect(await handle([])).toEqual({ batchItemFailures: [] });
  });
});
