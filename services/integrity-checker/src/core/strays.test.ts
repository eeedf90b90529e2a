import { expect, test } from "@jest/globals";
import { planStrays, strayOf, type KnownRepository } from "./strays.ts";

const known: KnownRepository = { id: 7, org: "octo", name: "octo/engine", observedAt: "2026-03-02T00:00:00.000Z", deletedAt: null };
const gone: KnownRepository = { ...known, deletedAt: "2026-03-03T00:00:00.000Z" };
const standing = (name: string) => ({ repositoryId: 7, name });

test("what stands where its repository is, and what is of no known repository, is no stray", () => {
  expect(strayOf(known, standing("octo/engine"))).toBeUndefined();
  expect(strayOf(undefined, standing("octo/engine"))).toBeUndefined();
});

test.each([
  [known, "octo/motor", false, { type: "relocate-repository", org: "octo", repository: { id: 7, name_with_owner: "octo/engine" }, from: "octo/motor", change: "renamed", at: known.observedAt }],
  [known, "ada/engine", false, { type: "relocate-repository", org: "octo", repository: { id: 7, name_with_owner: "octo/engine" }, from: "ada/engine", change: "transferred", at: known.observedAt }],
  // A replica may have shown it for moments still.
  [gone, "octo/engine", false, { type: "relocate-repository", org: "octo", repository: { id: 7, name_with_owner: "octo/engine" }, change: "deleted", at: "2026-03-03T00:15:00.000Z" }],
  // Seen later than the repository itself: that one is asked for first, under this name.
  [known, "octo/motor", true, { type: "refresh", kind: "repository", org: "octo", repository: { id: 7, name_with_owner: "octo/motor" }, subjects: [{ id: "7", key: "motor" }], reason: "its documents stand under another name" }],
])("%o under %s, seen later: %s", (repository, name, isLater, expected) => {
  const stray = strayOf(repository, standing(name));
  expect(stray === undefined ? [] : planStrays([{ stray, isLater }])).toEqual([expected]);
});

test("a repository is followed once, whatever number of kinds are astray; what was seen later comes first", () => {
  const stray = strayOf(known, standing("octo/motor"));
  if (stray === undefined) throw new Error("no stray");
  expect(planStrays([{ stray, isLater: false }, { stray, isLater: true }, { stray, isLater: false }]).map(({ type }) => type)).toEqual(["refresh"]);
});
