import { afterAll, expect, jest, test } from "@jest/globals";
import { makeLibrary } from "../../src/library.ts";
import { makeStore } from "../../src/write.ts";
import { libraryContract } from "../library-contract.ts";
import { openTestStore } from "../test-store.ts";
import { thing } from "../things.ts";

jest.setTimeout(60_000);
const db = openTestStore("library");
const library = makeLibrary(db.client, [thing], db.prefix);
afterAll(() => db.close());

test("before the first document nothing is there", async () => {
  expect(await library.byIds("thing", ["1"])).toEqual([]);
  for await (const some of library.scan("thing", { org: "octo" })) expect(some).toEqual([]);
});

libraryContract("OpenSearch", async () => ({ library, store: makeStore(db.client, [thing], db.prefix) }));
