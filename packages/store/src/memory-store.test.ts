/** The model in memory keeps the contract, so that histories played on it say something about the real store. */
import { PermanentError } from "@octally/shared/errors";
import { makeMemoryStore } from "../test/memory-store.ts";
import { storeContract } from "../test/store-contract.ts";
import { entry, thing } from "../test/things.ts";

storeContract(
  "the model in memory",
  async () => {
    const store = makeMemoryStore([thing, entry], { refuses: ({ document }) => ("unknown" in document ? new PermanentError("store-refuses", "unknown field") : undefined) });
    return { store, sourceOf: async (kind, id) => store.sourceOf(kind, id) };
  },
  { runs: 500 },
);
