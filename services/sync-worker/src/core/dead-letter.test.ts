import { describe, expect, test } from "@jest/globals";
import { parseDeliveryMessage, toDeliveryMessage, type DeliveryHeaders, type QueueMessage } from "@octally/shared/delivery";
import { PermanentError } from "@octally/shared/errors";
import fc from "fast-check";
import { deadLetterId, deadLetterObservation, toDeadLetterMessage, toOriginalMessage, withoutDeadLetter } from "./dead-letter.ts";
import type { QueueRecord } from "./queue-record.ts";

const headers: DeliveryHeaders = { guid: "72d3162e-cc78-11e3-81ab-4c9367dc0958", hookId: "292430182", event: "issues", targetType: "repository", targetId: "1", contentType: "application/json", receivedAt: "2026-11-21T07:00:00.000Z" };
const message = toDeliveryMessage({ ...headers, body: { kind: "utf8", text: "{" } });
const recordOf = ({ body, attributes }: QueueMessage): QueueRecord => ({ body, attributes, messageId: "m-1", receiptHandle: "r", receiveCount: 3 });
const error = new PermanentError("invalid-json", "The payload is not JSON");
const failedAt = "2026-11-21T08:00:00.000Z";
const buried = (record: QueueRecord, reason = error.message): QueueMessage => toDeadLetterMessage({ record, error: new PermanentError("invalid-json", reason), response: null, failedAt });

/** What SQS takes as text: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const SQS_TEXT = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]+$/u;

describe("a dead letter as a message (I10)", () => {
  test("is the original with its id and reason; a retry sends the original", () => {
    const letter = buried(recordOf(message));
    expect(letter).toEqual({ body: "{", attributes: { ...message.attributes, dead_letter_id: `${headers.hookId}-${headers.guid}`, dead_letter_reason: "invalid-json: The payload is not JSON" } });
    expect(toOriginalMessage(letter)).toEqual(message);
    expect(parseDeliveryMessage(toOriginalMessage(letter))).toEqual({ ...headers, body: { kind: "utf8", text: "{" } });
  });

  test("that comes back by the queue's own redrive, and fails again, keeps the original whole, in whatever order its attributes are", () => {
    const { attributes } = buried(recordOf(message));
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.entries(attributes), { minLength: 10 }), (entries) => {
        const again = buried(recordOf({ body: "{", attributes: Object.fromEntries(entries) }), "Once more");
        expect(toOriginalMessage(again)).toEqual(message);
        expect(again.attributes["dead_letter_reason"]).toBe("invalid-json: Once more");
      }),
    );
  });

  test("has at most ten attributes, and a reason that SQS takes, whatever the reason quotes", () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 1200 }), fc.string({ unit: fc.constantFrom("\u{1F600}", "\uD800", "\uDC00", "\u0000", "\uFFFF", "é", "a", "漢"), minLength: 300, maxLength: 1200 }));
    fc.assert(
      fc.property(text, fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), { maxKeys: 10 }), (reason, attributes) => {
        const letter = buried(recordOf({ body: "x", attributes }), reason);
        const written = letter.attributes["dead_letter_reason"] ?? "";
        expect(Object.keys(letter.attributes).length).toBeLessThanOrEqual(10);
        expect(written).toMatch(SQS_TEXT);
        expect(Buffer.byteLength(written)).toBeLessThanOrEqual(600);
      }),
      // Shrinking texts this long takes minutes and says nothing more.
      { endOnFailure: true },
    );
  });

  test("a long reason is cut between characters", () => {
    expect(buried(recordOf(message), "漢".repeat(1000)).attributes["dead_letter_reason"]).toBe(`invalid-json: ${"漢".repeat(195)}`);
  });
});

describe("a dead letter as a document", () => {
  test("says what failed, when, why, and what was answered", () => {
    expect(deadLetterObservation({ record: recordOf(message), error, response: { status: 400 }, failedAt })).toMatchObject({
      kind: "dead-letter",
      id: `${headers.hookId}-${headers.guid}`,
      document: { message_id: "m-1", queue: "deliveries", event: "issues", code: "invalid-json", reason: "The payload is not JSON", retryable: false, receive_count: 3, failed_at: failedAt, request: { attributes: message.attributes, body: "{", body_characters: 1 }, response: { answer: { status: 400 } } },
      deletedAt: null,
      observedAt: failedAt,
    });
  });

  test("has the message's id where the message is no delivery, or names itself at too great a length", () => {
    expect(deadLetterId({ messageId: "m-1", attributes: {} })).toBe("m-1");
    expect(deadLetterId({ messageId: "m-1", attributes: { guid: "é".repeat(256), hook_id: "1" } })).toBe("m-1");
  });

  test("shows the beginning of a long body", () => {
    const { document } = deadLetterObservation({ record: recordOf({ body: "x".repeat(30_000), attributes: {} }), error, response: null, failedAt });
    expect(document).toMatchObject({ event: null, response: null, request: { body: "x".repeat(20_000), body_characters: 30_000 } });
  });

  test("is hidden by its retry, and comes back by a later failure", () => {
    const first = deadLetterObservation({ record: recordOf(message), error, response: null, failedAt });
    const hidden = withoutDeadLetter(first.id, "2026-11-21T08:00:00.100Z");
    const again = deadLetterObservation({ record: recordOf(message), error, response: null, failedAt: "2026-11-21T08:00:00.200Z" });
    expect([hidden.id, again.id]).toEqual([first.id, first.id]);
    expect(hidden.deletedAt).not.toBeNull();
    expect(first.version < hidden.version && hidden.version < again.version).toBe(true);
  });
});
