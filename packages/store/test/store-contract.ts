/** What every implementation of the port `Store` keeps; run on the real OpenSearch and on the model in memory. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { canonicalJson, comparePrecedence, precedenceOf, toSource, type Observation } from "@octally/model/observation";
import fc from "fast-check";
import type { Store, WriteResult } from "../src/write.ts";
import { entry, observe, thing } from "./things.ts";

export type ContractSubject = {
  /** Takes the kinds `thing` and `entry`; refuses a `thing` that has the field `unknown`. */
  readonly store: Store;
  /** The stored form, or undefined. */
  readonly sourceOf: (kind: string, id: string) => Promise<unknown>;
};

export type ContractOptions = { readonly runs: number };

export function storeContract(name: string, open: () => Promise<ContractSubject>, { runs }: ContractOptions): void {
  describe(`a store keeps its contract: ${name}`, () => {
    let subject: ContractSubject;
    beforeAll(async () => {
      subject = await open();
    });

    async function outcomes(...observations: Observation[]): Promise<readonly WriteResult["outcome"][]> {
      return (await subject.store.write(observations)).map(({ outcome }) => outcome);
    }
    async function colorOf(id: number): Promise<unknown> {
      return ((await subject.sourceOf("thing", String(id))) as { color: unknown }).color;
    }

    test("a later state replaces an older one, and an older one changes nothing (I1)", async () => {
      expect(await outcomes(observe(thing, { id: 1, color: "red" }, { updatedAt: "2026-01-02T00:00:00Z", observedAt: "2026-01-02T00:00:01.000Z" }))).toEqual(["written"]);
      expect(await outcomes(observe(thing, { id: 1, color: "old" }, { updatedAt: "2026-01-01T00:00:00Z", observedAt: "2026-01-05T00:00:00.000Z" }))).toEqual(["superseded"]);
      expect(await outcomes(observe(thing, { id: 1, color: "blue" }, { updatedAt: "2026-01-02T00:00:00Z", observedAt: "2026-01-02T00:00:01.100Z" }))).toEqual(["written"]);
      expect(await colorOf(1)).toBe("blue");
    });

    test("versions that a JavaScript number cannot tell apart are told apart (I1)", async () => {
      const at = (tenths: number): string => new Date(Date.parse("2026-01-02T00:00:00.000Z") + tenths * 100).toISOString();
      expect(await outcomes(observe(thing, { id: 2, color: "later" }, { updatedAt: at(0), observedAt: at(1) }))).toEqual(["written"]);
      expect(await outcomes(observe(thing, { id: 2, color: "earlier" }, { updatedAt: at(0), observedAt: at(0) }))).toEqual(["superseded"]);
      expect(await colorOf(2)).toBe("later");
    });

    test.each([
      ["the later observation within a tenth of a second", 20, { observedAt: "2026-01-02T00:00:00.010Z" }, { observedAt: "2026-01-02T00:00:00.090Z" }],
      ["the raw input's name", 22, { archive: "a" }, { archive: "b" }],
      ["the content", 24, {}, {}],
    ])("equal versions are settled alike in either order: by %s (I2)", async (_what, id, lesser, greater) => {
      const red = (thingId: number): Observation => observe(thing, { id: thingId, color: "blue" }, lesser);
      const blue = (thingId: number): Observation => observe(thing, { id: thingId, color: "red" }, greater);
      expect(red(id).version).toBe(blue(id).version);
      expect(await outcomes(red(id))).toEqual(["written"]);
      expect(await outcomes(blue(id))).toEqual(["written"]);
      expect(await outcomes(blue(id + 1))).toEqual(["written"]);
      expect(await outcomes(red(id + 1))).toEqual(["superseded"]);
      expect([await colorOf(id), await colorOf(id + 1)]).toEqual(["red", "red"]);
    });

    test("a tombstone takes precedence over an equal version, and stays (I2, I7)", async () => {
      expect(await outcomes(observe(thing, { id: 5, color: null }, { deleted: true }))).toEqual(["written"]);
      expect(await outcomes(observe(thing, { id: 5, color: "red" }))).toEqual(["superseded"]);
      expect(await subject.sourceOf("thing", "5")).toMatchObject({ color: null, octally: { deleted: true } });
    });

    test("a deletion that is older than what is there does not delete it (I1, I7)", async () => {
      expect(await outcomes(observe(thing, { id: 6, color: "red" }, { observedAt: "2026-03-01T00:00:00.000Z" }))).toEqual(["written"]);
      expect(await outcomes(observe(thing, { id: 6 }, { observedAt: "2026-02-01T00:00:00.000Z", deleted: true }))).toEqual(["superseded"]);
      expect(await colorOf(6)).toBe("red");
    });

    test("the same observation again changes nothing, and is a success", async () => {
      expect(await outcomes(observe(thing, { id: 7, color: "red" }))).toEqual(["written"]);
      expect(await outcomes(observe(thing, { id: 7, color: "red" }))).toEqual(["superseded"]);
    });

    test("the same input read by a corrected mapping replaces what it wrote before, as a replay needs it (I8)", async () => {
      expect(await outcomes(observe(thing, { id: 8, color: "zebra" }, { archive: "x" }))).toEqual(["written"]);
      expect(await outcomes(observe(thing, { id: 8, color: "zebra" }, { archive: "x" }))).toEqual(["superseded"]);
      expect(await outcomes(observe(thing, { id: 8, color: "antelope" }, { archive: "x" }))).toEqual(["written"]);
      expect(await colorOf(8)).toBe("antelope");
    });

    test("the results stand by their operations: refused and unknown ones among good ones (I5)", async () => {
      const unknownKind = { ...observe(thing, { id: 9, color: "red" }), kind: "nothing" };
      const results = await subject.store.write([observe(thing, { id: 10, color: "red" }), observe(thing, { id: 11, color: "red", unknown: 1 }), unknownKind, observe(thing, { id: 12, color: "red" })]);
      expect(results.map((result) => (result.outcome === "failed" ? { retryable: result.error.retryable } : result.outcome))).toEqual(["written", { retryable: false }, { retryable: false }, "written"]);
      expect([await colorOf(10), await colorOf(12)]).toEqual(["red", "red"]);
      expect(await subject.sourceOf("thing", "11")).toBeUndefined();
    });

    test("of several observations of one thing in one call the one with precedence is written, once (I1)", async () => {
      const at = (second: number): string => `2026-03-01T00:00:0${second}.000Z`;
      expect(await outcomes(...[2, 3, 1].map((second) => observe(thing, { id: 13, color: `c${second}` }, { observedAt: at(second) })))).toEqual(["superseded", "written", "superseded"]);
      expect(await colorOf(13)).toBe("c3");
    });

    test("one that is refused does not take along an older one of the same thing in the same call (I5, I10)", async () => {
      const at = (second: number): string => `2026-03-01T00:00:0${second}.000Z`;
      const seen = (second: number, more = {}): Observation => observe(thing, { id: 14, color: `c${second}`, ...more }, { observedAt: at(second) });
      expect(await outcomes(seen(1), seen(4, { unknown: 1 }), seen(2), seen(4, { unknown: 1 }), seen(3, { unknown: 1 }))).toEqual(["superseded", "failed", "written", "failed", "failed"]);
      expect(await colorOf(14)).toBe("c2");
    });

    test("months of a monthly kind are apart, in one call as in two (I2)", async () => {
      const [january, february] = ["2026-01-15", "2026-02-15"].map((day) => ({ observedAt: `${day}T00:00:00.000Z` }));
      expect(await outcomes(observe(entry, { id: 15, level: "a" }, january), observe(entry, { id: 15, level: "a" }, february))).toEqual(["written", "written"]);
    });

    test("text of every sort comes back as it was (I4)", async () => {
      const color = "line\u2028\u0000\u001f\u007f\ufffe\uffff \ud83d\ude00 \"\\ \n {\"index\":{}}";
      expect(await outcomes(observe(thing, { id: 16, color }))).toEqual(["written"]);
      expect(await colorOf(16)).toBe(color);
    });

    test("a history has one outcome, in whatever order, however often and in whatever portions it arrives (I1, I2)", async () => {
      let history = 1000;
      await fc.assert(
        fc.asyncProperty(arrivals(), async (batches) => {
          history += 10;
          const moved = batches.map((batch) => batch.map((observation) => ({ ...observation, id: String(history + Number(observation.id)), document: { ...observation.document, id: history + Number(observation.id) } })));
          for (const batch of moved) {
            const results = await subject.store.write(batch);
            expect(results.every(({ outcome }) => outcome !== "failed")).toBe(true);
          }
          for (const [id, rivals] of Map.groupBy(moved.flat(), (observation) => observation.id)) {
            const highest = rivals.reduce((best, rival) => (comparePrecedence(precedenceOf(rival), precedenceOf(best)) > 0 ? rival : best));
            expect(canonicalJson(await subject.sourceOf("thing", id))).toBe(canonicalJson(toSource(highest)));
          }
        }),
        { numRuns: runs },
      );
    }, 60_000);
  });
}

/** Few things, few times: equal versions are the rule. Each raw input has one content. */
function arrivals(): fc.Arbitrary<Observation[][]> {
  const base = Date.parse("2026-05-01T00:00:00Z");
  const observation = fc
    .record({
      id: fc.integer({ min: 0, max: 2 }),
      color: fc.constantFrom("red", "green", "blue", null),
      updated: fc.integer({ min: 0, max: 2 }),
      seenMs: fc.constantFrom(0, 1, 99, 100, 1000, 3000),
      deleted: fc.boolean(),
      input: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }),
    })
    .map(({ id, color, updated, seenMs, deleted, input }) => {
      const archive = input === null ? null : `input-${input}-${color}-${deleted}`;
      return observe(thing, { id, color }, { updatedAt: new Date(base + updated * 1000).toISOString(), observedAt: new Date(base + seenMs).toISOString(), deleted, archive });
    });
  return fc
    .array(observation, { minLength: 1, maxLength: 12 })
    .chain((seen) => fc.tuple(fc.shuffledSubarray([...seen, ...seen], { minLength: seen.length, maxLength: seen.length * 2 }), fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 24, maxLength: 24 })))
    .map(([order, sizes]) => {
      const batches: Observation[][] = [];
      for (let start = 0; start < order.length; ) {
        const size = sizes[batches.length] ?? 1;
        batches.push(order.slice(start, start + size));
        start += size;
      }
      return batches;
    });
}
