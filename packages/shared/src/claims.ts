/** Bodies that are too large for the queue: the intake puts them here, the worker fetches them (claim check). */
import type { Bucket } from "./bucket.ts";
import { deliveryId, toRawBody, type DeliveryBody, type DeliveryHeaders, type RawBody } from "./delivery.ts";

/** The same delivery gets the same key, so that a redelivery does not store its body twice. A life-cycle rule ends claims after 30 days: 14 on the queue, 14 as a dead letter. */
export function claimKey(headers: Pick<DeliveryHeaders, "guid" | "hookId" | "receivedAt">): string {
  return `claims/date=${headers.receivedAt.slice(0, 10)}/${encodeURIComponent(deliveryId(headers))}`;
}

export async function storeClaim(bucket: Pick<Bucket, "name" | "put">, headers: DeliveryHeaders, body: Uint8Array): Promise<DeliveryBody> {
  const key = claimKey(headers);
  await bucket.put(key, body, headers.contentType);
  return { kind: "claim", bucket: bucket.name, key, bytes: body.byteLength };
}

/** The delivery's body, as GitHub sent it. @throws what the bucket throws */
export async function fetchBody(bucket: Pick<Bucket, "get">, body: DeliveryBody): Promise<RawBody> {
  switch (body.kind) {
    case "utf8":
      return { is: "text", text: body.text };
    case "base64":
      return toRawBody(Buffer.from(body.text, "base64"));
    case "claim":
      return toRawBody(await bucket.get(body.key));
    default:
      return body satisfies never;
  }
}
