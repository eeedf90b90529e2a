import { describe, expect, test } from "@jest/globals";
import { utf8Text } from "@octally/shared/delivery";
import fc from "fast-check";
import { planBody } from "./plan-body.ts";
import { isQueueText } from "./queue-text.ts";

function plan(body: Buffer, maxInlineBytes: number): ReturnType<typeof planBody> {
  return planBody(body, utf8Text(body), maxInlineBytes);
}

function isAgreedOn(code: number): boolean {
  return code === 0x9 || code === 0xa || code === 0xd || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd);
}

describe("a body travels", () => {
  test("as text up to the limit, counted in bytes, and as a claim beyond it", () => {
    expect(plan(Buffer.from("aé"), 3)).toEqual({ kind: "inline", body: { kind: "utf8", text: "aé" } });
    expect(plan(Buffer.from("aéa"), 3)).toEqual({ kind: "claim" });
  });

  test("as base64 when it is not UTF-8 or has characters that the queue refuses, as long as base64 fits", () => {
    expect(plan(Buffer.from([0xff, 0xfe, 0x00]), 4)).toEqual({ kind: "inline", body: { kind: "base64", text: "//4A" } });
    expect(plan(Buffer.from("\u0000"), 4)).toEqual({ kind: "inline", body: { kind: "base64", text: "AA==" } });
    expect(plan(Buffer.from("😀"), 8)).toEqual({ kind: "inline", body: { kind: "base64", text: "8J+YgA==" } });
    expect(plan(Buffer.from([0xff, 0xfe, 0x00]), 3)).toEqual({ kind: "claim" });
  });

  test("with its byte-order mark", () => {
    expect(plan(Buffer.from("\uFEFF{}"), 10)).toEqual({ kind: "inline", body: { kind: "utf8", text: "\uFEFF{}" } });
  });

  test("so that its bytes come back, within the limit (any bytes)", () => {
    const bodies = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: "binary", maxLength: 100 }).map((text) => Buffer.from(text)));
    fc.assert(
      fc.property(bodies, fc.nat(300), (bytes, limit) => {
        const planned = plan(Buffer.from(bytes), limit);
        if (planned.kind === "claim") return;
        expect(Buffer.byteLength(planned.body.text)).toBeLessThanOrEqual(limit);
        expect(isQueueText(planned.body.text)).toBe(true);
        expect(Buffer.from(planned.body.text, planned.body.kind).equals(bytes)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the queue's characters", () => {
  test("are exactly those that AWS and the local queue agree on", () => {
    const wrong = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => isQueueText(String.fromCodePoint(code)) !== isAgreedOn(code));
    expect(wrong).toEqual([]);
  });
});
