import type { Bucket } from "@octally/shared/bucket";
import { storeClaim } from "@octally/shared/claims";
import type { Clock } from "@octally/shared/clock";
import { type DeliveryBody, type DeliveryHeaders, deliveryId, MAX_INLINE_BODY_BYTES, toDeliveryMessage, utf8Text } from "@octally/shared/delivery";
import { TransientError } from "@octally/shared/errors";
import type { Queue } from "@octally/shared/queue";
import { isSigned } from "./core/check-signature.ts";
import { parseHeaders } from "./core/parse-headers.ts";
import { type BodyPlan, planBody } from "./core/plan-body.ts";
import type { Outcome } from "./core/to-answer.ts";
import type { WebhookRequest } from "./core/webhook-request.ts";
import type { FetchSecrets } from "./edges/webhook-secrets.ts";
import { withinDeadline } from "./edges/within-deadline.ts";

export type Ports = {
  readonly secrets: FetchSecrets;
  readonly queue: Pick<Queue, "send">;
  readonly bucket: Pick<Bucket, "name" | "put">;
  readonly clock: Clock;
  readonly maxBytes: number;
  /** GitHub hangs up after ten seconds (GHES: thirty): what is not stored well before is answered 503. */
  readonly timeoutMs: number;
};

const DEFAULT_RETRY_AFTER_SECONDS = 30;

/**
 * One delivery: checked, stored on the queue, and only then acknowledged. The order is part of the contract: until its
 * signature is right, a sender costs one hash and learns nothing.
 */
export async function receiveWebhook(ports: Ports, request: WebhookRequest): Promise<Outcome> {
  if (request.bytes > ports.maxBytes) return { kind: "too-large", maxBytes: ports.maxBytes };
  try {
    return await withinDeadline(ports.timeoutMs, () => checkAndStore(ports, request));
  } catch (cause) {
    if (!(cause instanceof TransientError)) throw cause;
    return { kind: "unavailable", code: cause.code, retryAfterSeconds: cause.retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS, cause };
  }
}

async function checkAndStore(ports: Ports, request: WebhookRequest): Promise<Outcome> {
  const body = request.body();
  const text = utf8Text(body);
  const signature = request.header("X-Hub-Signature-256");
  if (!(await isSigned(body, text, signature, await ports.secrets()))) return { kind: "bad-signature" };

  const parsed = parseHeaders(request.header);
  if (parsed.kind !== "headers") return parsed;
  if (body.byteLength === 0) return { kind: "bad-request", problem: "The body is empty." };

  const headers: DeliveryHeaders = { ...parsed.headers, receivedAt: ports.clock().toISOString() };
  const plan = planBody(body, text, MAX_INLINE_BODY_BYTES);
  const stored = await store(ports, headers, body, plan);
  return { kind: "queued", delivery: deliveryId(headers), body: stored.kind };
}

/** The bucket before the queue: a reference on the queue never points at nothing. */
async function store(ports: Ports, headers: DeliveryHeaders, bytes: Buffer, plan: BodyPlan): Promise<DeliveryBody> {
  const body = plan.kind === "claim" ? await storeClaim(ports.bucket, headers, bytes) : plan.body;
  await ports.queue.send(toDeliveryMessage({ ...headers, body }));
  return body;
}
