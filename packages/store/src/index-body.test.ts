import { describe, expect, test } from "@jest/globals";
import { allKinds } from "@octally/model/own/registry";
import { thing, thingChanged } from "../test/things.ts";
import { indexBodyOf } from "./index-body.ts";

const fingerprintOf = (kind: Parameters<typeof indexBodyOf>[0]): string => indexBodyOf(kind).mappings._meta.fingerprint;

describe("a kind's index", () => {
  test.each(allKinds.map((kind) => [kind.name, kind] as const))("%s: is strict, and holds what every document has", (_name, kind) => {
    const { mappings } = indexBodyOf(kind);
    expect(mappings).toMatchObject({ dynamic: "strict", properties: { ...kind.mappings, org: { type: "keyword" }, repository: { dynamic: "strict" }, octally: { dynamic: "strict" } } });
    expect(Object.keys(kind.mappings).filter((name) => ["org", "repository", "octally"].includes(name))).toEqual([]);
  });

  test("has another fingerprint after every change of its mapping", () => {
    const changes = [thingChanged, { ...thing, mappings: { ...thing.mappings, more: { type: "keyword" } } }, { ...thing, mappings: { id: thing.mappings["id"] ?? {} } }, { ...thing, mappings: { ...thing.mappings, color: { ...thing.mappings["color"], index: false } } }];
    const fingerprints = [thing, ...changes].map(fingerprintOf);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });

  test("has the same after a change of anything else: of its words, or of the order of its fields", () => {
    const reordered = Object.fromEntries(Object.entries(thing.mappings).toReversed());
    expect(fingerprintOf({ ...thing, description: "Other words.", mappings: reordered })).toBe(fingerprintOf(thing));
  });
});
