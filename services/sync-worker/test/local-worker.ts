/** The worker's ports on the test run's real queue, bucket and OpenSearch; names of this file's own. */
import { randomBytes } from "node:crypto";
import { kinds as githubKinds } from "@octally/model/registry";
import { ownKinds } from "@octally/model/own/registry";
import type { Kind } from "@octally/model/define-kind";
import { makeBucket, makeS3Client } from "@octally/shared/bucket";
import type { QueueMessage } from "@octally/shared/delivery";
import type { Logger } from "@octally/shared/log";
import { makeQueue, makeSqsClient, type Queue, type ReceivedMessage } from "@octally/shared/queue";
import { bootstrapStore } from "@octally/store/bootstrap";
import { makeStore, type Store } from "@octally/store/write";
import { openTestStore, type TestStore } from "../../../packages/store/test/test-store.ts";
import type { QueueRecord } from "../src/core/queue-record.ts";
import type { WorkerPorts } from "../src/ports.ts";

export type LocalWorker = {
  readonly ports: WorkerPorts;
  readonly db: TestStore;
  readonly deliveries: Queue;
  readonly deadLetters: Queue;
  readonly jobs: Queue;
  /** The environment of the worker's handlers. */
  readonly environment: Readonly<Record<string, string>>;
  readonly storeOf: (kinds: readonly Kind[]) => Store;
  readonly bootstrap: (kinds?: readonly Kind[]) => Promise<void>;
  /** Every document of every kind but the deliveries' archive keys, as text, in order. */
  readonly documents: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

export const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function openLocalWorker(name: string, { maxReceiveCount = 100, kinds = githubKinds }: { readonly maxReceiveCount?: number; readonly kinds?: readonly Kind[] } = {}): Promise<LocalWorker> {
  const endpoint = process.env["TEST_AWS_ENDPOINT_URL"];
  if (endpoint === undefined) throw new Error("TEST_AWS_ENDPOINT_URL is not set: run this through jest's integration project.");
  const aws = { AWS_ENDPOINT_URL: endpoint, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  Object.assign(process.env, aws);
  const own = `worker-${name}-${randomBytes(4).toString("hex")}`;
  const [sqs, s3, db] = [makeSqsClient(), makeS3Client(), openTestStore(name)];
  const deadLetterUrl = await createQueue(endpoint, `${own}-dead`);
  const redrive = JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${own}-dead`, maxReceiveCount });
  const deliveriesUrl = await createQueue(endpoint, own, { RedrivePolicy: redrive, VisibilityTimeout: "30" });
  const jobsUrl = await createQueue(endpoint, `${own}-jobs`);
  const made = await fetch(`${endpoint}/${own}`, { method: "PUT" });
  if (!made.ok) throw new Error(`The bucket was not created: ${made.status}`);
  const [deliveries, deadLetters, jobs, bucket] = [makeQueue(sqs, deliveriesUrl), makeQueue(sqs, deadLetterUrl), makeQueue(sqs, jobsUrl), makeBucket(s3, own)];
  const storeOf = (all: readonly Kind[]): Store => makeStore(db.client, [...all, ...ownKinds], db.prefix);
  return {
    ports: { kinds, store: storeOf(kinds), bucket, deliveries, deadLetters, jobs, clock: () => new Date(), random: () => 0.5, log: silent },
    db,
    deliveries,
    deadLetters,
    jobs,
    environment: { ...aws, DELIVERIES_QUEUE_URL: deliveriesUrl, DELIVERIES_DEAD_LETTER_QUEUE_URL: deadLetterUrl, SYNC_JOBS_QUEUE_URL: jobsUrl, ARCHIVE_BUCKET: own, OPENSEARCH_URL: process.env["TEST_OPENSEARCH_URL"] ?? "", OCTALLY_INDEX_PREFIX: db.prefix, LOG_LEVEL: "silent" },
    storeOf,
    bootstrap: async (all = kinds) => {
      // Side by side, because a test starts with forty indices.
      const lanes = Object.values(Object.groupBy([...all, ...ownKinds], (_, index) => index % 6));
      await Promise.all(lanes.map((lane) => bootstrapStore(db.client, lane ?? [], { prefix: db.prefix })));
    },
    documents: async () => (await db.sourcesIn(`${db.prefix}-*`)).map((line) => comparable(line.replace(`${db.prefix}-`, ""))).toSorted(),
    async close() {
      await db.close();
      sqs.destroy();
      s3.destroy();
    },
  };
}

/** `<index> <id> <source>`, without what depends on the batch that a delivery came in. */
export function comparable(line: string): string {
  return line.replace(/"archive_key":("[^"]*"|null),/, "").replace(/\/[0-9a-f]{32}\.ndjson\.gz#/, "/#");
}

export async function createQueue(endpoint: string, name: string, attributes: Readonly<Record<string, string>> = {}): Promise<string> {
  const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.CreateQueue" };
  const answer = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify({ QueueName: name, Attributes: attributes }) });
  return ((await answer.json()) as { QueueUrl: string }).QueueUrl;
}

/** Takes messages off a queue as the event source does: not yet acknowledged. */
export async function take(queue: Queue, count: number): Promise<readonly ReceivedMessage[]> {
  const messages: ReceivedMessage[] = [];
  while (messages.length < count) {
    const batch = await queue.receive({ waitSeconds: 2, visibilitySeconds: 60 });
    if (batch.length === 0) break;
    messages.push(...batch);
  }
  if (messages.length !== count) throw new Error(`Expected ${count} messages, found ${messages.length}.`);
  return messages;
}

/** Takes exactly these off, for good. */
export async function drain(queue: Queue, count: number): Promise<readonly ReceivedMessage[]> {
  const messages = await take(queue, count);
  await queue.remove(messages.map(({ receiptHandle }) => receiptHandle));
  const left = await queue.depth();
  if (left.visible + left.inFlight + left.delayed > 0) throw new Error(`Left on the queue: ${JSON.stringify(left)}`);
  return messages;
}

export function asRecord(message: ReceivedMessage): QueueRecord {
  return { ...message, receiveCount: 1 };
}

export function asMessage({ body, attributes }: QueueRecord): QueueMessage {
  return { body, attributes };
}
