import { afterAll, describe, expect, jest, test } from "@jest/globals";
import type { Kind } from "@octally/model/define-kind";
import { bootstrapStore } from "../../src/bootstrap.ts";
import { makeStore } from "../../src/write.ts";
import { openTestStore } from "../test-store.ts";
import { entry, observe, thing, thingChanged } from "../things.ts";

// Making indices takes its time where other test files make theirs.
jest.setTimeout(60_000);
const db = openTestStore("bootstrap");
afterAll(() => db.close());

async function bootstrap(...kinds: Kind[]): Promise<readonly string[]> {
  return (await bootstrapStore(db.client, kinds, { prefix: db.prefix })).map((step) => step.do).filter((step) => step !== "put-template");
}
async function indices(): Promise<readonly string[]> {
  const { body } = await db.client.indices.getAlias({ index: `${db.prefix}-*` });
  return Object.entries(body).map(([name, { aliases }]) => `${name}: ${Object.keys(aliases).toSorted().join(" ")}`.replaceAll(db.prefix, "p")).toSorted();
}

describe("bootstrap (I9)", () => {
  test("makes every index with its aliases, also when several start at once, and does nothing the second time", async () => {
    await Promise.all([bootstrap(thing, entry), bootstrap(thing, entry), bootstrap(thing, entry)]);
    expect(await indices()).toEqual(["p-thing-v1: p-thing p-thing-all p-thing-write"]);
    expect(await bootstrap(thing, entry)).toEqual([]);
  });

  test("the mapping is strict: a field that no declaration knows is refused", async () => {
    const { body } = await db.client.indices.getMapping({ index: `${db.prefix}-thing-v1` });
    expect(body[`${db.prefix}-thing-v1`]?.mappings.dynamic).toBe("strict");
  });

  test("an alias that somebody took away comes back", async () => {
    await db.client.indices.deleteAlias({ index: `${db.prefix}-thing-v1`, name: `${db.prefix}-thing` });
    expect(await bootstrap(thing)).toEqual(["add-aliases"]);
    expect(await indices()).toEqual(["p-thing-v1: p-thing p-thing-all p-thing-write"]);
  });

  test("a changed declaration makes the next version and moves everything there, while writes go on and none is lost", async () => {
    const old = makeStore(db.client, [thing], db.prefix);
    await old.write(Array.from({ length: 3000 }, (_, id) => observe(thing, { id, color: null })));
    const upgraded = new AbortController();
    let writes = 0;
    // What both declarations can hold: a release that is still running writes on.
    const writer = (async () => {
      while (!upgraded.signal.aborted) {
        const results = await old.write([observe(thing, { id: 10_000 + writes }), observe(thing, { id: writes % 3000 }, { observedAt: new Date(Date.parse("2026-12-01T00:00:00Z") + writes * 1000).toISOString() })]);
        expect(results.map(({ outcome }) => outcome)).toEqual(["written", "written"]);
        writes += 1;
      }
    })();
    const steps = await bootstrap(thingChanged);
    upgraded.abort();
    await writer;
    expect(steps).toEqual(["create-index", "copy", "move-aliases", "block-writes", "catch-up", "move-aliases", "delete-index"]);
    expect(await indices()).toEqual(["p-thing-v2: p-thing p-thing-all p-thing-write"]);
    expect(writes).toBeGreaterThan(3);
    await db.client.indices.refresh({ index: `${db.prefix}-thing` });
    expect((await db.client.count({ index: `${db.prefix}-thing` })).body.count).toBe(3000 + writes);
    const moved = (await db.sourceOf(`${db.prefix}-thing`, String((writes - 1) % 3000))) as { octally: { observed_at: string } };
    expect(moved.octally.observed_at).toBe(new Date(Date.parse("2026-12-01T00:00:00Z") + (writes - 1) * 1000).toISOString());
    // The versions came along: what was older is older still.
    const results = await makeStore(db.client, [thingChanged], db.prefix).write([observe(thingChanged, { id: "0", size: 1 }, { observedAt: "2026-01-01T00:00:00.000Z" })]);
    expect(results[0]?.outcome).toBe("superseded");
  });

  test("an upgrade that was interrupted is resumed", async () => {
    // As an upgrade leaves it that dies after the writes have turned: readers still on the old version.
    await db.client.indices.create({ index: `${db.prefix}-thing-v3` });
    expect(await bootstrap(thing)).toEqual(["create-index", "copy", "copy", "move-aliases", "block-writes", "block-writes", "catch-up", "catch-up", "move-aliases", "delete-index", "delete-index"]);
    expect(await indices()).toEqual(["p-thing-v4: p-thing p-thing-all p-thing-write"]);
    await db.client.indices.create({ index: `${db.prefix}-thing-v5`, body: { aliases: {} } });
    expect(await bootstrap(thing)).toEqual(["copy", "move-aliases", "block-writes", "catch-up", "move-aliases", "delete-index"]);
    expect(await indices()).toEqual(["p-thing-v5: p-thing p-thing-all p-thing-write"]);
  });

  test("every month of a monthly kind is upgraded", async () => {
    const store = makeStore(db.client, [entry], db.prefix);
    await store.write(["2026-01", "2026-02"].map((month, id) => observe(entry, { id, level: "a" }, { observedAt: `${month}-10T00:00:00.000Z` })));
    const changed: Kind = { ...entry, mappings: { ...entry.mappings, extra: { type: "keyword" } } };
    await bootstrap(changed);
    expect((await indices()).filter((line) => line.startsWith("p-entry"))).toEqual([
      "p-entry-v2-2026-01: p-entry p-entry-all p-entry-write-2026-01 p-record p-record-all",
      "p-entry-v2-2026-02: p-entry p-entry-all p-entry-write-2026-02 p-record p-record-all",
    ]);
    expect((await db.client.count({ index: `${db.prefix}-entry` })).body.count).toBe(2);
    // A month that comes after the upgrade is of the new version's mapping.
    await makeStore(db.client, [changed], db.prefix).write([observe(changed, { id: 9, level: "a", extra: "x" }, { observedAt: "2026-03-10T00:00:00.000Z" })]);
    expect((await db.sourcesIn(`${db.prefix}-entry`)).length).toBe(3);
  });
});
