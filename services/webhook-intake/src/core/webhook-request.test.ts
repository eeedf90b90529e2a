import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readRequest } from "./webhook-request.ts";

describe("a request", () => {
  test("knows its headers by any spelling", () => {
    const { header } = readRequest({ headers: { "X-GITHUB-Event": "push" }, isBase64Encoded: false });
    expect([header("x-github-event"), header("X-GitHub-Event"), header("X-GitHub-Delivery")]).toEqual(["push", "push", undefined]);
  });

  test("has no header that is only a property of every object", () => {
    const { header } = readRequest({ headers: {}, isBase64Encoded: false });
    expect([header("constructor"), header("__proto__")]).toEqual([undefined, undefined]);
  });

  test("without a body has no bytes", () => {
    const request = readRequest({ headers: {}, isBase64Encoded: false });
    expect([request.bytes, request.body().byteLength]).toEqual([0, 0]);
  });

  test("has the body's bytes, and tells their number without decoding them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const request = readRequest({ headers: {}, body: Buffer.from(bytes).toString("base64"), isBase64Encoded: true });
        expect(request.body().equals(bytes)).toBe(true);
        expect(request.bytes).toBe(bytes.length);
      }),
    );
    const text = readRequest({ headers: {}, body: "é€😀", isBase64Encoded: false });
    expect([text.bytes, text.body().toString("utf8")]).toEqual([9, "é€😀"]);
  });
});
