import { afterAll, expect, jest, test } from "@jest/globals";
import { makeStateStore } from "../../src/state.ts";
import { stateContract } from "../state-contract.ts";
import { openTestStore } from "../test-store.ts";
import { observe, thing } from "../things.ts";

jest.setTimeout(60_000);
const db = openTestStore("state");
const store = makeStateStore(db.client, [thing], db.prefix);
afterAll(() => db.close());

test("the first document makes its index, and before it nothing is there", async () => {
  expect(await store.read("thing", ["1"])).toEqual(new Map());
  expect(await store.put(observe(thing, { id: 1, color: "red" }), null)).not.toBe("taken");
  expect((await store.read("thing", ["1"])).get("1")?.document["color"]).toBe("red");
});

stateContract("OpenSearch", async () => store);
