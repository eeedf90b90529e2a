import { makeMemoryStateStore } from "../test/memory-state-store.ts";
import { stateContract } from "../test/state-contract.ts";

stateContract("the model in memory", async () => makeMemoryStateStore());
