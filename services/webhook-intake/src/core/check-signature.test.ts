import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { signatureOf } from "../../test/signed-event.ts";
import { isSigned, type WebhookSecrets } from "./check-signature.ts";

const secrets = { current: "new secret", previous: "old secret" };

function check(body: Uint8Array, signature: string | undefined, which: WebhookSecrets = secrets): Promise<boolean> {
  const text = Buffer.from(body).toString("utf8");
  return isSigned(body, Buffer.from(text).equals(body) ? text : undefined, signature, which);
}

function withFlippedBit(bytes: Uint8Array, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

describe("a signature", () => {
  test("is GitHub's documented example", async () => {
    const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    expect(await check(Buffer.from("Hello, World!"), signature, { current: "It's a Secret to Everybody" })).toBe(true);
  });

  test("is right for any bytes, by the current and by the previous secret", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.constantFrom("new secret", "old secret"), async (body, secret) => {
        expect(await check(body, signatureOf(body, secret))).toBe(true);
      }),
    );
  });

  test("is refused when any bit of the body has changed", async () => {
    const body = fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.json().map((text) => Buffer.from(text)));
    await fc.assert(
      fc.asyncProperty(body, fc.nat(), async (bytes, at) => {
        const changed = withFlippedBit(bytes, at % (bytes.length * 8));
        expect(await check(changed, signatureOf(bytes, secrets.current))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test.each([Buffer.from('{"a":"é"}'), Buffer.from([0xff, 0xfe, 0x00])])("is refused when any single bit of it has changed (%#)", async (body) => {
    const signature = Buffer.from(signatureOf(body, secrets.current));
    const answers = await Promise.all(
      Array.from({ length: signature.length * 8 }, (_, bit) => check(body, withFlippedBit(signature, bit).toString("latin1"))),
    );
    expect(answers).toEqual(Array.from({ length: 71 * 8 }, () => false));
  });

  test("is refused when bytes that are not UTF-8 were exchanged for other such bytes", async () => {
    const signature = signatureOf(Buffer.from([0x22, 0xff, 0x22]), secrets.current);
    expect(await check(Buffer.from([0x22, 0xfe, 0x22]), signature)).toBe(false);
    expect(await check(Buffer.from("\"\uFFFD\""), signature)).toBe(false);
  });

  test("is refused with an unknown secret, and with the previous one when there is none", async () => {
    const body = Buffer.from("{}");
    expect(await check(body, signatureOf(body, "another"))).toBe(false);
    expect(await check(body, signatureOf(body, "old secret"), { current: "new secret" })).toBe(false);
    expect(await check(Buffer.alloc(0), signatureOf("", "another"))).toBe(false);
  });

  const good = signatureOf("{}", secrets.current);
  test.each([
    ["missing", undefined],
    ["empty", ""],
    ["only the prefix", "sha256="],
    ["SHA-1", "sha1=7d38cdd689735b008b3c702edd92eea23791c5f6"],
    ["without its prefix", good.slice(7)],
    ["in upper case", `sha256=${good.slice(7).toUpperCase()}`],
    ["shorter", good.slice(0, -1)],
    ["longer", `${good}0`],
    ["with a line feed", `${good}\n`],
    ["twice, as a proxy joins headers", `${good},${good}`],
    ["not hex", `sha256=${"é".repeat(64)}`],
    ["64 KB of hex", `sha256=${"a".repeat(65_536)}`],
  ])("is refused when it is %s", async (_, signature) => {
    expect(await check(Buffer.from("{}"), signature)).toBe(false);
    expect(await check(Buffer.from([0xff]), signature)).toBe(false);
    expect(await check(Buffer.alloc(0), signature)).toBe(false);
  });
});
