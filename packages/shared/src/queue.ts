/**
 * The edge to SQS. The endpoint, region and credentials come from the SDK's own environment (`AWS_ENDPOINT_URL`, …), so
 * that the local queue and AWS are reached by the same code.
 */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { chunksOf, chunksWithin } from "./chunks.ts";
import type { QueueMessage } from "./delivery.ts";
import { AppError, PermanentError, TransientError } from "./errors.ts";

/** SQS takes at most ten messages and 262,144 bytes a batch; the rest is room for attributes. */
const MAX_BATCH_MESSAGES = 10;
const MAX_BATCH_BYTES = 250 * 1024;
/** Of a message, generously. */
const ATTRIBUTE_BYTES = 1024;

/** How long, after the wait that was asked for, a receive may take. */
const RECEIVE_TIMEOUT_MS = 5000;

export type ReceivedMessage = QueueMessage & {
  readonly messageId: string;
  readonly receiptHandle: string;
};

export type QueueDepth = { readonly visible: number; readonly inFlight: number; readonly delayed: number };

/** Every failure is a TransientError `queue-unavailable`, but for a message that SQS refuses for its content. */
export type Queue = {
  readonly send: (message: QueueMessage) => Promise<void>;
  /** All or an error: some may have been sent then, so messages must be harmless when they come twice. */
  readonly sendAll: (messages: readonly QueueMessage[]) => Promise<void>;
  readonly receive: (options: { readonly waitSeconds: number; readonly visibilitySeconds: number }) => Promise<readonly ReceivedMessage[]>;
  readonly remove: (receiptHandles: readonly string[]) => Promise<void>;
  readonly changeVisibility: (changes: readonly { readonly receiptHandle: string; readonly seconds: number }[]) => Promise<void>;
  readonly depth: () => Promise<QueueDepth>;
};

/**
 * The intake has ten seconds for everything: two quick attempts are better than one that hangs. Without
 * `throwOnRequestTimeout` the SDK only warns of a late answer, and waits on.
 */
export function makeSqsClient(requestTimeoutMs = 4000): SQSClient {
  return new SQSClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 1000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true } });
}

export function makeQueue(client: SQSClient, url: string): Queue {
  return {
    send: (message) =>
      translated(async () => {
        await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: message.body, MessageAttributes: toAttributes(message) }));
      }),
    sendAll: (messages) =>
      translated(async () => {
        for (const batch of batchesOf(messages)) {
          const entries = batch.map((message, index) => ({ Id: String(index), MessageBody: message.body, MessageAttributes: toAttributes(message) }));
          const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries }));
          rejectFailed(answer.Failed);
        }
      }),
    receive: ({ waitSeconds, visibilitySeconds }) =>
      translated(async () => {
        const answer = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            MaxNumberOfMessages: MAX_BATCH_MESSAGES,
            WaitTimeSeconds: waitSeconds,
            VisibilityTimeout: visibilitySeconds,
            MessageAttributeNames: ["All"],
          }),
          // A long poll answers late by design.
          { requestTimeout: waitSeconds * 1000 + RECEIVE_TIMEOUT_MS },
        );
        return (answer.Messages ?? []).map((message) => ({
          messageId: message.MessageId ?? "",
          receiptHandle: message.ReceiptHandle ?? "",
          body: message.Body ?? "",
          attributes: Object.fromEntries(
            Object.entries(message.MessageAttributes ?? {}).flatMap(([name, { StringValue }]) => (StringValue === undefined ? [] : [[name, StringValue]])),
          ),
        }));
      }),
    remove: (receiptHandles) =>
      translated(async () => {
        for (const handles of chunksOf(receiptHandles, MAX_BATCH_MESSAGES)) {
          const entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
          const answer = await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries }));
          rejectFailed(answer.Failed);
        }
      }),
    changeVisibility: (changes) =>
      translated(async () => {
        for (const chunk of chunksOf(changes, MAX_BATCH_MESSAGES)) {
          const entries = chunk.map(({ receiptHandle, seconds }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle, VisibilityTimeout: seconds }));
          // A message that was taken back meanwhile keeps its own visibility: nothing is lost.
          await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries: entries }));
        }
      }),
    depth: () =>
      translated(async () => {
        const answer = await client.send(
          new GetQueueAttributesCommand({
            QueueUrl: url,
            AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"],
          }),
        );
        return {
          visible: Number(answer.Attributes?.["ApproximateNumberOfMessages"] ?? 0),
          inFlight: Number(answer.Attributes?.["ApproximateNumberOfMessagesNotVisible"] ?? 0),
          delayed: Number(answer.Attributes?.["ApproximateNumberOfMessagesDelayed"] ?? 0),
        };
      }),
  };
}

function toAttributes(message: QueueMessage): Record<string, { DataType: "String"; StringValue: string }> {
  return Object.fromEntries(Object.entries(message.attributes).map(([name, value]) => [name, { DataType: "String", StringValue: value }]));
}

export function batchesOf(messages: readonly QueueMessage[]): QueueMessage[][] {
  return chunksWithin(messages, { items: MAX_BATCH_MESSAGES, size: MAX_BATCH_BYTES }, ({ body }) => Buffer.byteLength(body) + ATTRIBUTE_BYTES);
}

function rejectFailed(failed: readonly { readonly Code?: string | undefined; readonly Message?: string | undefined }[] | undefined): void {
  if (failed?.some(({ Code }) => Code !== undefined && isContentRefusal(Code)) === true) throw refusal();
  const first = failed?.[0];
  if (first !== undefined) throw new TransientError("queue-unavailable", `The queue refused ${failed?.length} messages: ${first.Code ?? ""} ${first.Message ?? ""}`);
}

/** By name, not by class: through SQS's older protocol it is called "AWS.SimpleQueueService.InvalidMessageContents". */
const isContentRefusal = (name: string): boolean => name.endsWith("InvalidMessageContents");

const refusal = (options?: ErrorOptions): PermanentError => new PermanentError("queue-refuses-content", "The queue refuses a character of the message.", options);

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof Error && isContentRefusal(cause.name)) throw refusal({ cause });
    throw new TransientError("queue-unavailable", "The queue cannot be reached or refuses the call.", { cause });
  }
}
