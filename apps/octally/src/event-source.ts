/** Lambda's event source mapping for SQS: polls a queue, hands batches to a handler, deletes what it has done. */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import { messageOf } from "@octally/shared/errors";
import type { Logger } from "@octally/shared/log";
import type { Context, SQSEvent } from "aws-lambda";
import { decideBatchOutcome } from "./core/batch-outcome.ts";
import { makeLambdaContext } from "./core/lambda-context.ts";
import { toSqsRecord } from "./core/sqs-record.ts";
import { deleteMessages, receiveMessages } from "./edges/queue-poll.ts";

/** What the handler is told it has, as by Lambda, if nothing else is said; the visibility of the queue is longer. */
const USUAL_TIMEOUT_MS = 25_000;
const LONGEST_BACKOFF_MS = 5000;
/** Lambda's limit of 6 MB, less what ten more messages of 256 kB may be. */
const FULL_EVENT_CHARACTERS = 3_400_000;

export type EventSourceOptions = {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** The name in the context, for logs. */
  readonly functionName: string;
  /** At most this many messages a call. A call never waits for the batch to become full, but for `windowSeconds`. */
  readonly batchSize: number;
  readonly windowSeconds: number;
  /** Calls at the same time. */
  readonly concurrency: number;
  readonly handler: (event: SQSEvent, context: Context) => Promise<unknown>;
  readonly handlerTimeoutMs?: number;
  readonly logger: Logger;
  /** Ends it: no more is received, what is being handled is finished. */
  readonly signal: AbortSignal;
};

/** Resolves when the signal is aborted and the batches in hand are done. Never rejects: an unreachable queue is waited for. */
export async function runEventSource(options: EventSourceOptions): Promise<void> {
  await Promise.all(Array.from({ length: options.concurrency }, () => runLane(options)));
}

async function runLane(options: EventSourceOptions): Promise<void> {
  let failures = 0;
  while (!options.signal.aborted) {
    try {
      const batch = await receiveBatch(options);
      failures = 0;
      if (batch.length > 0) await handleBatch(options, batch);
    } catch (failure) {
      if (options.signal.aborted) return;
      failures += 1;
      options.logger.warn({ queueUrl: options.queueUrl, reason: messageOf(failure) }, "The queue cannot be reached; trying again");
      await delay(backoffMs(failures), undefined, { signal: options.signal }).catch(() => undefined);
    }
  }
}

/** Receives ten at a time until the batch is full, or as large as Lambda's event may be, or the queue is empty and the window is over. */
async function receiveBatch({ client, queueUrl, batchSize, windowSeconds, signal }: EventSourceOptions): Promise<Message[]> {
  const batch = await receiveMessages(client, queueUrl, { count: batchSize, waitSeconds: 20, signal });
  const windowEndsAt = performance.now() + windowSeconds * 1000;
  while (batch.length > 0 && batch.length < batchSize && charactersOf(batch) < FULL_EVENT_CHARACTERS && !signal.aborted) {
    const waitSeconds = Math.max(0, Math.floor((windowEndsAt - performance.now()) / 1000));
    // What is in hand is handled, also when the queue goes away now.
    const more = await receiveMessages(client, queueUrl, { count: batchSize - batch.length, waitSeconds, signal }).catch(() => []);
    if (more.length === 0 && performance.now() >= windowEndsAt) break;
    batch.push(...more);
  }
  return batch;
}

function charactersOf(batch: readonly Message[]): number {
  return batch.reduce((sum, { Body }) => sum + (Body?.length ?? 0), 0);
}

async function handleBatch(options: EventSourceOptions, batch: readonly Message[]): Promise<void> {
  const { client, queueUrl, logger } = options;
  const records = batch.map((message) => toSqsRecord(message, queueUrl));
  const response = await callHandler(options, { Records: records });
  if (response.kind === "threw") {
    logger.error({ messages: records.length, reason: messageOf(response.failure) }, "The handler failed; the whole batch comes back");
    return;
  }
  const outcome = decideBatchOutcome(response.value, records.map(({ messageId }) => messageId));
  if (outcome.kind === "retry-all") {
    logger.error({ messages: records.length, reason: outcome.reason }, "The handler's answer is not valid; the whole batch comes back");
    return;
  }
  const done = records.filter(({ messageId }) => !outcome.failedIds.has(messageId));
  // A message that could not be deleted comes back, which every handler must take anyway.
  await deleteMessages(client, queueUrl, done.map(({ receiptHandle }) => receiptHandle));
}

type HandlerResponse = { readonly kind: "returned"; readonly value: unknown } | { readonly kind: "threw"; readonly failure: unknown };

async function callHandler({ handler, functionName, handlerTimeoutMs = USUAL_TIMEOUT_MS }: EventSourceOptions, event: SQSEvent): Promise<HandlerResponse> {
  const deadline = performance.now() + handlerTimeoutMs;
  const context = makeLambdaContext(functionName, randomUUID(), () => deadline - performance.now());
  const timer = new AbortController();
  const timeout = delay(handlerTimeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`The handler did not end within ${handlerTimeoutMs / 1000} s`);
  });
  try {
    return { kind: "returned", value: await Promise.race([handler(event, context), timeout]) };
  } catch (failure) {
    return { kind: "threw", failure };
  } finally {
    timer.abort();
    timeout.catch(() => undefined);
  }
}

function backoffMs(failures: number): number {
  return Math.random() * Math.min(LONGEST_BACKOFF_MS, 100 * 2 ** failures);
}
