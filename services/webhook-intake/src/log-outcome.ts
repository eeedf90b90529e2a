import { messageOf } from "@octally/shared/errors";
import type { Logger } from "@octally/shared/log";
import { parseHeaders } from "./core/parse-headers.ts";
import type { Outcome } from "./core/to-answer.ts";
import type { WebhookRequest } from "./core/webhook-request.ts";

/** One line a request: never the body, the signature or a secret; of the headers only what has its proper form. */
export function logOutcome(logger: Logger, request: WebhookRequest, outcome: Outcome, ms: number): void {
  const parsed = parseHeaders(request.header);
  const delivery = parsed.kind === "headers" ? { event: parsed.headers.event, delivery: `${parsed.headers.hookId}-${parsed.headers.guid}` } : {};
  const fields = { outcome: outcome.kind, ...delivery, bytes: request.bytes, ms, ...detailOf(outcome) };
  if (outcome.kind === "queued") logger.info(fields, "webhook");
  else if (outcome.kind === "unavailable") logger.error(fields, "webhook not stored");
  else logger.warn(fields, "webhook refused");
}

function detailOf(outcome: Outcome): object {
  if (outcome.kind === "queued") return { body: outcome.body };
  if (outcome.kind === "bad-request") return { problem: outcome.problem };
  if (outcome.kind !== "unavailable") return {};
  const cause = outcome.cause instanceof Error ? outcome.cause.cause : undefined;
  return { code: outcome.code, error: messageOf(outcome.cause), ...(cause === undefined ? {} : { cause: messageOf(cause) }) };
}
