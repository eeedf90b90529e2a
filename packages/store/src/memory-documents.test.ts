/** The model that histories are played on keeps the contract of each port, so that they say something about the real store. */
import { describe, expect, test } from "@jest/globals";
import { PermanentError } from "@octally/shared/errors";
import { libraryContract } from "../test/library-contract.ts";
import { makeMemoryDocuments } from "../test/memory-documents.ts";
import { makeMemoryReader } from "../test/memory-reader.ts";
import { readerContract, readerKinds } from "../test/reader-contract.ts";
import { stateContract } from "../test/state-contract.ts";
import { storeContract } from "../test/store-contract.ts";
import { entry, observe, thing } from "../test/things.ts";

const NAME = "all ports on one memory";

storeContract(
  NAME,
  async () => {
    const documents = makeMemoryDocuments([thing, entry], { refuses: ({ document }) => ("unknown" in document ? new PermanentError("store-refuses", "unknown field") : undefined) });
    return { store: documents.store, sourceOf: async (kind, id) => documents.found(kind, id)?.source };
  },
  { runs: 200 },
);
stateContract(NAME, async () => makeMemoryDocuments([thing]).states);
libraryContract(NAME, async () => makeMemoryDocuments([thing]));
readerContract(() => {
  const documents = makeMemoryDocuments(readerKinds);
  return { store: documents.store, reader: makeMemoryReader(documents), refresh: () => Promise.resolve() };
});

describe("a search that lags behind", () => {
  test("sees what was there then", async () => {
    let now = 0;
    const { store, search } = makeMemoryDocuments([thing], { nowMs: () => now, lagMs: () => 5000 });
    const write = (color: string) => store.write([observe(thing, { id: 1, color }, { observedAt: new Date(now).toISOString() })]);
    const seen = (): readonly unknown[] => [...search("thing")].map(({ color }) => color);
    await write("red");
    expect(seen()).toEqual([]);
    now = 4000;
    await write("blue");
    now = 6000;
    expect(seen()).toEqual(["red"]);
    now = 9000;
    expect(seen()).toEqual(["blue"]);
  });
});
