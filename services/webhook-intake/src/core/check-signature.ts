import { createHmac, timingSafeEqual } from "node:crypto";
import { verifyWithFallback } from "@octokit/webhooks-methods";

/** The secret in force and, during a rotation, the one before it. */
export type WebhookSecrets = { readonly current: string; readonly previous?: string | undefined };

/** GitHub writes lower case. Upper case is refused: one signature has one spelling, and every changed bit is seen. */
const SIGNATURE = /^sha256=[0-9a-f]{64}$/;

/**
 * Whether `signature` (the value of X-Hub-Signature-256) is the HMAC-SHA256 of exactly these bytes. Constant time.
 *
 * Octokit's verify compares in constant time, but takes text only and throws on an empty one. `text` must therefore be
 * the lossless decoding of `body`, or undefined where there is none: decoding anything else would replace bytes, refuse
 * good signatures and let different bodies pass as one.
 */
export async function isSigned(body: Uint8Array, text: string | undefined, signature: string | undefined, secrets: WebhookSecrets): Promise<boolean> {
  if (signature === undefined || !SIGNATURE.test(signature)) return false;
  const previous = secrets.previous === undefined ? [] : [secrets.previous];
  if (text !== undefined && text !== "") return verifyWithFallback(secrets.current, text, signature, previous);
  const given = Buffer.from(signature.slice("sha256=".length), "hex");
  return [secrets.current, ...previous].some((secret) => timingSafeEqual(createHmac("sha256", secret).update(body).digest(), given));
}
