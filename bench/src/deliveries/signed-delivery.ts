/** A delivery as GitHub sends it over HTTP. */
import { createHmac } from "node:crypto";
import { makeGuid } from "./guid.ts";

export type SignedDelivery = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

export function signDelivery(event: string, text: string, secret: string): SignedDelivery {
  const body = Buffer.from(text);
  return {
    body,
    headers: {
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/bench",
      "x-github-event": event,
      "x-github-delivery": makeGuid(Date.now()),
      "x-github-hook-id": "1",
      "x-github-hook-installation-target-type": "organization",
      "x-github-hook-installation-target-id": "1",
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
  };
}
