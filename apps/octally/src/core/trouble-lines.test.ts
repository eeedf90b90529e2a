import { expect, test } from "@jest/globals";
import type { PartNote } from "@octally/store/runs";
import { troubleLines } from "./trouble-lines.ts";

const note = (kind: string | null, repository: string | null, over: Partial<PartNote> = {}): PartNote => ({ source: "octo", kind, repository, state: "cannot-see", reason: "Resource not accessible.", missing_permission: "contents=read", missing_kinds: [], ...over });

test("what lacks the same is told together: kinds of the same places in one line, many places by the first", () => {
  const everywhere = ["a", "b", "c", "d", "e"].map((name) => note("traffic", `octo/${name}`, { missing_permission: "administration=read" }));
  expect(troubleLines([note("tag", "octo/b"), note("branch", "octo/b"), note("release", "octo/a"), ...everywhere, note(null, null, { state: "failed", reason: "github-unexpected: no list", missing_permission: null })])).toEqual([
    "cannot-see: it takes contents=read. Resource not accessible.",
    "  branch, tag of octo/b",
    "  release of octo/a",
    "cannot-see: it takes administration=read. Resource not accessible.",
    "  traffic of octo/a, octo/b, octo/c and 2 more",
    "failed: github-unexpected: no list",
    "  repositories of octo",
  ]);
});

test("what came with a refused list is missed with it", () => {
  expect(troubleLines([note("issue", "a", { missing_kinds: ["issue", "reactions"] }), note("reactions", "a")])[1]).toBe("  issue, reactions of a");
});

test("one more is named as well as counted", () => {
  expect(troubleLines(["a", "b", "c", "d"].map((name) => note("tag", name)))[1]).toBe("  tag of a, b, c, d");
  expect(troubleLines([])).toEqual([]);
});
