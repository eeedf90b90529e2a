import { defineKind } from "../define-kind.ts";
import { count, date, flag, keyword, nullable, prose, raw } from "../field.ts";
import { neverAsked } from "../sources.ts";

/** What could not be processed, with its reason. It stays until somebody retries or drops it. */
export const deadLetter = defineKind({
  name: "dead-letter",
  description: "A message that could not be processed: its reason, the request and the answer.",
  scope: "organization",
  identity: ["id"],
  fields: {
    /** The delivery's id; the message's where it is none. */
    id: keyword,
    message_id: keyword,
    queue: keyword,
    event: nullable(keyword),
    code: keyword,
    reason: prose,
    retryable: flag,
    receive_count: count,
    failed_at: date,
    /** The message: attributes, and the body's beginning. The whole of it waits on the dead-letter queue. */
    request: raw,
    /** What the other side answered. */
    response: raw,
  },
  fromWebhook: {},
  sources: neverAsked("Octally writes it itself."),
});
