import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { toVersion, versionParts } from "./version.ts";

const MAX_VERSION = 2n ** 63n - 1n;
const time = fc.date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("2242-01-01T00:00:00Z"), noInvalidDate: true });

describe("version (I1)", () => {
  test("is the second of the update, then the tenths of a second until it was observed", () => {
    const version = toVersion("2026-11-21T07:00:00Z", "2026-11-21T07:00:01.250Z");
    expect(versionParts(version)).toEqual({ updatedAtSeconds: 1_795_244_400, lagTenths: 12 });
  });

  test("a later update wins however late the older one is observed", () => {
    fc.assert(
      fc.property(time, fc.integer({ min: 1, max: 1_000_000 }), time, time, (older, seconds, seenOlder, seenNewer) => {
        const newer = new Date(older.getTime() + seconds * 1000);
        expect(toVersion(newer.toISOString(), seenNewer.toISOString())).toBeGreaterThan(toVersion(older.toISOString(), seenOlder.toISOString()));
      }),
    );
  });

  test("fits a non-negative signed long, whatever the times", () => {
    fc.assert(
      fc.property(fc.oneof(time.map((d) => d.toISOString()), fc.string()), fc.oneof(time.map((d) => d.toISOString()), fc.string()), (a, b) => {
        const version = toVersion(a, b);
        expect(version >= 0n && version <= MAX_VERSION).toBe(true);
      }),
    );
  });

  test("the distance saturates after 3.4 years instead of running into the seconds", () => {
    expect(versionParts(toVersion("2010-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))).toEqual({ updatedAtSeconds: 1_262_304_000, lagTenths: 2 ** 30 - 1 });
  });
});
