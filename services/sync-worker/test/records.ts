/** Deliveries as the worker's queue hands them over. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { toDeliveryMessage, type DeliveryBody } from "@octally/shared/delivery";
import type { JsonObject } from "@octally/shared/json";
import type { QueueRecord } from "../src/core/queue-record.ts";

export const RECEIVED_AT = "2026-11-21T07:00:00.000Z";
export const HOOK_ID = "292430182";

export type RecordOptions = {
  readonly guid?: string;
  readonly receivedAt?: string;
  readonly messageId?: string;
  readonly receiveCount?: number;
  readonly contentType?: string;
  readonly body?: DeliveryBody;
};

/** An object is sent as its JSON, a text as it is. */
export function recordOf(event: string, payload: unknown, { guid = guidOf(`${event} ${JSON.stringify(payload)}`), receivedAt = RECEIVED_AT, messageId = `message-${guid}`, receiveCount = 1, contentType = "application/json", body }: RecordOptions = {}): QueueRecord {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  const headers = { guid, hookId: HOOK_ID, event, targetType: "organization", targetId: "1", contentType, receivedAt };
  return { ...toDeliveryMessage({ ...headers, body: body ?? { kind: "utf8", text } }), messageId, receiptHandle: `handle-${messageId}`, receiveCount };
}

/** A version-4 UUID (it tells no time), always the same for the same text. */
export function guidOf(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** A version-1 UUID, as GitHub's are: the delivery was sent at this time. */
export function guidAt(time: string, node = "4c9367dc0958"): string {
  const steps = (BigInt(Date.parse(time)) * 10_000n + 0x01b21dd213814000n).toString(16).padStart(16, "0");
  return `${steps.slice(8)}-${steps.slice(4, 8)}-1${steps.slice(1, 4)}-81ab-${node}`;
}

/** The 329 payloads that GitHub's users recorded. */
export function recordedDeliveries(): readonly QueueRecord[] {
  const file = createRequire(import.meta.url).resolve("@octokit/webhooks-examples");
  const examples = JSON.parse(readFileSync(file, "utf8")) as readonly { readonly name: string; readonly examples: readonly JsonObject[] }[];
  return examples.flatMap(({ name, examples: payloads }) => payloads.map((payload, index) => recordOf(name, payload, { guid: guidOf(`${name} ${index}`) })));
}

/** mulberry32: the same numbers for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** In any order, each at least once and many twice, in portions of any size. */
export function arrivalOf<T>(items: readonly T[], random: () => number, maxPortion: number): T[][] {
  const order = [...items, ...items.filter(() => random() < 0.5)];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  const portions: T[][] = [];
  for (let start = 0; start < order.length; start += portions.at(-1)?.length ?? 0) portions.push(order.slice(start, start + 1 + Math.floor(random() * maxPortion)));
  return portions;
}

export const repository = { id: 1296269, full_name: "octo-org/hello", owner: { login: "octo-org", id: 1, type: "Organization" } };

/** A small whole thing of the kind `label`; its versions are the times of its deliveries. */
export function labelEvent(action: "created" | "edited" | "deleted", id: number, at: string, name = "bug", more: JsonObject = {}): QueueRecord {
  const label = { id, node_id: `LA_${id}`, url: "", name, color: "ff0000", default: false, description: "It does not work", ...more };
  return recordOf("label", { action, label, repository, organization: { login: "octo-org", id: 1 }, sender: { id: 1, login: "octocat", type: "User" } }, { guid: guidAt(at, guidOf(`${action} ${id} ${at} ${name}`).slice(-12)), receivedAt: at });
}
