import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { makeMemoryBucket } from "../test/memory-bucket.ts";
import { archiveDeliveries, archiveReference, dayOfKey, readArchiveObject, type ArchivedDelivery } from "./archive.ts";
import { byteLengthOf, bytesOf, toRawBody, utf8Text } from "./delivery.ts";

const headers = { guid: "g", hookId: "1", event: "issues", targetType: null, targetId: null, contentType: "application/json", receivedAt: "2026-11-21T23:59:59.999Z" };

describe("the archive", () => {
  const line = (guid: string, receivedAt: string, text: string): ArchivedDelivery => ({ headers: { ...headers, guid, receivedAt }, body: { is: "text", text } });

  test("has one object a batch and day, whatever the events", async () => {
    const bucket = makeMemoryBucket();
    const [late, later, next] = [line("a", "2026-11-21T23:59:59.999Z", "{}"), { ...line("b", "2026-11-21T10:00:00.000Z", "ü\n"), headers: { ...headers, guid: "b", event: "a/../b" } }, line("c", "2026-11-22T00:00:00.000Z", "x")];
    const keys = await archiveDeliveries(bucket, [late, later, next]);
    expect([...bucket.objects.keys()]).toEqual([expect.stringMatching(/^deliveries\/date=2026-11-21\/[0-9a-f]{32}\.ndjson\.gz$/), expect.stringMatching(/^deliveries\/date=2026-11-22\//)]);
    const [first = "", second = ""] = bucket.objects.keys();
    expect([...keys]).toEqual([[late, first], [later, first], [next, second]]);
    expect(await readArchiveObject(bucket, first)).toEqual([late, later]);
    expect(archiveReference(late.headers)).toBe("deliveries/date=2026-11-21/#1-a");
  });

  test("gives the same batch the same key", async () => {
    const [bucket, sent] = [makeMemoryBucket(), [line("a", headers.receivedAt, "{}")]];
    expect(await archiveDeliveries(bucket, sent)).toEqual(await archiveDeliveries(bucket, sent));
    expect(bucket.objects.size).toBe(1);
  });

  test("tells of each receipt where it lies, also of two of the same delivery in one batch", async () => {
    const bucket = makeMemoryBucket();
    const [later, first] = [line("a", "2026-11-22T00:00:00.000Z", "{}"), line("a", "2026-11-21T23:59:59.999Z", "{}")];
    const keys = await archiveDeliveries(bucket, [later, first]);
    expect([later, first].map((one) => keys.get(one)?.slice(0, 26))).toEqual(["deliveries/date=2026-11-22", "deliveries/date=2026-11-21"]);
  });

  test("is told from what else lies there", () => {
    expect(dayOfKey("deliveries/date=2026-11-21/0f.ndjson.gz")).toBe("2026-11-21");
    // An older Octally's.
    expect(dayOfKey("deliveries/date=2026-11-21/event=issues/0f.ndjson.gz")).toBe("2026-11-21");
    for (const key of ["claims/date=2026-11-21/x.ndjson.gz", "deliveries/", "deliveries/date=today/x.ndjson.gz", "deliveries/date=2026-11-21/x.txt", "x/deliveries/date=2026-11-21/x.ndjson.gz"]) {
      expect(dayOfKey(key)).toBeUndefined();
    }
  });
});

describe("utf8Text", () => {
  test("gives the text exactly where it can be turned back into the same bytes", () => {
    const bytes = fc.oneof(fc.uint8Array(), fc.string({ unit: "binary" }).map((text) => new Uint8Array(Buffer.from(text))));
    fc.assert(
      fc.property(bytes, (body) => {
        const isLossless = Buffer.from(Buffer.from(body).toString("utf8")).equals(body);
        const text = utf8Text(body);
        expect(text !== undefined).toBe(isLossless);
        if (text !== undefined) expect(Buffer.from(text).equals(body)).toBe(true);
        const raw = toRawBody(body);
        expect([raw.is, byteLengthOf(raw)]).toEqual([isLossless ? "text" : "bytes", body.byteLength]);
        expect(Buffer.from(bytesOf(raw)).equals(body)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["a byte-order mark", "\uFEFF{}"],
    ["null", "\u0000"],
    ["the replacement character", "\uFFFD"],
    ["nothing", ""],
  ])("keeps %s", (_, text) => {
    expect(utf8Text(Buffer.from(text))).toBe(text);
  });

  test.each([[[0xff]], [[0xc0, 0x80]], [[0xed, 0xa0, 0x80]], [[0xf4, 0x90, 0x80, 0x80]], [[0xe2, 0x82]]])("refuses %j", (bytes) => {
    expect(utf8Text(Uint8Array.from(bytes))).toBeUndefined();
  });
});
