import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { ChangeMessageVisibilityCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { planInstance } from "../../src/core/instance-plan.ts";
import { localConfig } from "../../src/core/settings.ts";
import { createBucket, createQueues } from "../../src/edges/create-queues.ts";
import { makeLocalS3Client, makeLocalSqsClient } from "../../src/edges/local-clients.ts";
import { startLocalQueue, type RunningLocalQueue } from "../../src/edges/local-queue.ts";
import { countMessages, makeTestQueue, send, until } from "./local-aws.ts";

jest.setTimeout(60_000);

let folder: string;
let server: RunningLocalQueue;
let client: SQSClient;

async function start(): Promise<void> {
  server = await startLocalQueue({ dataDir: join(folder, "data"), logFile: join(folder, "log"), port: 0, environment: process.env, detached: false });
  client = makeLocalSqsClient(server.endpoint);
}

async function killAndStart(): Promise<void> {
  client.destroy();
  process.kill(server.pid, "SIGKILL");
  await server.exited;
  await start();
}

const atServer = (url: string): string => `${server.endpoint}${new URL(url).pathname}`;
const receive = async (url: string, waitSeconds = 0) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl: atServer(url), WaitTimeSeconds: waitSeconds, MessageSystemAttributeNames: ["All"] }))).Messages ?? [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "octally-queue-"));
  await start();
});
afterAll(async () => {
  client.destroy();
  await server.stop();
  await rm(folder, { recursive: true });
});

test("it listens on this machine only, and its queue URLs lead there", async () => {
  expect(server.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
  expect((await makeTestQueue(client)).url).toMatch(new RegExp(`^${server.endpoint}/000000000000/`, "u"));
});

test("every acknowledged message survives a kill", async () => {
  const queue = await makeTestQueue(client, { VisibilityTimeout: "30" });
  await send(client, queue.url, "waiting", "taken");
  const [first] = await receive(queue.url);
  await killAndStart();
  expect(await countMessages(client, atServer(queue.url))).toBe(2);
  const [second] = await receive(queue.url);
  expect(new Set([first?.Body, second?.Body])).toEqual(new Set(["taken", "waiting"]));
});

test("a message that was given back at once is not lost, and keeps its count", async () => {
  const queue = await makeTestQueue(client, { VisibilityTimeout: "30" });
  await send(client, queue.url, "again");
  const [taken] = await receive(queue.url);
  await client.send(new ChangeMessageVisibilityCommand({ QueueUrl: atServer(queue.url), ReceiptHandle: taken?.ReceiptHandle, VisibilityTimeout: 0 }));
  await killAndStart();
  expect(await receive(queue.url)).toMatchObject([{ Body: "again", Attributes: { ApproximateReceiveCount: "2" } }]);
});

test("a message whose visibility is over counts as one that waits, before anybody receives it", async () => {
  const queue = await makeTestQueue(client, { VisibilityTimeout: "1" });
  await send(client, queue.url, "held");
  expect(await receive(queue.url)).toHaveLength(1);
  const waiting = async (): Promise<string | undefined> => (await client.send(new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ["All"] }))).Attributes?.["ApproximateNumberOfMessages"];
  await until("it waits", async () => (await waiting()) === "1");
});

test("what was deleted stays deleted", async () => {
  const queue = await makeTestQueue(client);
  await send(client, queue.url, "done");
  const [taken] = await receive(queue.url);
  await client.send(new DeleteMessageCommand({ QueueUrl: atServer(queue.url), ReceiptHandle: taken?.ReceiptHandle }));
  await killAndStart();
  expect(await countMessages(client, atServer(queue.url))).toBe(0);
});

test("clients that go away while they wait take no message with them", async () => {
  const queue = await makeTestQueue(client, { VisibilityTimeout: "30" });
  for (let round = 0; round < 20; round += 1) {
    await waitAndGoAway(queue.url);
    await send(client, queue.url, `for-the-living-${round}`);
    // A wait may end with nothing, when the other's end is noticed; then one asks again, as the event source does.
    let [message] = await receive(queue.url, 3);
    for (let again = 0; message === undefined && again < 3; again += 1) [message] = await receive(queue.url, 3);
    expect(message?.Body).toBe(`for-the-living-${round}`);
    await client.send(new DeleteMessageCommand({ QueueUrl: atServer(queue.url), ReceiptHandle: message?.ReceiptHandle }));
  }
});

/**
 * What a killed process leaves behind: a request that waits for messages, on a connection that is closed. Until the server has had a turn to
 * notice, the dead look alive: what it is handed then comes back only with its visibility, as from SQS. So it is given that turn.
 */
async function waitAndGoAway(url: string): Promise<void> {
  const { hostname, port } = new URL(server.endpoint);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  const ask = (waitSeconds: number): void => {
    const body = JSON.stringify({ QueueUrl: url, WaitTimeSeconds: waitSeconds });
    const head = ["POST / HTTP/1.1", `Host: ${hostname}:${port}`, "Content-Type: application/x-amz-json-1.0", "X-Amz-Target: AmazonSQS.ReceiveMessage", `Content-Length: ${body.length}`];
    socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  };
  ask(0);
  await once(socket, "data");
  ask(20);
  // A request of the same queue that is answered after that one has begun to wait.
  await receive(url);
  socket.destroy();
  await once(socket, "close");
  await receive(url);
  await receive(url);
}

test("an object as large as a batch of GitHub's largest payloads is kept, and survives a kill", async () => {
  const body = Buffer.alloc(40 * 1024 * 1024, "x");
  const before = makeLocalS3Client(server.endpoint);
  await before.send(new CreateBucketCommand({ Bucket: "large" }));
  await before.send(new PutObjectCommand({ Bucket: "large", Key: "deliveries/date=2026-11-01/a b+c.ndjson.gz", Body: body, ContentType: "application/json" }));
  before.destroy();
  await killAndStart();
  const after = makeLocalS3Client(server.endpoint);
  const answer = await after.send(new GetObjectCommand({ Bucket: "large", Key: "deliveries/date=2026-11-01/a b+c.ndjson.gz" }));
  expect((await answer.Body!.transformToByteArray()).length).toBe(body.length);
  after.destroy();
});

test("the queues and the bucket can be created at every start", async () => {
  const { port } = new URL(server.endpoint);
  const { addresses } = planInstance(localConfig.parse({ OCTALLY_QUEUE_PORT: port }), folder);
  const s3 = makeLocalS3Client(server.endpoint);
  for (let round = 0; round < 2; round += 1) {
    await createQueues(client, addresses.queue_urls);
    await createBucket(s3);
  }
  s3.destroy();
  await send(client, addresses.queue_urls.deliveries, "x");
  await until("the message is there", async () => (await countMessages(client, addresses.queue_urls.deliveries)) === 1);
});

describe("an object that was only half written when the process ended", () => {
  const key = "claims/date=2026-11-01/1-a";
  const objects = () => join(folder, "data", "objects", "buckets", "torn");
  async function read(): Promise<string | undefined> {
    const s3 = makeLocalS3Client(server.endpoint);
    try {
      return await (await s3.send(new GetObjectCommand({ Bucket: "torn", Key: key }))).Body?.transformToString();
    } finally {
      s3.destroy();
    }
  }

  beforeEach(async () => {
    const s3 = makeLocalS3Client(server.endpoint);
    if (!existsSync(objects())) await s3.send(new CreateBucketCommand({ Bucket: "torn" }));
    await s3.send(new PutObjectCommand({ Bucket: "torn", Key: key, Body: "whole", ContentType: "application/json" }));
    s3.destroy();
  });

  test("by an earlier release, in place, does not keep the queue from starting", async () => {
    await writeFile(join(objects(), "objects", `${key}.meta.json`), "");
    await writeFile(join(objects(), "objects", "claims", "alone.meta.json"), '{"key":');
    await writeFile(join(objects(), ".bucket.json"), "");
    await killAndStart();
    expect(await read()).toBe("whole");
  });

  test("that the disk has no room for is refused, and the earlier one stays", async () => {
    // A folder in the way refuses every user alike.
    await mkdir(join(objects(), "objects", `${key}.meta.json.partial`));
    const s3 = makeLocalS3Client(server.endpoint);
    await expect(s3.send(new PutObjectCommand({ Bucket: "torn", Key: key, Body: "other" }))).rejects.toThrow();
    s3.destroy();
    await rm(join(objects(), "objects", `${key}.meta.json.partial`), { recursive: true });
    expect(await read()).toBe("whole");
  });
});
