import { libraryContract } from "../test/library-contract.ts";
import { makeMemoryLibrary } from "../test/memory-library.ts";
import { makeMemoryStore } from "../test/memory-store.ts";
import { thing } from "../test/things.ts";

libraryContract("in memory", async () => {
  const store = makeMemoryStore([thing]);
  return { store, library: makeMemoryLibrary(store) };
});
