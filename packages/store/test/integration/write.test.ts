import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Observation } from "@octally/model/observation";
import { bootstrapStore } from "../../src/bootstrap.ts";
import { makeStoreClient } from "../../src/client.ts";
import { makeStore, type Store, type WriteResult } from "../../src/write.ts";
import { storeContract } from "../store-contract.ts";
import { openTestStore } from "../test-store.ts";
import { entry, observe, thing, type ThingOptions } from "../things.ts";

// Making indices takes its time where other test files make theirs.
jest.setTimeout(60_000);
const db = openTestStore("write");
let store: Store;

beforeAll(async () => {
  await bootstrapStore(db.client, [thing, entry], { prefix: db.prefix });
  store = makeStore(db.client, [thing, entry], db.prefix);
});
afterAll(() => db.close());

storeContract("OpenSearch", async () => ({ store, sourceOf: (kind, id) => sourceOrNone(`${db.prefix}-${kind}-all`, id) }), { runs: 15 });

async function sourceOrNone(alias: string, id: string): Promise<unknown> {
  return (await db.client.exists({ index: alias, id })).body ? db.sourceOf(alias, id) : undefined;
}
async function outcomes(...observations: Observation[]): Promise<readonly WriteResult["outcome"][]> {
  return (await store.write(observations)).map(({ outcome }) => outcome);
}
async function colorOf(id: number): Promise<unknown> {
  return ((await db.sourceOf(`${db.prefix}-thing-all`, String(id))) as { color: unknown }).color;
}

describe("writes to OpenSearch", () => {
  test("equal versions that are settled by many writers in the same moment have one outcome (I2)", async () => {
    const ids = range(300, 305);
    const writers = range(1, 9).map((n) => () => store.write(ids.map((id) => observe(thing, { id, color: `c${n}` }, { archive: `input-${n}` }))));
    const results = (await Promise.all(writers.map((write) => write()))).flat();
    expect(results.every(({ outcome }) => outcome !== "failed")).toBe(true);
    expect(await Promise.all(ids.map(colorOf))).toEqual(ids.map(() => "c8"));
  });

  test("what was settled often is still replaced by every later state, and by no earlier one (I1)", async () => {
    for (const n of range(1, 6)) expect(await outcomes(observe(thing, { id: 310, color: `c${n}` }, { archive: `input-${n}` }))).toEqual(["written"]);
    const tenthsLater = (tenths: number): ThingOptions => ({ updatedAt: "2026-11-21T07:00:00.000Z", observedAt: new Date(Date.parse("2026-11-21T07:00:00.000Z") + tenths * 100).toISOString() });
    expect(await outcomes(observe(thing, { id: 310, color: "later" }, tenthsLater(1)))).toEqual(["written"]);
    expect(await outcomes(observe(thing, { id: 310, color: "c9" }, { archive: "input-9" }))).toEqual(["superseded"]);
    expect(await outcomes(observe(thing, { id: 310, color: "last" }, tenthsLater(2)))).toEqual(["written"]);
    expect(await colorOf(310)).toBe("last");
  });

  test("a tombstone is hidden from readers (I7)", async () => {
    expect(await outcomes(observe(thing, { id: 105, color: null }, { deleted: true }))).toEqual(["written"]);
    await db.client.indices.refresh({ index: `${db.prefix}-thing-all` });
    const query = { query: { term: { id: 105 } } };
    expect((await db.client.count({ index: `${db.prefix}-thing`, body: query })).body.count).toBe(0);
    expect((await db.client.count({ index: `${db.prefix}-thing-all`, body: query })).body.count).toBe(1);
  });

  test("what is refused says why (I5)", async () => {
    const [refused] = await store.write([observe(thing, { id: 108, color: "red", unknown: 1 })]);
    expect(refused).toMatchObject({ outcome: "failed", error: { code: "store-refuses", message: expect.stringContaining("strict_dynamic_mapping_exception") }, response: { status: 400 } });
  });

  test("an operation for which OpenSearch refuses the whole request fails alone (I5, I10)", async () => {
    const tooLong = { ...observe(thing, { id: 0, color: "red" }), id: "x".repeat(600) };
    const results = await store.write([...range(120, 127).map((id) => observe(thing, { id, color: "red" })), tooLong, ...range(128, 135).map((id) => observe(thing, { id, color: "red" }))]);
    expect(results.map(({ outcome }) => outcome)).toEqual([...range(120, 127).map(() => "written"), "failed", ...range(128, 135).map(() => "written")]);
    expect(results[7]).toMatchObject({ error: { retryable: false, message: expect.stringContaining("too long") } });
  });

  test("a document that cannot become JSON fails alone (I5, I10)", async () => {
    const endless: Record<string, unknown> = { id: 140 };
    endless["color"] = endless;
    expect(await outcomes(observe(thing, { id: 141, color: "red" }), observe(thing, endless), observe(thing, { id: 142, color: "red" }))).toEqual(["written", "failed", "written"]);
  });

  test("of several requests one that fails takes only its own operations along (I5)", async () => {
    let requests = 0;
    const flaky = makeStore(failingClient(() => (requests += 1) === 2), [thing, entry], db.prefix);
    const results = await flaky.write(range(3000, 4500).map((id) => observe(thing, { id, color: "red" })));
    expect(results.slice(0, 1000).every(({ outcome }) => outcome === "written")).toBe(true);
    expect(results.slice(1000).every((result) => result.outcome === "failed" && result.error.retryable)).toBe(true);
  });

  test("a month whose index cannot be made takes only its own operations along (I5)", async () => {
    const noNewIndex = new Proxy(db.client, {
      get: (target, name, receiver) => (name === "indices" ? { ...target.indices, get: () => Promise.reject(new Error("away")) } : Reflect.get(target, name, receiver)),
    });
    const [year2031, good] = await makeStore(noNewIndex, [thing, entry], db.prefix).write([observe(entry, { id: 1, level: "a" }, { observedAt: "2031-01-01T00:00:00.000Z" }), observe(thing, { id: 150, color: "red" })]);
    expect([year2031?.outcome === "failed" && year2031.error.retryable, good?.outcome]).toEqual([true, "written"]);
  });

  test("a new month, and an index that was deleted under a running system, are made by the write that misses them", async () => {
    expect(await outcomes(observe(entry, { id: 201, level: "a" }, { observedAt: "2027-01-15T00:00:00.000Z" }), observe(entry, { id: 202, level: "a" }, { observedAt: "2027-02-15T00:00:00.000Z" }))).toEqual(["written", "written"]);
    expect(await db.sourcesIn(`${db.prefix}-entry-write-2027-*`)).toEqual([expect.stringContaining(`${db.prefix}-entry-v1-2027-01 201 `), expect.stringContaining(`${db.prefix}-entry-v1-2027-02 202 `)]);
    await db.client.indices.delete({ index: `${db.prefix}-thing-v1` });
    expect(await outcomes(observe(thing, { id: 111, color: "red" }))).toEqual(["written"]);
    expect(await colorOf(111)).toBe("red");
  });

  test("a store that cannot be reached is a transient failure of the call", async () => {
    const unreachable = makeStore(makeStoreClient("http://127.0.0.1:9"), [thing], db.prefix);
    await expect(unreachable.write([observe(thing, { id: 1, color: "red" })])).rejects.toMatchObject({ code: "store-unavailable", retryable: true });
  });

  test("an index that takes no writes is a transient failure of its operations alone (I5)", async () => {
    await db.client.indices.putSettings({ index: `${db.prefix}-entry-v1-2027-01`, body: { index: { blocks: { write: true } } } });
    const results = await store.write([observe(entry, { id: 203, level: "a" }, { observedAt: "2027-01-15T00:00:00.000Z" }), observe(thing, { id: 112, color: "red" })]);
    expect(results.map((result) => (result.outcome === "failed" ? result.error.retryable : result.outcome))).toEqual([true, "written"]);
  });
});

/** The real client, but for bulk requests that `fails` says do not arrive. */
function failingClient(fails: () => boolean): typeof db.client {
  const transport: typeof db.client.transport = Object.create(db.client.transport);
  const request = db.client.transport.request.bind(db.client.transport);
  Object.assign(transport, { request: (...call: Parameters<typeof request>) => (fails() ? Promise.reject(new Error("connection lost")) : request(...call)) });
  return new Proxy(db.client, { get: (target, name, receiver) => (name === "transport" ? transport : Reflect.get(target, name, receiver)) });
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
