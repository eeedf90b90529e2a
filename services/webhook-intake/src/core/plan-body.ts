import type { DeliveryBody } from "@octally/shared/delivery";
import { isQueueText } from "./queue-text.ts";

export type BodyPlan =
  | { readonly kind: "inline"; readonly body: Extract<DeliveryBody, { readonly kind: "utf8" | "base64" }> }
  | { readonly kind: "claim" };

/** How a body travels. `text` is its lossless decoding, or undefined where it is not UTF-8; sizes are as in the message. */
export function planBody(body: Buffer, text: string | undefined, maxInlineBytes: number): BodyPlan {
  if (body.byteLength > maxInlineBytes) return { kind: "claim" };
  if (text !== undefined && isQueueText(text)) return { kind: "inline", body: { kind: "utf8", text } };
  const base64Bytes = 4 * Math.ceil(body.byteLength / 3);
  if (base64Bytes > maxInlineBytes) return { kind: "claim" };
  return { kind: "inline", body: { kind: "base64", text: body.toString("base64") } };
}
