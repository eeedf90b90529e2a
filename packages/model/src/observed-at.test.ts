import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { observedAt, timeOfGuid } from "./observed-at.ts";

const RECEIVED = "2026-11-21T07:00:00.000Z";

/** A version-1 UUID of this time (RFC 9562, section 5.1). */
function guidOf(ms: number): string {
  const steps = (BigInt(ms) * 10_000n + 0x01b21dd213814000n).toString(16).padStart(15, "0");
  return `${steps.slice(7)}-${steps.slice(3, 7)}-1${steps.slice(0, 3)}-8f3a-0242ac120002`;
}

describe("when GitHub sent a delivery (I3)", () => {
  test("is the time inside its GUID", () => {
    // The example of GitHub's documentation; its time as Python's uuid module reads it.
    expect(timeOfGuid("72d3162e-cc78-11e3-81ab-4c9367dc0958", RECEIVED)).toBe("2014-04-25T12:52:24.582Z");
    expect(observedAt(guidOf(Date.parse("2026-11-21T06:59:59.123Z")), { updated_at: "2026-11-20T00:00:00Z" }, RECEIVED)).toBe("2026-11-21T06:59:59.123Z");
  });

  test("any time survives the way through a GUID", () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.parse("2008-01-01"), max: Date.parse(RECEIVED) }), (ms) => {
        expect(timeOfGuid(guidOf(ms), RECEIVED)).toBe(new Date(ms).toISOString());
      }),
    );
  });

  test.each([
    ["version 4", "0b989ba4-242f-4e1b-9f6b-5a4f5f0c8f3e"],
    ["before GitHub", guidOf(Date.parse("2007-12-31T23:59:59Z"))],
    ["after its own receipt", guidOf(Date.parse("2026-11-22T07:00:01Z"))],
    ["no GUID", "x"],
  ])("not from a GUID that is %s: then the newest time of the payload", (_why, guid) => {
    const payload = { issue: { created_at: "2026-11-19T00:00:00Z", labels: [{ updated_at: "2026-11-20T12:00:00+02:00" }] } };
    expect(observedAt(guid, payload, RECEIVED)).toBe("2026-11-20T10:00:00.000Z");
  });

  test("users' data, times that lie ahead and what is no time do not count", () => {
    const payload = {
      deployment: { payload: { done_at: "2026-11-21T01:00:00Z" }, created_at: "2026-11-18T00:00:00Z" },
      commits: [{ authored_at: "2026-11-21T02:00:00Z" }],
      expires_at: "2026-11-21T03:00:00Z",
      due_at: "2126-11-21T03:00:00Z",
      looked_at: "yesterday",
      repository: { pushed_at: 1_700_000_000 },
    };
    expect(observedAt("x", payload, RECEIVED)).toBe("2026-11-18T00:00:00.000Z");
    expect(observedAt("x", { pushed_at: 1_700_000_000 }, RECEIVED)).toBe("2023-11-14T22:13:20.000Z");
  });

  test("without any time: that of the receipt", () => {
    expect(observedAt("x", {}, RECEIVED)).toBe(RECEIVED);
  });

  test("any JSON gives a time", () => {
    fc.assert(fc.property(fc.string(), fc.jsonValue(), (guid, payload) => {
      expect(observedAt(guid, payload as never, RECEIVED)).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    }));
  });
});
