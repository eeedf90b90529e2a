import { describe, expect, test } from "@jest/globals";
import { toVersion } from "@octally/model/version";
import fc from "fast-check";
import { entry, thing } from "../test/things.ts";
import { allAlias, indexName, parseIndexName, readAlias, shelfOf, writeAlias } from "./names.ts";

describe("names in the store", () => {
  test("are what readers rely on", () => {
    expect([readAlias("octally", "issue"), allAlias("octally", "issue"), writeAlias("octally", { kind: "issue", month: null }), indexName("octally", { kind: "issue", month: null }, 1)]).toEqual(["octally-issue", "octally-issue-all", "octally-issue-write", "octally-issue-v1"]);
    expect([writeAlias("octally", { kind: "delivery", month: "2026-11" }), indexName("octally", { kind: "delivery", month: "2026-11" }, 2)]).toEqual(["octally-delivery-write-2026-11", "octally-delivery-v2-2026-11"]);
  });

  test("an index's name says its shelf and version again", () => {
    fc.assert(
      fc.property(fc.constantFrom("issue", "review", "review-comment", "team-v2"), fc.constantFrom(null, "2026-11"), fc.integer({ min: 1, max: 1000 }), (kind, month, version) => {
        expect(parseIndexName("p", kind, indexName("p", { kind, month }, version))).toEqual({ shelf: { kind, month }, version });
      }),
    );
  });

  test.each([
    ["review", "octally-review-comment-v1"],
    ["review-comment", "octally-review-v1"],
    ["review", "octally-review-v"],
    ["review", "octally-review-v1x"],
    ["review", "octally-review-v1-2026"],
    ["review", "other-review-v1"],
    ["review", "octally-review"],
  ])("for %s, %s is none of its indices", (kind, name) => {
    expect(parseIndexName("octally", kind, name)).toBeUndefined();
  });

  test("a thing's month is that of its own time, however late it is observed", () => {
    const version = toVersion("2026-01-31T23:59:59Z", "2026-02-03T00:00:00Z");
    expect([shelfOf(entry, version), shelfOf(thing, version)]).toEqual([{ kind: "entry", month: "2026-01" }, { kind: "thing", month: null }]);
  });
});
