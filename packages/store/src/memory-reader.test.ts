import { makeMemoryReader } from "../test/memory-reader.ts";
import { makeMemoryStore } from "../test/memory-store.ts";
import { readerContract, readerKinds } from "../test/reader-contract.ts";

readerContract(() => {
  const store = makeMemoryStore(readerKinds);
  return { store, reader: makeMemoryReader(store), refresh: () => Promise.resolve() };
});
