/**
 * The message contract between webhook-intake and sync-worker: one GitHub delivery, bytes unchanged.
 *
 * On the queue the message body IS the delivery's body, so that its size is the payload's size; what else is known
 * travels in message attributes. A body that is too large for the queue lies in the bucket and the message body is a
 * reference to it (the claim check); one with characters that SQS refuses is base64.
 */
import * as z from "zod";
import { PermanentError } from "./errors.ts";

/** Larger bodies (as they would stand in the message, in bytes) go to the bucket. SQS takes 262,144 with attributes. */
export const MAX_INLINE_BODY_BYTES = 240 * 1024;

const claim = z.object({ bucket: z.string().min(1), key: z.string().min(1), bytes: z.number().int().nonnegative() });

export type DeliveryBody =
  | { readonly kind: "utf8"; readonly text: string }
  | { readonly kind: "base64"; readonly text: string }
  | { readonly kind: "claim"; readonly bucket: string; readonly key: string; readonly bytes: number };

/** In bytes, about: what it will take once it is fetched. */
export function sizeOfBody(body: DeliveryBody): number {
  return body.kind === "claim" ? body.bytes : body.text.length;
}

/** A body as it arrived: as text where the bytes are UTF-8, so that it is decoded once and nothing is lost. */
export type RawBody = { readonly is: "text"; readonly text: string } | { readonly is: "bytes"; readonly bytes: Uint8Array };

export function toRawBody(bytes: Uint8Array): RawBody {
  const text = utf8Text(bytes);
  return text === undefined ? { is: "bytes", bytes } : { is: "text", text };
}

export function bytesOf(body: RawBody): Uint8Array {
  return body.is === "text" ? Buffer.from(body.text, "utf8") : body.bytes;
}

export function byteLengthOf(body: RawBody): number {
  return body.is === "text" ? Buffer.byteLength(body.text) : body.bytes.byteLength;
}

/** The text, or undefined where the bytes are not UTF-8 and decoding would lose them. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What GitHub's headers say of a delivery, and when the intake received it (its own clock, ISO 8601, UTC). */
export type DeliveryHeaders = {
  /** `X-GitHub-Delivery`: one per event; it comes again on redelivery and on every hook that receives the event. */
  readonly guid: string;
  /** `X-GitHub-Hook-ID`; "0" where GitHub sent none. */
  readonly hookId: string;
  readonly event: string;
  readonly targetType: string | null;
  readonly targetId: string | null;
  readonly contentType: string;
  readonly receivedAt: string;
};

export type Delivery = DeliveryHeaders & { readonly body: DeliveryBody };

const attributes = z.object({
  guid: z.string().min(1),
  hook_id: z.string().min(1),
  event: z.string().min(1),
  target_type: z.string().min(1).optional(),
  target_id: z.string().min(1).optional(),
  content_type: z.string().min(1),
  received_at: z.iso.datetime(),
  body_kind: z.enum(["utf8", "base64", "claim"]),
});

/** The document id of a delivery: hook and GUID, because several hooks receive the same GUID. */
export function deliveryId(headers: Pick<DeliveryHeaders, "guid" | "hookId">): string {
  return `${headers.hookId}-${headers.guid}`;
}

/** A message as it is sent: body, and attributes that are all of SQS's data type String. */
export type QueueMessage = { readonly body: string; readonly attributes: Readonly<Record<string, string>> };

export function toDeliveryMessage(delivery: Delivery): QueueMessage {
  const { body } = delivery;
  return {
    body: body.kind === "claim" ? JSON.stringify({ bucket: body.bucket, key: body.key, bytes: body.bytes }) : body.text,
    attributes: {
      guid: delivery.guid,
      hook_id: delivery.hookId,
      event: delivery.event,
      ...(delivery.targetType === null ? {} : { target_type: delivery.targetType }),
      ...(delivery.targetId === null ? {} : { target_id: delivery.targetId }),
      content_type: delivery.contentType,
      received_at: delivery.receivedAt,
      body_kind: body.kind,
    },
  };
}

/** @throws PermanentError `not-a-delivery` when the message was not written by toDeliveryMessage. */
export function parseDeliveryMessage(message: QueueMessage): Delivery {
  const parsed = attributes.safeParse(message.attributes);
  if (!parsed.success) {
    throw new PermanentError("not-a-delivery", `The message is not a delivery: ${z.prettifyError(parsed.error)}`);
  }
  const a = parsed.data;
  return {
    guid: a.guid,
    hookId: a.hook_id,
    event: a.event,
    targetType: a.target_type ?? null,
    targetId: a.target_id ?? null,
    contentType: a.content_type,
    receivedAt: a.received_at,
    body: a.body_kind === "claim" ? { kind: "claim", ...parseClaim(message.body) } : { kind: a.body_kind, text: message.body },
  };
}

function parseClaim(body: string): z.output<typeof claim> {
  try {
    return claim.parse(JSON.parse(body));
  } catch (cause) {
    throw new PermanentError("not-a-delivery", "The message's reference to its body in the bucket cannot be read.", { cause });
  }
}
