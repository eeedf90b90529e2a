import { expect, test } from "@jest/globals";
import { ConfigError } from "./errors.ts";
import { isSource, parseSources } from "./sources.ts";

const LONGEST = "a".repeat(39);

test.each(["octo-org", "a", "1st", "octocat/hello-world", "octocat/.github", "octocat/a", "octo/_under.score", `${LONGEST}/${"n".repeat(100)}`, "mona-lisa_acme", "old-login-", "octo/..."])("%s is a source", (text) => {
  expect(isSource(text)).toBe(true);
});

test.each([
  "", "-octo", "_octo", "octo_", "octo org", "octo.org", `${LONGEST}a`, "dependabot[bot]", "octo/", "/hello", "octo/hello/world", "octo/.", "octo/..", "octo/hello.git", "octo/hello.WIKI", `octo/${"n".repeat(101)}`,
  "https://github.com/octo", "github.com/octo", "octo/hello world", "octo/hällo", "octo/a\nb",
])("%j is none", (text) => {
  expect(isSource(text)).toBe(false);
});

test("a list is taken apart, each once", () => {
  expect(parseSources(" Octo-Org,octocat/Hello ,, octo-org,OCTOCAT/hello")).toEqual(["octo-org", "OCTOCAT/hello"]);
  expect(parseSources("")).toEqual([]);
});

test("those that are none are named", () => {
  expect(() => parseSources("octo-org, octo org, a/b/c")).toThrow(new ConfigError('octo org, a/b/c: a source is an organisation, a user or owner/name, as in "octo-org, octocat/hello-world".'));
});
