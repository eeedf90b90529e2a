/** The test run's real queue and object store, with a queue and a bucket of this file's own. */
import { randomUUID } from "node:crypto";
import { type Bucket, makeBucket, makeS3Client } from "@octally/shared/bucket";
import type { Environment } from "@octally/shared/config";
import { makeQueue, makeSqsClient, type Queue, type ReceivedMessage } from "@octally/shared/queue";
import * as z from "zod";
import { SECRET } from "../signed-event.ts";

export type LocalAws = { readonly queue: Queue; readonly bucket: Bucket; readonly environment: Environment; readonly close: () => void };

export async function openLocalAws(): Promise<LocalAws> {
  const endpoint = process.env["TEST_AWS_ENDPOINT_URL"];
  if (endpoint === undefined) throw new Error("TEST_AWS_ENDPOINT_URL is not set: run this through jest's integration project.");
  Object.assign(process.env, awsEnvironment(endpoint));
  const name = `intake-${randomUUID()}`;
  const [sqs, s3] = [makeSqsClient(), makeS3Client()];
  const queueUrl = await createQueue(endpoint, name);
  await createBucket(endpoint, name);
  return {
    queue: makeQueue(sqs, queueUrl),
    bucket: makeBucket(s3, name),
    environment: { ...awsEnvironment(endpoint), GITHUB_WEBHOOK_SECRET: SECRET, GITHUB_WEBHOOK_SECRET_PREVIOUS: "previous", DELIVERIES_QUEUE_URL: queueUrl, ARCHIVE_BUCKET: name, LOG_LEVEL: "silent" },
    close: () => {
      sqs.destroy();
      s3.destroy();
    },
  };
}

/** The product never creates either, so its edges cannot; the local store asks for no signature. */
async function createQueue(endpoint: string, name: string): Promise<string> {
  const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.CreateQueue" };
  const answer = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify({ QueueName: name }) });
  return z.object({ QueueUrl: z.string() }).parse(await answer.json()).QueueUrl;
}

async function createBucket(endpoint: string, name: string): Promise<void> {
  const answer = await fetch(`${endpoint}/${name}`, { method: "PUT" });
  if (!answer.ok) throw new Error(`The bucket was not created: ${answer.status} ${await answer.text()}`);
}

/** As on Lambda: credentials in the environment. */
export function awsEnvironment(endpoint: string): Record<string, string> {
  return { AWS_ENDPOINT_URL: endpoint, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
}

/** Takes `count` messages off the queue, and proves that there were no more. */
export async function drain(queue: Queue, count: number): Promise<ReceivedMessage[]> {
  const messages: ReceivedMessage[] = [];
  while (messages.length < count) {
    const batch = await queue.receive({ waitSeconds: 2, visibilitySeconds: 60 });
    if (batch.length === 0) break;
    await queue.remove(batch.map(({ receiptHandle }) => receiptHandle));
    messages.push(...batch);
  }
  const left = await queue.depth();
  if (messages.length !== count || left.visible + left.inFlight > 0) throw new Error(`Expected ${count} messages, found ${messages.length}; left: ${JSON.stringify(left)}`);
  return messages;
}
