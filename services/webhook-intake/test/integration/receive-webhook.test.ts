import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { fetchBody } from "@octally/shared/claims";
import { bytesOf, type Delivery, parseDeliveryMessage } from "@octally/shared/delivery";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type IntakeHandler, makeIntake } from "../../src/make-intake.ts";
import { context, type Overrides, signedEvent } from "../signed-event.ts";
import { drain, type LocalAws, openLocalAws } from "./local-aws.ts";

const MAX_BYTES = 6 * 1024 * 1024;

let aws: LocalAws;
let handler: IntakeHandler;

beforeAll(async () => {
  aws = await openLocalAws();
  handler = makeIntake({ ...aws.environment, WEBHOOK_MAX_BYTES: String(MAX_BYTES) });
});
afterAll(() => aws.close());

/** Sends a delivery, takes the one message it must have become, and gives it with the bytes that a worker would read. */
async function throughQueue(body: Uint8Array | string, overrides: Overrides = {}): Promise<{ delivery: Delivery; bytes: Uint8Array }> {
  const answer = await handler(signedEvent(body, overrides), context);
  expect(answer.statusCode).toBe(202);
  const [message] = await drain(aws.queue, 1);
  const delivery = parseDeliveryMessage(message!);
  return { delivery, bytes: bytesOf(await fetchBody(aws.bucket, delivery.body)) };
}

function jsonOf(bytes: number): Buffer {
  const frame = '{"text":""}';
  return Buffer.from(`{"text":"${"x".repeat(bytes - frame.length)}"}`);
}

describe("what is acknowledged lies on the queue, byte for byte:", () => {
  const form = `payload=${encodeURIComponent('{"zen":"Anything added dilutes everything else."}')}`;
  const bodies: readonly [string, Delivery["body"]["kind"], Buffer, Overrides?][] = [
    ["a small body", "utf8", Buffer.from('{"zen":"Speak like a human."}\n')],
    ["one byte", "utf8", Buffer.from("1")],
    ["white space and line ends", "utf8", Buffer.from(' \r\n\t{"a" : 1}\r\r\n ')],
    ["markup", "utf8", Buffer.from('{"a":"&lt;<![CDATA[ ]]> & \u0085\u2028"}')],
    ["letters beyond ASCII", "utf8", Buffer.from('{"a":"é€\uE000\uFFFD"}')],
    ["emoji, and the last character there is", "base64", Buffer.from('{"a":"😀\u{10FFFF}"}')],
    ["a byte-order mark", "utf8", Buffer.from("\uFEFF{}")],
    ["a form", "utf8", Buffer.from(form), { headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["an array", "utf8", Buffer.from("[1,2,3]")],
    ["__proto__ keys", "utf8", Buffer.from('{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}')],
    ["100,000 levels", "utf8", Buffer.from("[".repeat(100_000) + "]".repeat(100_000))],
    ["control characters", "base64", Buffer.from('{"a":"\u0000\u0001\u001f"}')],
    ["U+FFFE and U+FFFF", "base64", Buffer.from('{"a":"\uFFFE\uFFFF"}')],
    ["bytes that are not UTF-8", "base64", Buffer.from([0x7b, 0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0x7d])],
    ["239 KB", "utf8", jsonOf(239 * 1024)],
    ["240 KB, the limit", "utf8", jsonOf(240 * 1024)],
    ["one byte more", "claim", jsonOf(240 * 1024 + 1)],
    ["241 KB", "claim", jsonOf(241 * 1024)],
    ["200 KB that would be 267 KB of base64", "claim", Buffer.alloc(200 * 1024, 0xff)],
    ["5 MB", "claim", jsonOf(5 * 1024 * 1024)],
    ["the largest", "claim", jsonOf(MAX_BYTES)],
  ];
  test.each(bodies)("%s (%s)", async (_, kind, body, overrides = {}) => {
    const { delivery, bytes } = await throughQueue(body, overrides);
    expect(delivery.body.kind).toBe(kind);
    expect(Buffer.compare(bytes, body)).toBe(0);
  });

  test("headers in any case, the previous secret, a text body", async () => {
    const { delivery } = await throughQueue('{"zen":"é"}', {
      base64: false,
      secret: "previous",
      headers: { "x-github-event": undefined, "X-GITHUB-EVENT": "ping", "content-type": undefined, "Content-Type": "application/json; charset=utf-8" },
    });
    expect(delivery).toMatchObject({ event: "ping", contentType: "application/json", guid: "72d3162e-cc78-11e3-81ab-4c9367dc0958", hookId: "292430182" });
    expect(delivery.receivedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});

test("nothing that is refused is stored", async () => {
  const before = await keys();
  const unsigned = { headers: { "x-hub-signature-256": undefined } };
  const refused: readonly APIGatewayProxyStructuredResultV2[] = await Promise.all([
    handler(signedEvent("{}", unsigned), context),
    handler(signedEvent(jsonOf(5 * 1024 * 1024), { secret: "wrong" }), context),
    handler(signedEvent("", { secret: "wrong" }), context),
    handler(signedEvent(""), context),
    handler(signedEvent("{}", { headers: { "x-github-event": undefined } }), context),
    handler(signedEvent("{}", { headers: { "content-type": "text/plain" } }), context),
    handler(signedEvent(jsonOf(MAX_BYTES + 1)), context),
  ]);
  expect(refused.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 400, 400, 415, 413]);
  expect(await drain(aws.queue, 0)).toEqual([]);
  expect(await keys()).toEqual(before);
});

async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const key of aws.bucket.list("")) found.push(key);
  return found;
}
