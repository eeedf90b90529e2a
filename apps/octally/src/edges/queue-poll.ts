import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { TransientError } from "@octally/shared/errors";

/** SQS gives and takes at most ten at a time. */
const MOST_AT_ONCE = 10;

export async function receiveMessages(
  client: SQSClient,
  queueUrl: string,
  { count, waitSeconds, signal }: { readonly count: number; readonly waitSeconds: number; readonly signal: AbortSignal },
): Promise<Message[]> {
  const answer = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(MOST_AT_ONCE, count),
      WaitTimeSeconds: Math.min(20, waitSeconds),
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["All"],
    }),
    { abortSignal: signal },
  );
  return answer.Messages ?? [];
}

/** @throws TransientError when the queue refuses some of them. */
export async function deleteMessages(client: SQSClient, queueUrl: string, receiptHandles: readonly string[]): Promise<void> {
  for (let first = 0; first < receiptHandles.length; first += MOST_AT_ONCE) {
    const entries = receiptHandles.slice(first, first + MOST_AT_ONCE).map((handle, index) => ({ Id: String(index), ReceiptHandle: handle }));
    const answer = await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    const refused = answer.Failed?.length ?? 0;
    if (refused > 0) throw new TransientError("queue-unavailable", `The queue refused to delete ${refused} messages; they come back.`);
  }
}
