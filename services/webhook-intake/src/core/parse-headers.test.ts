import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseHeaders } from "./parse-headers.ts";

const complete: Record<string, string> = {
  "X-GitHub-Event": "pull_request",
  "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
  "X-GitHub-Hook-ID": "292430182",
  "X-GitHub-Hook-Installation-Target-Type": "organization",
  "X-GitHub-Hook-Installation-Target-ID": "79929171",
  "Content-Type": "application/json",
};

function parse(changes: Record<string, string | undefined> = {}): ReturnType<typeof parseHeaders> {
  return parseHeaders((name) => ({ ...complete, ...changes })[name]);
}

describe("the headers of a delivery", () => {
  test("are parsed", () => {
    expect(parse()).toEqual({
      kind: "headers",
      headers: {
        guid: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        hookId: "292430182",
        event: "pull_request",
        targetType: "organization",
        targetId: "79929171",
        contentType: "application/json",
      },
    });
  });

  test.each([
    ["X-GitHub-Event", undefined, "The header X-GitHub-Event is missing."],
    ["X-GitHub-Event", "", "The header X-GitHub-Event is malformed."],
    ["X-GitHub-Event", "Issues", "The header X-GitHub-Event is malformed."],
    ["X-GitHub-Event", "a".repeat(101), "The header X-GitHub-Event is malformed."],
    ["X-GitHub-Event", "issues\n", "The header X-GitHub-Event is malformed."],
    ["X-GitHub-Delivery", undefined, "The header X-GitHub-Delivery is missing."],
    ["X-GitHub-Delivery", "../../etc", "The header X-GitHub-Delivery is malformed."],
    ["X-GitHub-Delivery", "a,a", "The header X-GitHub-Delivery is malformed."],
    ["X-GitHub-Hook-ID", "12a", "The header X-GitHub-Hook-ID is malformed."],
    ["X-GitHub-Hook-ID", "", "The header X-GitHub-Hook-ID is malformed."],
    ["Content-Type", undefined, "The header Content-Type is missing."],
    ["Content-Type", "  ", "The header Content-Type is missing."],
  ])("%s %j is a bad request", (name, value, problem) => {
    expect(parse({ [name]: value })).toEqual({ kind: "bad-request", problem });
  });

  test.each(["text/plain", "multipart/form-data; boundary=x", "application/jsonp", "json"])("content type %s is not supported", (type) => {
    expect(parse({ "Content-Type": type })).toEqual({ kind: "unsupported-media-type" });
  });

  test.each([
    ["application/json; charset=utf-8", "application/json"],
    ["APPLICATION/JSON", "application/json"],
    ["application/x-www-form-urlencoded", "application/x-www-form-urlencoded"],
  ])("content type %s is %s", (type, contentType) => {
    expect(parse({ "Content-Type": type })).toMatchObject({ headers: { contentType } });
  });

  test("may lack the hook and the target", () => {
    const bare = parse({ "X-GitHub-Hook-ID": undefined, "X-GitHub-Hook-Installation-Target-Type": undefined, "X-GitHub-Hook-Installation-Target-ID": "\u0000" });
    expect(bare).toMatchObject({ headers: { hookId: "0", targetType: null, targetId: null } });
  });

  test("never crash the parser, and what is accepted is printable ASCII of bounded length", () => {
    const value = fc.option(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...Object.values(complete))), { nil: undefined });
    fc.assert(
      fc.property(fc.record(Object.fromEntries(Object.keys(complete).map((name) => [name, value]))), (changes) => {
        const parsed = parse(changes);
        if (parsed.kind !== "headers") return;
        for (const text of Object.values(parsed.headers)) expect(text ?? "x").toMatch(/^[\x20-\x7e]{1,100}$/);
      }),
    );
  });
});
