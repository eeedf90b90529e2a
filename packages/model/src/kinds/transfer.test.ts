import { expect, test } from "@jest/globals";
import { jobsIn, observe, recordedWhere, seen } from "../../test/recorded.ts";

const transferred = recordedWhere("issues", ({ action }) => action === "transferred");
const opened = recordedWhere("issues", ({ changes }) => changes?.old_issue !== undefined);

test("both ends of an issue's transfer write one transfer, one tombstone, one issue, at the same places", () => {
  const placesOf = (payload: typeof opened) =>
    observe("issues", payload)
      .observations.filter(({ kind }) => kind !== "repository")
      .map(({ kind, id, repository, deletedAt }) => ({ kind, id, in: repository?.id, gone: deletedAt !== null }))
      .toSorted((a, b) => (a.kind + a.id < b.kind + b.id ? -1 : 1));
  expect(placesOf(transferred)).toEqual([
    { kind: "issue", id: "444500041", in: transferred.changes.new_repository.id, gone: false },
    { kind: "issue", id: "512748900", in: transferred.repository.id, gone: true },
    { kind: "transfer", id: "issue:444500041", in: transferred.changes.new_repository.id, gone: false },
  ]);
  expect(placesOf(opened)).toEqual([
    { kind: "issue", id: "444500041", in: opened.repository.id, gone: false },
    { kind: "issue", id: "512748900", in: opened.changes.old_repository.id, gone: true },
    { kind: "transfer", id: "issue:444500041", in: opened.repository.id, gone: false },
  ]);
});

test("the other end's owner stands with what lies there", () => {
  const old = seen("issue", "issues", opened).find(({ deletedAt }) => deletedAt !== null);
  expect(old?.org).toBe(opened.changes.old_repository.owner.login);
});

test("the document of an issue's transfer", () => {
  expect(seen("transfer", "issues", transferred)[0]?.document).toEqual({
    id: "issue:444500041",
    subject_kind: "issue",
    subject: { id: 444500041, number: 1 },
    from: { id: transferred.repository.id, name_with_owner: transferred.repository.full_name },
    to: { id: transferred.changes.new_repository.id, name_with_owner: transferred.changes.new_repository.full_name },
    actor: { id: transferred.sender.id, login: transferred.sender.login, type: "User" },
    at: "2021-03-11T14:54:13Z",
  });
});

test("a new issue that is not given whole is asked for, in its new repository", () => {
  const payload = recordedWhere("issues", ({ action }) => action === "transferred");
  delete payload.changes.new_issue.labels;
  expect(jobsIn("issues", payload)).toEqual(["refresh issue 1"]);
  expect(observe("issues", payload).jobs[0]).toMatchObject({ repository: { id: payload.changes.new_repository.id } });
});

test("a discussion moves in the same way", () => {
  const payload = recordedWhere("discussion", ({ action }) => action === "transferred");
  expect(seen("discussion", "discussion", payload).map(({ id, deletedAt }) => [id, deletedAt !== null])).toEqual([
    ["3299614", true],
    ["3299835", false],
  ]);
  expect(seen("transfer", "discussion", payload)).toMatchObject([{ id: "discussion:3299835", document: { from: { name_with_owner: "Codertocat/Hello-World" } } }]);
});

test("a repository that moves back and forth has one transfer for each", () => {
  const payload = recordedWhere("repository", ({ action }) => action === "transferred");
  const ids = ["2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"].map((at) => seen("transfer", "repository", payload, at)[0]?.id);
  expect(new Set(ids).size).toBe(2);
  expect(jobsIn("repository", payload)).toEqual(["relocate-repository transferred"]);
});
