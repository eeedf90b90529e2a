/** What every implementation of the port `Library` keeps; run on the real OpenSearch and on the model in memory. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Library, StoredDocument } from "../src/library.ts";
import type { Store } from "../src/write.ts";
import { observe, thing } from "./things.ts";

export function libraryContract(name: string, open: () => Promise<{ readonly library: Library; readonly store: Store }>): void {
  describe(`a library keeps its contract: ${name}`, () => {
    let library: Library;
    beforeAll(async () => {
      const opened = await open();
      ({ library } = opened);
      await opened.store.write(Array.from({ length: 1203 }, (_, index) => ({ ...observe(thing, { id: index + 1, color: "red" }), org: "octo", repository: { id: (index % 2) + 1, name_with_owner: `octo/${index % 2}` } })));
    });
    const all = async (of: Parameters<Library["scan"]>[1]): Promise<readonly StoredDocument[]> => {
      const found: StoredDocument[] = [];
      for await (const some of library.scan("thing", of)) found.push(...some);
      return found;
    };

    test("documents by id, without the envelope; those that are not there are left out", async () => {
      const [found, ...others] = await library.byIds("thing", ["7", "no-such"]);
      expect(others).toEqual([]);
      expect(found).toMatchObject({ id: "7", org: "octo", repository: { id: 1, name_with_owner: "octo/0" }, document: { id: 7, color: "red" }, deletedAt: null });
      expect(Object.keys(found?.document ?? {}).toSorted()).toEqual(["color", "id"]);
    });

    test("all of a repository's or an organisation's, each once", async () => {
      const of = await all({ repositoryId: 2 });
      expect(of).toHaveLength(601);
      expect(new Set(of.map(({ id }) => id)).size).toBe(601);
      expect(await all({ org: "octo" })).toHaveLength(1203);
      expect(await all({ org: "nobody" })).toEqual([]);
      expect((await all({ repositoryId: 2, where: { field: "id", is: "8" } })).map(({ id }) => id)).toEqual(["8"]);
      expect(await all({ repositoryId: 1, where: { field: "id", is: "8" } })).toEqual([]);
      expect(await all({ org: "octo", where: { field: "color", is: "red" } })).toHaveLength(1203);
    });
  });
}
