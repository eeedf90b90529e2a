import { expect, test } from "@jest/globals";
import { decideDiscovery } from "./discovery-input.ts";

const all = { sources: ["octo-org"], kinds: ["repository", "issue"] };

test("what the schedules send", () => {
  expect(decideDiscovery({ look: "new" }, all)).toEqual({ do: "new" });
  expect(decideDiscovery({ look: "all" }, all)).toEqual({ do: "all" });
});

test("a load by hand: everything, or what is named", () => {
  expect(decideDiscovery({ load: {} }, all)).toEqual({ do: "load", specification: { sources: ["octo-org"], kinds: ["repository", "issue"], since: null, until: null } });
  expect(decideDiscovery({ load: { sources: ["octo-org/hello"], kinds: ["issue"], since: "2026-01-01", until: "2026-02-01T12:00:00+01:00" } }, all)).toEqual({
    do: "load",
    specification: { sources: ["octo-org/hello"], kinds: ["issue"], since: "2026-01-01T00:00:00.000Z", until: "2026-02-01T11:00:00.000Z" },
  });
});

test.each([
  [{}, 'takes { "look": "new" }'],
  [{ look: "new", load: {} }, 'takes { "look": "new" }'],
  [{ look: "everything" }, 'takes { "look"'],
  [{ load: { source: "octo" } }, 'takes { "look"'],
  [{ load: { since: "yesterday" } }, "is not a time. Write it as 2026-11-21"],
  [{ load: { kinds: ["isue"] } }, "There is no kind isue. There are: repository, issue."],
  [{ load: { sources: ["a/b/c"] } }, "a/b/c: a source is"],
])("refused, with what it must be: %j", (event, says) => {
  expect(() => decideDiscovery(event, all)).toThrow(says);
});

test("nothing to load", () => {
  expect(() => decideDiscovery({ load: {} }, { ...all, sources: [] })).toThrow("name sources, or set OCTALLY_SOURCES");
});
