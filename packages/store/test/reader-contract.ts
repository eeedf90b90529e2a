/** What holds of every reader of the store: the real one and the model that tests play histories with. */
import { expect, test } from "@jest/globals";
import type { Kind } from "@octally/model/define-kind";
import type { Observation } from "@octally/model/observation";
import type { JsonObject } from "@octally/shared/json";
import type { StoreReader } from "../src/reader.ts";
import type { Store } from "../src/write.ts";
import { observe, thing } from "./things.ts";

export type ReaderSubject = { readonly store: Store; readonly reader: StoreReader; /** What was written is searchable. */ readonly refresh: () => Promise<void> };

export const readerKinds: readonly Kind[] = [thing];

const at = (second: number): string => `2026-03-01T00:00:${String(second).padStart(2, "0")}.000Z`;
const inRepository = (repository: number | null, org: string | null, observation: Observation): Observation => ({ ...observation, org, repository: repository === null ? null : { id: repository, name_with_owner: `octo/r${repository}` } });

const WRITTEN: readonly Observation[] = [
  inRepository(1, "octo", observe(thing, { id: 1, color: "red" }, { observedAt: at(1) })),
  inRepository(1, "octo", observe(thing, { id: 2, color: "blue" }, { observedAt: at(2) })),
  inRepository(1, "octo", observe(thing, { id: 3, color: "red" }, { observedAt: at(3), deleted: true })),
  inRepository(2, "octo", observe(thing, { id: 4, color: null }, { observedAt: at(4) })),
  inRepository(null, null, observe(thing, { id: 5, color: "red" }, { observedAt: at(5) })),
];

async function idsOf(documents: AsyncIterable<JsonObject>): Promise<readonly unknown[]> {
  const ids: unknown[] = [];
  for await (const { id } of documents) ids.push(id);
  return ids;
}

export function readerContract(makeSubject: () => Promise<ReaderSubject> | ReaderSubject): void {
  const sorted = (groups: readonly { readonly key: readonly unknown[]; readonly count: number; readonly sum: number }[]): readonly string[] => groups.map(({ key, count, sum }) => JSON.stringify([...key, count, sum])).toSorted();

  test("groups, scans and ids", async () => {
    const { store, reader, refresh } = await makeSubject();
    expect(await reader.groups({ kind: "thing", by: ["org"] })).toEqual([]);
    expect(await idsOf(reader.scan({ kind: "thing", by: "id" }))).toEqual([]);
    expect(await reader.existing("thing", ["1"])).toEqual(new Set());
    await store.write(WRITTEN);
    await refresh();

    expect(sorted(await reader.groups({ kind: "thing", by: ["org", "repository.id", "octally.deleted"], withDeleted: true }))).toEqual([
      '["octo",1,false,2,0]',
      '["octo",1,true,1,0]',
      '["octo",2,false,1,0]',
      "[null,null,false,1,0]",
    ]);
    expect(sorted(await reader.groups({ kind: "thing", by: ["repository.id"], sum: "id" }))).toEqual(["[1,2,3]", "[2,1,4]", "[null,1,5]"]);
    // Times come as text or as milliseconds.
    const seenAt = await reader.groups({ kind: "thing", by: ["org", "octally.observed_at"], where: { is: { org: ["octo"] } }, withDeleted: true });
    expect(seenAt.map(({ key: [, time] }) => (typeof time === "string" || typeof time === "number" ? new Date(time).toISOString() : "")).toSorted()).toEqual([at(1), at(2), at(3), at(4)]);
    expect(sorted(await reader.groups({ kind: "thing", by: ["color"], where: { is: { "repository.id": [1] }, since: { "octally.observed_at": at(2) } } }))).toEqual(['["blue",1,0]']);

    const ids = async (...args: Parameters<StoreReader["scan"]>): Promise<readonly unknown[]> => idsOf(reader.scan(...args));
    expect(await ids({ kind: "thing", by: "id" })).toEqual([1, 2, 4, 5]);
    expect(await ids({ kind: "thing", by: "id", withDeleted: true, where: { is: { color: ["red"] } } })).toEqual([1, 3, 5]);
    expect(await ids({ kind: "thing", by: "id", where: { lacks: ["color"] } })).toEqual([4]);
    expect(await reader.existing("thing", ["1", "3", "9"])).toEqual(new Set(["1", "3"]));
  });

  test("more groups, documents and ids than a page holds", async () => {
    const { store, reader, refresh } = await makeSubject();
    const many = Array.from({ length: 2300 }, (_, index) => inRepository(index, "octo", observe(thing, { id: 10_000 + index, color: "c" })));
    await store.write(many);
    await refresh();
    const where = { is: { color: ["c"] } };
    expect(await reader.groups({ kind: "thing", by: ["repository.id"], where })).toHaveLength(2300);
    const scanned = await idsOf(reader.scan({ kind: "thing", by: "id", where }));
    expect(scanned).toEqual(many.map(({ document }) => document["id"]));
    expect((await reader.existing("thing", many.map(({ id }) => id))).size).toBe(2300);
  }, 60_000);
}
