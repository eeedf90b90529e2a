import { describe, expect, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { AppError } from "@octally/shared/errors";
import fc from "fast-check";
import { planArchived } from "../process-deliveries.ts";
import { toRawBody } from "@octally/shared/delivery";
import { parsePayload } from "./parse-payload.ts";

const FORM = "application/x-www-form-urlencoded";
const parse = (body: string | Uint8Array, contentType = "application/json"): unknown => parsePayload(toRawBody(Buffer.from(body as string)), contentType);
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "none";
  } catch (error) {
    return error instanceof AppError && !error.retryable ? error.code : `not a permanent error: ${String(error)}`;
  }
};

describe("a payload", () => {
  test.each([
    ["JSON", '{"action":"opened"}', "application/json"],
    ["JSON with a character set", '{"action":"opened"}', "application/json; charset=utf-8"],
    ["a form", "payload=%7B%22action%22%3A%22opened%22%7D", FORM],
    ["a form, named in capitals", "x=1&payload=%7B%22action%22%3A%22opened%22%7D", "Application/X-WWW-Form-Urlencoded; charset=utf-8"],
  ])("is read from %s", (_what, body, contentType) => {
    expect(parse(body, contentType)).toEqual({ action: "opened" });
  });

  test.each([
    ["no UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d), "application/json", "invalid-utf8"],
    ["half a character at the end", Uint8Array.of(0x22, 0xf0, 0x9f), "application/json", "invalid-utf8"],
    ["no JSON", "{", "application/json", "invalid-json"],
    ["nothing", "", "application/json", "invalid-json"],
    ["an array", "[{}]", "application/json", "not-an-object"],
    ["null", "null", "application/json", "not-an-object"],
    ["a text", '"{}"', "application/json", "not-an-object"],
    ["a form without payload", "a=b", FORM, "invalid-form"],
    ["a form whose payload is no JSON", "payload=x", FORM, "invalid-json"],
    ["a form that is sent as JSON", "payload=%7B%7D", "application/json", "invalid-json"],
  ])("that is %s is a permanent failure with its own code", (_what, body, contentType, code) => {
    expect(codeOf(() => parse(body, contentType))).toBe(code);
  });

  test("keys like __proto__ are ordinary data", () => {
    const payload = parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as Record<string, unknown>;
    expect(Object.keys(payload)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(payload)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("100,000 levels of nesting are read and planned", () => {
    const deep = `{"action":"opened","deep":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    for (const event of ["issues", "push", "unheard_of"]) expect(planned(event, Buffer.from(deep)).observations.at(-1)).toMatchObject({ kind: "delivery" });
  });
});

function planned(event: string, body: Uint8Array, contentType = "application/json"): ReturnType<typeof planArchived> {
  return planArchived(kinds, { headers: { guid: "g", hookId: "1", event, targetType: null, targetId: null, contentType, receivedAt: "2026-11-21T07:00:00.000Z" }, body: toRawBody(body) }, null);
}

describe("whatever arrives is planned or a permanent failure (I10)", () => {
  const event = fc.constantFrom("issues", "pull_request", "push", "label", "star", "repository", "__proto__", "constructor", "*");
  test("arbitrary bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), event, fc.constantFrom("application/json", FORM), (bytes, name, contentType) => {
        expect(["none", "invalid-utf8", "invalid-form", "invalid-json", "not-an-object"]).toContain(codeOf(() => planned(name, bytes, contentType)));
      }),
      { numRuns: 500 },
    );
  });

  test("arbitrary JSON, also below the keys that kinds read", () => {
    const keys = fc.constantFrom("action", "issue", "pull_request", "repository", "organization", "sender", "label", "user", "owner", "id", "node_id", "updated_at", "ref", "after", "commits", "__proto__", "changes", "full_name", "login");
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, fc.jsonValue({ maxDepth: 1 }), fc.constantFrom("2026-11-21T07:00:00Z", 1, -1, 1e300, "opened", "deleted"), fc.array(tie("tree"), { maxLength: 3 }), fc.dictionary(keys, tie("tree"), { maxKeys: 8 })),
    }));
    fc.assert(
      fc.property(fc.dictionary(keys, tree, { maxKeys: 8 }), event, (payload, name) => {
        expect(["none", "not-an-object"]).toContain(codeOf(() => planned(name, Buffer.from(JSON.stringify(payload)))));
      }),
      { numRuns: 500 },
    );
  });
});
