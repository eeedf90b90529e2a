import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { archiveReference, partitionOf, partitionOfKey, partitionPrefix } from "./archive.ts";
import { byteLengthOf, bytesOf, toRawBody, utf8Text } from "./delivery.ts";

const headers = { guid: "g", hookId: "1", event: "issues", targetType: null, targetId: null, contentType: "application/json", receivedAt: "2026-11-21T23:59:59.999Z" };

describe("partitions", () => {
  test("are the day of receipt and the event", () => {
    expect(partitionPrefix(partitionOf(headers))).toBe("deliveries/date=2026-11-21/event=issues/");
    expect(archiveReference(headers)).toBe("deliveries/date=2026-11-21/event=issues/#1-g");
  });

  test("are found again from any key in them, whatever the event is called", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.stringMatching(/^[0-9a-f]{32}$/), (event, hash) => {
        const partition = { date: "2026-11-21", event };
        expect(partitionOfKey(`${partitionPrefix(partition)}${hash}.ndjson.gz`)).toEqual(partition);
      }),
    );
  });

  test.each(["claims/date=2026-11-21/x", "deliveries/", "deliveries/date=today/event=issues/x", "deliveries/date=2026-11-21/event=/x", "x/deliveries/date=2026-11-21/event=issues/x"])(
    "do not hold %s",
    (key) => {
      expect(partitionOfKey(key)).toBeUndefined();
    },
  );
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
