/** Queues of a test's own in the local queue service, and waiting on conditions. */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";

export async function makeTestQueue(client: SQSClient, attributes: Record<string, string> = {}): Promise<{ url: string; arn: string }> {
  const { QueueUrl: url = "" } = await client.send(new CreateQueueCommand({ QueueName: `octally-test-${randomUUID()}`, Attributes: attributes }));
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn"] }));
  return { url, arn: Attributes?.["QueueArn"] ?? "" };
}

export async function send(client: SQSClient, url: string, ...bodies: readonly string[]): Promise<void> {
  for (const body of bodies) {
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, MessageAttributes: { event: { DataType: "String", StringValue: "label" } } }));
  }
}

/** All messages of the queue, in whichever state. */
export async function countMessages(client: SQSClient, url: string): Promise<number> {
  const { Attributes = {} } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }));
  const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"] as const;
  return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}

export async function until(what: string, condition: () => boolean | Promise<boolean>, timeoutMs = 40_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await delay(20);
  }
}
