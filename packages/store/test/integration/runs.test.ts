import { afterAll, expect, jest, test } from "@jest/globals";
import { ownKinds } from "@octally/model/own/registry";
import { makeRunReads } from "../../src/runs.ts";
import { makeStateStore } from "../../src/state.ts";
import { runsContract } from "../runs-contract.ts";
import { openTestStore } from "../test-store.ts";

jest.setTimeout(120_000);
const db = openTestStore("runs");
const runs = makeRunReads(db.client, db.prefix);
afterAll(() => db.close());

test("before the first document nothing is there", async () => {
  expect(await runs.sumsOf("a", { fresh: true })).toMatchObject({ states: {}, expected: null, seen: 0 });
  expect(await runs.findRuns("")).toEqual([]);
  for await (const some of runs.readParts("a")) expect(some).toEqual([]);
});

runsContract("OpenSearch", async () => ({ runs, states: makeStateStore(db.client, ownKinds, db.prefix) }));
