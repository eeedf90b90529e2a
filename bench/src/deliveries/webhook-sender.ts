/** Sends deliveries to the system's webhook URL over kept connections, as GitHub does. */
import { Pool } from "undici";
import type { SignedDelivery } from "./signed-delivery.ts";

export type WebhookSender = {
  /** The status of the answer. */
  readonly send: (delivery: SignedDelivery) => Promise<number>;
  readonly close: () => Promise<void>;
};

export function makeWebhookSender(url: string, connections: number): WebhookSender {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  return {
    send: async ({ headers, body }) => {
      const answer = await pool.request({ path: pathname, method: "POST", headers, body });
      await answer.body.dump();
      return answer.statusCode;
    },
    close: () => pool.close(),
  };
}
