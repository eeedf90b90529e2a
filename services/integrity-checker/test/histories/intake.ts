/** The intake as GitHub meets it: a request to the address of the webhooks, and its answer. */
import type { Receiver } from "@octally/github-simulator/webhooks/deliver-send";
import type { Bucket } from "@octally/shared/bucket";
import { toAnswer } from "../../../webhook-intake/src/core/to-answer.ts";
import { receiveWebhook } from "../../../webhook-intake/src/receive-webhook.ts";
import type { Process } from "./mortal.ts";
import type { HistoryQueue } from "./queue.ts";

export const SECRET = "a secret of the hook";
export const WEBHOOK_URL = "https://octally.example/webhooks/github";

export type IntakeParts = { readonly process: Process; readonly clock: () => Date; readonly bucket: Bucket; readonly queue: Pick<HistoryQueue, "sendAll"> };

/** `begin`: a process for one request; nothing where nobody listens. One after another: threads check the signatures, and whose is ready first is no part of a history. */
export function makeIntake(begin: () => IntakeParts | undefined): Receiver {
  let last: Promise<unknown> = Promise.resolve();
  return (request) => {
    const answered = last.then(() => answer(begin(), request));
    last = answered.catch(() => undefined);
    return answered;
  };
}

async function answer(parts: IntakeParts | undefined, { headers, body }: Parameters<Receiver>[0]): Promise<{ readonly status: number }> {
  if (parts === undefined) throw new Error("nobody listens");
  const { process, clock, bucket, queue } = parts;
  const bytes = Buffer.from(body);
  const byName = new Map(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
  const send = process.guard("queue", (message: Parameters<HistoryQueue["sendAll"]>[0][number]) => queue.sendAll([message]));
  const ports = { secrets: async () => ({ current: SECRET, previous: undefined }), queue: { send }, bucket, clock, maxBytes: 26_214_400, timeoutMs: 8000 };
  const outcome = await receiveWebhook(ports, { header: (key) => byName.get(key.toLowerCase()), bytes: bytes.byteLength, body: () => bytes });
  return { status: toAnswer(outcome).statusCode ?? 500 };
}
