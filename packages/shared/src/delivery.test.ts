import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Delivery, type DeliveryBody, deliveryId, parseDeliveryMessage, toDeliveryMessage } from "./delivery.ts";
import { PermanentError } from "./errors.ts";

const delivery: Delivery = {
  guid: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
  hookId: "292430182",
  event: "issues",
  targetType: "organization",
  targetId: "79929171",
  contentType: "application/json",
  receivedAt: "2026-11-21T10:00:00.123Z",
  body: { kind: "utf8", text: '{"action":"opened"}' },
};

const bodies: fc.Arbitrary<DeliveryBody> = fc.oneof(
  fc.record({ kind: fc.constantFrom("utf8", "base64"), text: fc.string({ unit: "binary" }) }),
  fc.record({ kind: fc.constant("claim"), bucket: fc.string({ minLength: 1 }), key: fc.string({ minLength: 1 }), bytes: fc.nat() }),
);

describe("the delivery message", () => {
  test("is the body, with the rest in attributes", () => {
    expect(toDeliveryMessage(delivery)).toEqual({
      body: '{"action":"opened"}',
      attributes: {
        guid: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        hook_id: "292430182",
        event: "issues",
        target_type: "organization",
        target_id: "79929171",
        content_type: "application/json",
        received_at: "2026-11-21T10:00:00.123Z",
        body_kind: "utf8",
      },
    });
  });

  test("is read back as it was written, within SQS's ten attributes, none of them empty", () => {
    const text = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(bodies, text, fc.option(text), fc.option(text), (body, event, targetType, targetId) => {
        const written: Delivery = { ...delivery, body, event, targetType, targetId };
        const message = toDeliveryMessage(written);
        expect(parseDeliveryMessage(message)).toEqual(written);
        expect(Object.keys(message.attributes).length).toBeLessThanOrEqual(10);
        expect(Object.values(message.attributes)).not.toContain("");
      }),
    );
  });

  const { body, attributes } = toDeliveryMessage(delivery);
  const { guid: _, ...withoutGuid } = attributes;
  test.each([
    ["no attributes", { body, attributes: {} }],
    ["no GUID", { body, attributes: withoutGuid }],
    ["an unknown kind of body", { body, attributes: { ...attributes, body_kind: "zip" } }],
    ["no time", { body, attributes: { ...attributes, received_at: "yesterday" } }],
    ["a claim that is no JSON", { body: "{", attributes: { ...attributes, body_kind: "claim" } }],
    ["a claim without a key", { body: '{"bucket":"b","bytes":1}', attributes: { ...attributes, body_kind: "claim" } }],
  ])("with %s is a permanent error", (_name, message) => {
    expect(() => parseDeliveryMessage(message)).toThrow(PermanentError);
    expect(() => parseDeliveryMessage(message)).toThrow(expect.objectContaining({ code: "not-a-delivery" }));
  });
});

test("a delivery's id names the hook too, because several hooks get one GUID", () => {
  expect(deliveryId({ guid: "g", hookId: "1" })).toBe("1-g");
});
