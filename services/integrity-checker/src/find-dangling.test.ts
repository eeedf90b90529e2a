/** What is named and not in the store; who left before the store knew anybody is not missed. */
import { expect, test } from "@jest/globals";
import type { Observation } from "@octally/model/observation";
import { allKinds } from "@octally/model/own/registry";
import { toVersion } from "@octally/model/version";
import { makeMemoryDocuments } from "../../../packages/store/test/memory-documents.ts";
import { makeMemoryReader } from "../../../packages/store/test/memory-reader.ts";
import { findDangling } from "./find-dangling.ts";

const at = (day: number): string => `2026-03-0${day}T00:00:00.000Z`;
const repository = { id: 1, name_with_owner: "octo/engine" };
const seen = (kind: string, id: string, day: number, document: Readonly<Record<string, unknown>>, deletedAt: string | null = null): Observation => ({ kind, id, org: "octo", repository: kind === "member" ? null : repository, document, deletedAt, version: toVersion(at(day), at(day)), observedAt: at(day), source: "rest", archive: null });
const user = (id: number) => ({ id, login: `user-${id}` });
const member = (id: number, day: number, deletedAt: string | null = null): Observation => seen("member", `9:${id}`, day, { organization: { id: 9, login: "octo" }, user: user(id), role: "member" }, deletedAt);
const pull = (number: number, by: number, day: number, association = "MEMBER"): Observation => seen("pull-request", String(number), 5, { id: number, number, user: user(by), author_association: association, created_at: at(day) });

async function missed(observations: readonly Observation[]): Promise<readonly string[]> {
  const documents = makeMemoryDocuments(allKinds);
  await documents.store.write([seen("repository", "1", 3, { id: 1, full_name: "octo/engine", owner: { login: "octo" } }), ...observations]);
  const dangling = await findDangling({ reader: makeMemoryReader(documents) }, () => true);
  return dangling.filter(({ parent }) => parent === "member").map(({ key }) => key ?? "").toSorted();
}

test("a member who wrote since the members were first seen, and is no document, is missed; who wrote before that may have left", async () => {
  const known = [member(1, 3), member(2, 4, at(4))];
  const written = [pull(11, 1, 4), pull(12, 2, 4), pull(13, 3, 2), pull(14, 4, 4), pull(15, 5, 4, "CONTRIBUTOR")];
  expect(await missed([...known, ...written])).toEqual(["user-4"]);
  expect(await missed([...known, ...written, seen("review", "21", 5, { id: 21, pull_request: { id: 13, number: 13 }, user: user(3), author_association: "OWNER", submitted_at: at(3) })])).toEqual(["user-3", "user-4"]);
});

test("where no member was ever seen, only counting tells who is missing", async () => {
  expect(await missed([pull(11, 1, 4)])).toEqual([]);
});
