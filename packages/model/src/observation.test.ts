import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalJson, comparePrecedence, precedenceOf, toSource, type Observation, type Precedence } from "./observation.ts";

const precedence: fc.Arbitrary<Precedence> = fc.record({
  version: fc.bigInt({ min: 0n, max: 3n }),
  observedAt: fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z"),
  deleted: fc.boolean(),
  archive: fc.constantFrom("", "s3://raw/1"),
  content: fc.constantFrom("{}", '{"a":1}'),
});

const observation: Observation = {
  kind: "label",
  id: "7",
  org: "o",
  repository: { id: 1, name_with_owner: "o/r" },
  document: { id: 7, name: "bug" },
  deletedAt: null,
  version: 9_223_372_036_854_775_807n,
  observedAt: "2026-11-21T07:00:00.000Z",
  source: "webhook",
  archive: null,
};

describe("which of two observations stays (I2)", () => {
  test("is a total order", () => {
    fc.assert(
      fc.property(precedence, precedence, precedence, (a, b, c) => {
        expect(Math.sign(comparePrecedence(a, b))).toBe(0 - Math.sign(comparePrecedence(b, a)));
        expect(comparePrecedence(a, b) === 0).toBe(canonicalJson({ ...a, version: String(a.version) }) === canonicalJson({ ...b, version: String(b.version) }));
        if (comparePrecedence(a, b) <= 0 && comparePrecedence(b, c) <= 0) expect(comparePrecedence(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });

  test("the version, then the observation, then the deletion, then the raw input, then the content", () => {
    const base: Precedence = { version: 1n, observedAt: "2026-01-01T00:00:00.000Z", deleted: false, archive: "", content: "a" };
    const ascending: Precedence[] = [
      base,
      { ...base, content: "b" },
      { ...base, archive: "s3://raw/1" },
      { ...base, deleted: true },
      { ...base, observedAt: "2026-01-01T00:00:00.001Z" },
      { ...base, version: 2n },
    ];
    expect(ascending.toReversed().toSorted(comparePrecedence)).toEqual(ascending);
  });

  test("is read from the observation", () => {
    expect(precedenceOf({ ...observation, deletedAt: observation.observedAt })).toMatchObject({ version: observation.version, deleted: true });
  });
});

describe("canonical JSON (I4)", () => {
  test("does not depend on the order of keys, and loses nothing", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("keeps the order of lists", () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: "x" } })).toBe('{"a":{"c":"x","d":null},"b":[2,1]}');
  });
});

test("the stored form: the kind's fields, where it belongs, and what Octally knows of it", () => {
  expect(toSource(observation)).toEqual({
    id: 7,
    name: "bug",
    org: "o",
    repository: { id: 1, name_with_owner: "o/r" },
    octally: {
      source: "webhook",
      observed_at: "2026-11-21T07:00:00.000Z",
      version: "9223372036854775807",
      deleted: false,
      deleted_at: null,
      archive: null,
    },
  });
});
