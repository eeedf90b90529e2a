import { describe, expect, test } from "@jest/globals";
import type { JsonObject } from "@octally/shared/json";
import { defineKind, identityOf } from "./define-kind.ts";
import { account, actor, actorOrNobody, addedLater, count, date, flag, GHOST, keyword, nullable, object, orNothing, prose, setOf, type Field } from "./field.ts";
import { neverAsked } from "./sources.ts";

/** What a document holds of `value`, or "not whole". */
function read(field: Field, input: JsonObject): unknown {
  const kind = defineKind({ name: "thing", description: "A thing.", scope: "organization", identity: ["value"], fields: { value: field }, fromWebhook: {}, sources: neverAsked("a test") });
  const result = kind.read(input);
  return result.whole ? result.document["value"] : "not whole";
}

describe("times", () => {
  test.each([
    ["2019-05-15T15:20:18Z", "2019-05-15T15:20:18Z"],
    ["2019-05-15T15:20:55+00:00", "2019-05-15T15:20:55Z"],
    ["2021-03-30T19:17:18.000-04:00", "2021-03-30T23:17:18Z"],
    [1557933565, "2019-05-15T15:19:25Z"],
    [0, "1970-01-01T00:00:00Z"],
  ])("%p is %s", (value, expected) => {
    expect(read(date, { value })).toBe(expected);
  });

  test.each(["", "2019", "2019-05-15", "2018-04-25 20:42:10", "2019-05-15T15:20:18", "2019-13-15T15:20:18Z", "yesterday", -1, 1e300, 253402300800, null, true, {}])(
    "%p is none: of another zone, another year than OpenSearch reads, or no time at all",
    (value) => {
      expect(read(date, { value })).toBe("not whole");
    },
  );
});

describe("what is missing", () => {
  test.each<[string, Field, unknown, unknown, unknown]>([
    // field, key missing, null, ""
    ["keyword", keyword, "not whole", "not whole", ""],
    ["nullable", nullable(keyword), "not whole", null, ""],
    ["addedLater", addedLater(keyword, "before"), "before", "not whole", ""],
    ["addedLater(nullable)", addedLater(nullable(keyword), "before"), "before", null, ""],
    ["addedLater(setOf)", addedLater(setOf(keyword), []), [], "not whole", "not whole"],
    ["addedLater(flag)", addedLater(flag, false), false, "not whole", "not whole"],
    ["orNothing(keyword)", orNothing(keyword), null, null, null],
    ["orNothing(count)", orNothing(count), null, null, null],
    ["prose", prose, null, null, null],
    ["actor", actor, "not whole", GHOST, "not whole"],
    ["actorOrNobody", actorOrNobody, "not whole", null, "not whole"],
    ["account", account, "not whole", "not whole", "not whole"],
  ])("%s", (_name, field, missing, whenNull, whenEmpty) => {
    expect([read(field, {}), read(field, { value: null }), read(field, { value: "" })]).toEqual([missing, whenNull, whenEmpty]);
  });
});

describe("identity", () => {
  const relation = defineKind({
    name: "relation",
    description: "A relation.",
    scope: "repository",
    identity: ["@repository", "team", "name"],
    fields: { team: object({ id: count, slug: keyword }), name: keyword },
    fromWebhook: {},
    sources: neverAsked("a test"),
  });
  const repository = { id: 9, name_with_owner: "o/r" };

  test("of something deleted, whatever can be read is read", () => {
    const document = relation.readPartly({ team: { id: 7, name: "reduced" }, name: "n", unknown: 1 });
    expect(document).toEqual({ team: { id: 7 }, name: "n" });
    expect(identityOf(relation, document, repository)).toBe("9:7:n");
  });

  test.each([
    ["no repository", null, { team: { id: 7 }, name: "n" }],
    ["an end without id", repository, { team: {}, name: "n" }],
    ["an empty name", repository, { team: { id: 7 }, name: "" }],
    ["a name too long for OpenSearch", repository, { team: { id: 7 }, name: "ü".repeat(255) }],
  ])("%s: none", (_why, where, document) => {
    expect(identityOf(relation, document, where)).toBeUndefined();
  });
});
