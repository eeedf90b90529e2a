/**
 * When GitHub sent a delivery, by GitHub's own clock (SPEC I3): the time inside the delivery's GUID where it is a
 * version-1 UUID (RFC 9562, section 5.1), else the newest time in the payload, else the time of receipt.
 */
import type { Json } from "@octally/shared/json";

const UUID_V1 = /^([0-9a-f]{8})-([0-9a-f]{4})-1([0-9a-f]{3})-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** 100 ns steps between the UUID epoch (15 October 1582) and 1970. */
const UUID_EPOCH_OFFSET = 0x01b21dd213814000n;
/** A GUID from before GitHub, or from after its own receipt, is not a time. */
const EARLIEST_MS = Date.parse("2008-01-01T00:00:00Z");
const LATEST_AFTER_RECEIPT_MS = 86_400_000;

export function timeOfGuid(guid: string, receivedAt: string): string | undefined {
  const match = UUID_V1.exec(guid);
  if (match === null) return undefined;
  const steps = BigInt(`0x${match[3]}${match[2]}${match[1]}`);
  const ms = Number((steps - UUID_EPOCH_OFFSET) / 10_000n);
  if (ms < EARLIEST_MS || ms > Date.parse(receivedAt) + LATEST_AFTER_RECEIPT_MS) return undefined;
  return new Date(ms).toISOString();
}

export function observedAt(guid: string, payload: Json, receivedAt: string): string {
  return timeOfGuid(guid, receivedAt) ?? newestTime(payload, receivedAt) ?? receivedAt;
}

/** Times that GitHub's clock wrote end in `_at`; these lie in the future by design. */
const NOT_THE_PAST = new Set(["expires_at", "scheduled_at"]);
/** Below these keys stands what users wrote, in whatever form. */
const USER_DATA = new Set(["payload", "client_payload", "inputs", "commits", "head_commit", "custom_properties"]);
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

function newestTime(payload: Json, receivedAt: string): string | undefined {
  const latestMs = Date.parse(receivedAt) + LATEST_AFTER_RECEIPT_MS;
  let newestMs = Number.NEGATIVE_INFINITY;
  // A stack of its own: a payload may be nested deeper than the call stack.
  const open: Json[] = [payload];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) {
      for (const item of value) open.push(item);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        if (child === undefined || USER_DATA.has(key)) continue;
        if (typeof child === "object") open.push(child);
        else if (key.endsWith("_at") && !NOT_THE_PAST.has(key)) {
          const ms = timeMs(child);
          if (ms > newestMs && ms <= latestMs) newestMs = ms;
        }
      }
    }
  }
  return newestMs < EARLIEST_MS ? undefined : new Date(newestMs).toISOString();
}

/** Push events carry `pushed_at` and `created_at` of the repository as epoch seconds. */
function timeMs(value: Json): number {
  if (typeof value === "number") return value * 1000;
  return typeof value === "string" && ISO_TIME.test(value) ? Date.parse(value) : Number.NaN;
}
