import { afterAll, afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import type { Context, SQSEvent } from "aws-lambda";
import { makeLocalSqsClient } from "../../src/edges/local-clients.ts";
import { runEventSource, type EventSourceOptions } from "../../src/event-source.ts";
import { countMessages, makeTestQueue, send, until } from "./local-aws.ts";

jest.setTimeout(60_000);

const client = makeLocalSqsClient(process.env["TEST_AWS_ENDPOINT_URL"]!);
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let stop: AbortController;
let running: Promise<void> | undefined;

beforeEach(() => {
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await running;
});
afterAll(() => client.destroy());

function start(queueUrl: string, handler: EventSourceOptions["handler"], options: Partial<EventSourceOptions> = {}): void {
  running = runEventSource({ client, queueUrl, functionName: "test", batchSize: 100, windowSeconds: 0, concurrency: 1, handler, logger: quiet, signal: stop.signal, ...options });
}

const bodiesOf = (event: SQSEvent): string[] => event.Records.map(({ body }) => body);

test("what is waiting comes as one greedy batch, in Lambda's form, and is deleted when it is done", async () => {
  const queue = await makeTestQueue(client);
  await send(client, queue.url, ...Array.from({ length: 25 }, (_, index) => `m${index}`));
  const calls: { event: SQSEvent; context: Context; remainingMs: number }[] = [];
  start(queue.url, async (event, context) => {
    calls.push({ event, context, remainingMs: context.getRemainingTimeInMillis() });
  });
  await until("the queue is empty", async () => calls.length > 0 && (await countMessages(client, queue.url)) === 0);
  expect(calls).toHaveLength(1);
  expect(new Set(bodiesOf(calls[0]!.event)).size).toBe(25);
  expect(calls[0]!.event.Records[0]).toMatchObject({
    messageAttributes: { event: { stringValue: "label", dataType: "String" } },
    attributes: { ApproximateReceiveCount: "1", SentTimestamp: expect.stringMatching(/^\d{13}$/u) },
    eventSource: "aws:sqs",
    eventSourceARN: queue.arn,
    awsRegion: "us-east-1",
    md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/u),
  });
  expect(calls[0]!.remainingMs).toBeGreaterThan(24_000);
});

test("a batch is never larger than its size", async () => {
  const queue = await makeTestQueue(client);
  await send(client, queue.url, ...Array.from({ length: 27 }, (_, index) => `m${index}`));
  const sizes: number[] = [];
  start(queue.url, async ({ Records }) => void sizes.push(Records.length), { batchSize: 12 });
  await until("the queue is empty", async () => (await countMessages(client, queue.url)) === 0);
  expect(sizes).toEqual([12, 12, 3]);
});

test("a batch is never larger than an event of Lambda may be", async () => {
  const queue = await makeTestQueue(client);
  for (let index = 0; index < 30; index += 1) await send(client, queue.url, `${index}`.padEnd(240_000, "x"));
  const sizes: number[] = [];
  start(queue.url, async ({ Records }) => void sizes.push(Records.reduce((sum, { body }) => sum + body.length, 0)));
  await until("the queue is empty", async () => (await countMessages(client, queue.url)) === 0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(30 * 240_000);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(6_000_000);
});

test("of a batch that fails in part exactly the named messages come back", async () => {
  const queue = await makeTestQueue(client, { VisibilityTimeout: "1" });
  await send(client, queue.url, "good-1", "bad", "good-2");
  const calls: string[][] = [];
  start(queue.url, async (event) => {
    calls.push(bodiesOf(event));
    if (calls.length > 1) return undefined;
    return { batchItemFailures: event.Records.filter(({ body }) => body === "bad").map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
  await until("the queue is empty", async () => calls.length > 1 && (await countMessages(client, queue.url)) === 0);
  expect(calls).toEqual([["good-1", "bad", "good-2"], ["bad"]]);
});

test.each<[string, () => Promise<unknown>]>([
  ["throws", () => Promise.reject(new Error("out of order"))],
  ["names a message that is not in the batch", async () => ({ batchItemFailures: [{ itemIdentifier: "of-another-batch" }] })],
  ["answers with something malformed", async () => ({ batchItemFailures: [{ id: 1 }] })],
])("when the handler %s, the whole batch comes back", async (_what, fail) => {
  const queue = await makeTestQueue(client, { VisibilityTimeout: "1" });
  await send(client, queue.url, "a", "b");
  const calls: string[][] = [];
  start(queue.url, async (event) => {
    calls.push(bodiesOf(event));
    return calls.length === 1 ? fail() : undefined;
  });
  await until("the queue is empty", async () => calls.length > 1 && (await countMessages(client, queue.url)) === 0);
  expect(calls[0]!.toSorted()).toEqual(["a", "b"]);
  expect(calls.slice(1).flat().toSorted()).toEqual(["a", "b"]);
});

test("what fails too often goes to the dead-letter queue by the queue's own policy", async () => {
  const dead = await makeTestQueue(client);
  const queue = await makeTestQueue(client, { VisibilityTimeout: "1", RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 }) });
  await send(client, queue.url, "poison");
  let calls = 0;
  start(queue.url, async () => {
    calls += 1;
    throw new Error("never");
  });
  await until("it lies in the dead-letter queue", async () => (await countMessages(client, dead.url)) === 1);
  expect(await countMessages(client, queue.url)).toBe(0);
  expect(calls).toBe(2);
});

test("at the end the batch in hand is finished and deleted, and nothing more is taken", async () => {
  const queue = await makeTestQueue(client);
  await send(client, queue.url, "in-hand");
  let finish: () => void = () => undefined;
  let begun = false;
  start(queue.url, async () => {
    begun = true;
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  await until("the handler runs", () => begun);
  stop.abort();
  await send(client, queue.url, "too-late");
  finish();
  await running;
  expect(await countMessages(client, queue.url)).toBe(1);
});

test("a wait for messages ends at once when it is told to", async () => {
  const queue = await makeTestQueue(client);
  const begin = performance.now();
  start(queue.url, async () => undefined);
  stop.abort();
  await running;
  expect(performance.now() - begin).toBeLessThan(5000);
});

test("as many calls as allowed run at the same time, and no more", async () => {
  const queue = await makeTestQueue(client);
  await send(client, queue.url, "a", "b", "c");
  const release: (() => void)[] = [];
  start(queue.url, () => new Promise<void>((resolve) => void release.push(resolve)), { batchSize: 1, concurrency: 2 });
  await until("two run", () => release.length === 2);
  expect(await countMessages(client, queue.url)).toBe(3);
  release[0]!();
  await until("the third runs when one has ended", () => release.length === 3);
  for (const end of release) end();
  await until("all are done", async () => (await countMessages(client, queue.url)) === 0);
});

test("an endpoint that cannot be reached is waited for", async () => {
  const nowhere = makeLocalSqsClient("http://127.0.0.1:1");
  let warnings = 0;
  const logger = { ...quiet, warn: () => void (warnings += 1) };
  start("http://127.0.0.1:1/000000000000/none", async () => undefined, { client: nowhere, logger });
  await until("it has tried more than once", () => warnings > 1);
  nowhere.destroy();
});
