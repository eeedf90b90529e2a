/**
 * The raw archive: every delivery's bytes, one compressed NDJSON object a batch and day of receipt (UTC). The days are
 * partitions as Hive has them, so that Athena and DuckDB read it as a table; the event is a column (ADR 0012):
 *
 *   deliveries/date=2026-11-21/<hash of the batch>.ndjson.gz
 */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGzip, gunzip } from "node:zlib";
import * as z from "zod";
import type { Bucket } from "./bucket.ts";
import { chunksWithin } from "./chunks.ts";
import { deliveryId, toRawBody, type DeliveryHeaders, type RawBody } from "./delivery.ts";
import { PermanentError } from "./errors.ts";

const decompress = promisify(gunzip);

export type ArchivedDelivery = { readonly headers: DeliveryHeaders; readonly body: RawBody };

const line = z.object({
  hook_id: z.string(),
  guid: z.string(),
  event: z.string(),
  target_type: z.string().nullable(),
  target_id: z.string().nullable(),
  content_type: z.string(),
  received_at: z.string(),
  body_encoding: z.enum(["utf8", "base64"]),
  body: z.string(),
});

/** Handed to the compression at once: enough that its threads are not called for every line. */
const PIECE = { items: 1000, size: 256 * 1024 };
const ROOT = "deliveries/";

/** Of the day of receipt (UTC). */
function partitionPrefix({ receivedAt }: Pick<DeliveryHeaders, "receivedAt">): string {
  return `${ROOT}date=${receivedAt.slice(0, 10)}/`;
}

/** The day (UTC, `YYYY-MM-DD`) of the deliveries in an object, or undefined where it is none of the archive's. */
export function dayOfKey(key: string): string | undefined {
  return /^deliveries\/date=(\d{4}-\d{2}-\d{2})\/.*\.ndjson\.gz$/.exec(key)?.[1];
}

/**
 * Where a document's raw input lies: its partition and its id in there. Not the object's key, because that depends on the
 * batch, and a document must be the same whatever batch its delivery came in. The delivery's own document has the key; where it came in several batches, always the same one.
 */
export function archiveReference(headers: DeliveryHeaders): string {
  return `${partitionPrefix(headers)}#${deliveryId(headers)}`;
}

/** Stores a batch; the answer tells each delivery's key. The same batch has the same keys; a delivery that is in it twice, received on two days, has two. */
export async function archiveDeliveries<D extends ArchivedDelivery>(bucket: Bucket, deliveries: readonly D[]): Promise<ReadonlyMap<D, string>> {
  const keys = new Map<D, string>();
  for (const [prefix, members] of Map.groupBy(deliveries, ({ headers }) => partitionPrefix(headers))) {
    const packed = await pack(members);
    const key = `${prefix}${createHash("sha256").update(packed).digest("hex").slice(0, 32)}.ndjson.gz`;
    await bucket.put(key, packed, "application/x-ndjson");
    for (const member of members) keys.set(member, key);
  }
  return keys;
}

/** As it comes, so that the lines are not in memory all at once. The quickest level: the archive's size is a matter of cents, its time is everybody's. */
function pack(members: readonly ArchivedDelivery[]): Promise<Buffer> {
  return pipeline(Readable.from(linesOf(members), { objectMode: false }), createGzip({ level: 1 }), (packed) => buffer(packed));
}

function* linesOf(members: readonly ArchivedDelivery[]): Generator<string> {
  for (const some of chunksWithin(members, PIECE, ({ body }) => (body.is === "text" ? body.text.length : body.bytes.byteLength))) yield some.map(toLine).join("");
}

/** The keys of all of it, in their order; whatever else lies there is passed over. */
export async function* listArchive(bucket: Pick<Bucket, "list">): AsyncGenerator<{ readonly key: string; readonly day: string }> {
  for await (const key of bucket.list(ROOT)) {
    const day = dayOfKey(key);
    if (day !== undefined) yield { key, day };
  }
}

/** @throws PermanentError `archive-unreadable`, or what the bucket throws */
export async function readArchiveObject(bucket: Bucket, key: string): Promise<readonly ArchivedDelivery[]> {
  const packed = await bucket.get(key);
  try {
    const text = (await decompress(packed)).toString("utf8");
    return text.split("\n").filter((entry) => entry !== "").map(fromLine);
  } catch (cause) {
    throw new PermanentError("archive-unreadable", `The archive's object "${key}" cannot be read.`, { cause });
  }
}

function toLine({ headers, body }: ArchivedDelivery): string {
  const entry = {
    hook_id: headers.hookId,
    guid: headers.guid,
    event: headers.event,
    target_type: headers.targetType,
    target_id: headers.targetId,
    content_type: headers.contentType,
    received_at: headers.receivedAt,
    body_encoding: body.is === "text" ? "utf8" : "base64",
    body: body.is === "text" ? body.text : Buffer.from(body.bytes).toString("base64"),
  } satisfies z.output<typeof line>;
  return `${JSON.stringify(entry)}\n`;
}

function fromLine(text: string): ArchivedDelivery {
  const entry = line.parse(JSON.parse(text));
  return {
    headers: {
      hookId: entry.hook_id,
      guid: entry.guid,
      event: entry.event,
      targetType: entry.target_type,
      targetId: entry.target_id,
      contentType: entry.content_type,
      receivedAt: entry.received_at,
    },
    body: entry.body_encoding === "utf8" ? { is: "text", text: entry.body } : toRawBody(Buffer.from(entry.body, "base64")),
  };
}
