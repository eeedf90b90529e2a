import type { DeliveryHeaders } from "@octally/shared/delivery";
import type { WebhookRequest } from "./webhook-request.ts";

export type ParsedHeaders =
  | { readonly kind: "headers"; readonly headers: Omit<DeliveryHeaders, "receivedAt"> }
  | { readonly kind: "bad-request"; readonly problem: string }
  | { readonly kind: "unsupported-media-type" };

/** The two that a webhook's settings offer. */
const MEDIA_TYPES = new Set(["application/json", "application/x-www-form-urlencoded"]);

/** Bounded and without control characters: they become queue attributes, object keys and log fields. */
const EVENT = /^[a-z0-9_]{1,100}$/;
const GUID = /^[A-Za-z0-9-]{1,100}$/;
const HOOK_ID = /^[0-9]{1,20}$/;
const TARGET = /^[A-Za-z0-9_-]{1,100}$/;

/** Does not read the body. What only describes the target is dropped where it is malformed; it never costs a delivery. */
export function parseHeaders(header: WebhookRequest["header"]): ParsedHeaders {
  const event = header("X-GitHub-Event");
  if (event === undefined) return badRequest("The header X-GitHub-Event is missing.");
  if (!EVENT.test(event)) return badRequest("The header X-GitHub-Event is malformed.");
  const guid = header("X-GitHub-Delivery");
  if (guid === undefined) return badRequest("The header X-GitHub-Delivery is missing.");
  if (!GUID.test(guid)) return badRequest("The header X-GitHub-Delivery is malformed.");
  const hookId = header("X-GitHub-Hook-ID") ?? "0";
  if (!HOOK_ID.test(hookId)) return badRequest("The header X-GitHub-Hook-ID is malformed.");
  const contentType = header("Content-Type")?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (contentType === "") return badRequest("The header Content-Type is missing.");
  if (!MEDIA_TYPES.has(contentType)) return { kind: "unsupported-media-type" };
  const targetType = matching(TARGET, header("X-GitHub-Hook-Installation-Target-Type"));
  const targetId = matching(TARGET, header("X-GitHub-Hook-Installation-Target-ID"));
  return { kind: "headers", headers: { guid, hookId, event, targetType, targetId, contentType } };
}

function matching(pattern: RegExp, value: string | undefined): string | null {
  return value !== undefined && pattern.test(value) ? value : null;
}

function badRequest(problem: string): ParsedHeaders {
  return { kind: "bad-request", problem };
}
