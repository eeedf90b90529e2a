/** What every implementation of the port `StateStore` keeps; run on the real OpenSearch and on the model in memory. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { StateStore } from "../src/state.ts";
import { observe, thing } from "./things.ts";

export function stateContract(name: string, open: () => Promise<StateStore>): void {
  describe(`a store of states keeps its contract: ${name}`, () => {
    let store: StateStore;
    beforeAll(async () => {
      store = await open();
    });
    const colored = (id: number, color: string) => observe(thing, { id, color });
    const colorOf = async (id: number): Promise<unknown> => (await store.read("thing", [String(id)])).get(String(id))?.document["color"];

    test("what is not there is left out, what is there is read as it is at once", async () => {
      expect(await store.read("thing", [])).toEqual(new Map());
      expect(await store.read("thing", ["901", "902"])).toEqual(new Map());
      await store.put(colored(901, "red"), null);
      expect([...(await store.read("thing", ["901", "902"])).keys()]).toEqual(["901"]);
      expect(await colorOf(901)).toBe("red");
    });

    test("a document is created once", async () => {
      expect(await store.put(colored(910, "red"), null)).not.toBe("taken");
      expect(await store.put(colored(910, "blue"), null)).toBe("taken");
      expect(await colorOf(910)).toBe("red");
    });

    test("a document is replaced only as it was read", async () => {
      await store.put(colored(920, "red"), null);
      const read = (await store.read("thing", ["920"])).get("920");
      const replaced = await store.put(colored(920, "blue"), read?.state ?? null);
      expect(replaced).not.toBe("taken");
      expect(await store.put(colored(920, "green"), read?.state ?? null)).toBe("taken");
      expect(await colorOf(920)).toBe("blue");
      // What the replacement gave is the new state, without another read.
      expect(await store.put(colored(920, "green"), replaced === "taken" ? null : replaced)).not.toBe("taken");
      expect(await colorOf(920)).toBe("green");
    });

    test("of many in the same moment exactly one is first", async () => {
      const results = await Promise.all(Array.from({ length: 8 }, (_, n) => store.put(colored(930, `c${n}`), null)));
      expect(results.filter((result) => result !== "taken")).toHaveLength(1);
    });
  });
}
