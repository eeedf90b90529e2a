import { describe, expect, test } from "@jest/globals";
import { PermanentError, TransientError } from "@octally/shared/errors";
import type { WriteResult } from "@octally/store/write";
import fc from "fast-check";
import { retryDelaySeconds, verdictOfError, verdictOfWrites } from "./verdict.ts";

const later = new TransientError("store-unavailable", "busy");
const never = new PermanentError("store-refuses", "no");
const failed = (error: TransientError | PermanentError): WriteResult => ({ outcome: "failed", error, response: { of: error.code } });

describe("what becomes of a message (I5, I6)", () => {
  test.each([
    ["nothing was written", [], { is: "done" }],
    ["everything is written", [{ outcome: "written" }, { outcome: "superseded" }], { is: "done" }],
    ["one document is refused", [{ outcome: "written" }, failed(never)], { is: "dead", error: never, response: { of: "store-refuses" } }],
    ["one may work later", [failed(later), { outcome: "written" }], { is: "retry", error: later }],
    ["one is refused and one may work later: again first", [failed(never), failed(later)], { is: "retry", error: later }],
  ] as const)("%s", (_what, results, verdict) => {
    expect(verdictOfWrites(results)).toEqual(verdict);
  });

  test("an error says by itself whether it is worth another attempt", () => {
    expect([verdictOfError(later).is, verdictOfError(never).is]).toEqual(["retry", "dead"]);
  });
});

describe("the delay of a retry", () => {
  test.each([
    [1, 0, 1],
    [1, 1, 2],
    [2, 0.5, 3],
    [5, 0, 16],
    [8, 1, 256],
    [9, 0, 150],
    [9, 1, 300],
    [1000, 1, 300],
  ])("after %s receipts, by chance %s: %s s", (receiveCount, random, seconds) => {
    expect(retryDelaySeconds(receiveCount, later, random)).toBe(seconds);
  });

  test("is whole seconds between 1 s and what the queue takes, and never sooner than the other side asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.option(fc.double({ min: 0, max: 36_000, noNaN: true }), { nil: undefined }), (receiveCount, random, asked) => {
        const seconds = retryDelaySeconds(receiveCount, new TransientError("x", "x", asked === undefined ? {} : { retryAfterSeconds: asked }), random);
        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(Math.max(1, asked ?? 0));
        expect(seconds).toBeLessThanOrEqual(Math.max(300, Math.ceil(asked ?? 0)));
      }),
    );
  });

  test("is no longer than SQS can hide a message, whatever was asked for", () => {
    expect(retryDelaySeconds(1, new TransientError("x", "x", { retryAfterSeconds: 1e9 }), 0)).toBeLessThan(43_200);
  });
});
