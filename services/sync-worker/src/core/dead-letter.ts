/** A message that could not be processed, as a document and as a message of the dead-letter queue. Pure. */
import type { Observation } from "@octally/model/observation";
import { toVersion } from "@octally/model/version";
import { deliveryId, type QueueMessage } from "@octally/shared/delivery";
import type { AppError } from "@octally/shared/errors";
import type { QueueRecord } from "./queue-record.ts";

/** The document shows the body's beginning; the whole of it waits on the dead-letter queue (and, where it was readable, in the archive). */
const SHOWN_BODY_CHARACTERS = 20_000;
const MAX_REASON_CHARACTERS = 1000;
/** The queue's batches leave a message about a kilobyte for its attributes. */
const MAX_REASON_BYTES = 600;
/** OpenSearch refuses longer ids. */
const MAX_ID_BYTES = 512;
/** SQS takes ten attributes a message; a delivery has eight. */
const MAX_ATTRIBUTES = 10;

export const DEAD_LETTER_ATTRIBUTES = { id: "dead_letter_id", reason: "dead_letter_reason" } as const;

export type DeadLetterFacts = {
  readonly record: QueueRecord;
  readonly error: AppError;
  readonly response: unknown;
  /** ISO 8601. */
  readonly failedAt: string;
  /** Where the message came from. Default: `deliveries`. */
  readonly queue?: string;
};

/** The delivery's id where the message is one, so that a delivery which fails twice is one dead letter; else the message's. */
export function deadLetterId({ attributes, messageId }: Pick<QueueRecord, "attributes" | "messageId">): string {
  const { guid, hook_id: hookId } = attributes;
  if (guid === undefined || hookId === undefined) return messageId;
  const id = deliveryId({ guid, hookId });
  return Buffer.byteLength(id) > MAX_ID_BYTES ? messageId : id;
}

export function deadLetterObservation({ record, error, response, failedAt, queue = "deliveries" }: DeadLetterFacts): Observation {
  const id = deadLetterId(record);
  return {
    kind: "dead-letter",
    id,
    org: null,
    repository: null,
    document: {
      id,
      message_id: record.messageId,
      queue,
      event: record.attributes["event"] ?? null,
      code: error.code,
      reason: error.message.slice(0, MAX_REASON_CHARACTERS),
      retryable: error.retryable,
      receive_count: record.receiveCount,
      failed_at: failedAt,
      request: { attributes: record.attributes, body: record.body.slice(0, SHOWN_BODY_CHARACTERS), body_characters: record.body.length },
      response: response === null ? null : { answer: response },
    },
    deletedAt: null,
    version: toVersion(failedAt, failedAt),
    observedAt: failedAt,
    source: "webhook",
    archive: null,
  };
}

/** A dead letter that was retried or dropped. */
export function withoutDeadLetter(id: string, at: string): Observation {
  return { kind: "dead-letter", id, org: null, repository: null, document: { id }, deletedAt: at, version: toVersion(at, at), observedAt: at, source: "webhook", archive: null };
}

/** The original message with two attributes more; `toOriginalMessage` takes them off again. */
export function toDeadLetterMessage({ record, error }: DeadLetterFacts): QueueMessage {
  // One that was moved back by the queue's own redrive still has both.
  const own = Object.entries(toOriginalMessage(record).attributes).slice(0, MAX_ATTRIBUTES - 2);
  return {
    body: record.body,
    attributes: {
      ...Object.fromEntries(own),
      [DEAD_LETTER_ATTRIBUTES.id]: deadLetterId(record),
      [DEAD_LETTER_ATTRIBUTES.reason]: cut(printable(`${error.code}: ${error.message}`), MAX_REASON_BYTES),
    },
  };
}

export function toOriginalMessage(message: QueueMessage): QueueMessage {
  const added: readonly string[] = Object.values(DEAD_LETTER_ATTRIBUTES);
  return { body: message.body, attributes: Object.fromEntries(Object.entries(message.attributes).filter(([name]) => !added.includes(name))) };
}

/** A reason may quote a body; queues refuse control characters, and disagree on those beyond U+FFFD. */
function printable(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}]/gu, "?");
}

/** The beginning, in so many bytes of UTF-8: whole characters only. */
function cut(text: string, bytes: number): string {
  return new TextDecoder().decode(Buffer.from(text).subarray(0, bytes)).replace(/\uFFFD$/, "");
}
