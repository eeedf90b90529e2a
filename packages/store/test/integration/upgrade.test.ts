/** What may come between the steps of an upgrade (I9). */
import { afterAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { Kind } from "@octally/model/define-kind";
import { bootstrapStore } from "../../src/bootstrap.ts";
import type { BootstrapStep } from "../../src/plan-bootstrap.ts";
import { makeStore } from "../../src/write.ts";
import { openTestStore, type TestStore } from "../test-store.ts";
import { observe, thing } from "../things.ts";

jest.setTimeout(60_000);

/** A field more: a release that is still running writes on. */
const wider: Kind = { ...thing, mappings: { ...thing.mappings, more: { type: "keyword" } } };
/** OpenSearch makes no such index. */
const impossible: Kind = { ...thing, mappings: { ...thing.mappings, more: { type: "no-such-type" } } };
/** Makes an index that cannot hold what is there. */
const unfit: Kind = { ...thing, mappings: { ...thing.mappings, color: { type: "long" } } };

let db: TestStore;
const opened: TestStore[] = [];
beforeEach(async () => {
  db = openTestStore("upgrade");
  opened.push(db);
  await bootstrapStore(db.client, [thing], { prefix: db.prefix });
});
afterAll(async () => {
  for (const each of opened) await each.close();
});

const upgrade = (kind: Kind, onStep: (step: BootstrapStep) => void | Promise<void> = () => {}): Promise<readonly BootstrapStep[]> => bootstrapStore(db.client, [kind], { prefix: db.prefix, onStep });
const store = (kind: Kind = thing): ReturnType<typeof makeStore> => makeStore(db.client, [kind], db.prefix);
async function colors(): Promise<Readonly<Record<string, unknown>>> {
  const lines = await db.sourcesIn(`${db.prefix}-thing-all`);
  return Object.fromEntries(lines.map((line) => [line.split(" ")[1], (JSON.parse(line.slice(line.indexOf("{"))) as { color: unknown }).color]));
}
async function indices(): Promise<readonly string[]> {
  const { body } = await db.client.indices.getAlias({ index: `${db.prefix}-*` });
  return Object.entries(body).map(([name, { aliases }]) => `${name}: ${Object.keys(aliases).toSorted().join(" ")}`.replaceAll(db.prefix, "p")).toSorted();
}
const OLD = ["p-thing-v1: p-thing p-thing-all p-thing-write"];
const NEW = ["p-thing-v2: p-thing p-thing-all p-thing-write"];

/** Something done before the first step of that name. */
function before(name: BootstrapStep["do"], work: () => Promise<unknown>): (step: BootstrapStep) => Promise<void> {
  let isDue = true;
  return async (step) => {
    if (step.do !== name || !isDue) return;
    isDue = false;
    await work();
  };
}

describe("between the steps of an upgrade (I9)", () => {
  test("a document that was settled after it was copied, at the same version, stays as it was settled; one that came after is compared", async () => {
    await store().write([observe(thing, { id: 1, color: "a" }), observe(thing, { id: 2, color: "a" })]);
    let turned = false;
    await upgrade(wider, async (step) => {
      if (step.do === "move-aliases" && !turned) {
        turned = true;
        await store().write([observe(thing, { id: 1, color: "b" }), observe(thing, { id: 3, color: "b" }), observe(thing, { id: 4, color: "a" })]);
      } else if (step.do === "catch-up") {
        // In the new index already: of 2 the lesser, of 3 the lesser, of 4 the greater.
        await store().write([observe(thing, { id: 2, color: "A" }), observe(thing, { id: 3, color: "a" }), observe(thing, { id: 4, color: "b" })]);
      }
    });
    expect(await colors()).toEqual({ 1: "b", 2: "a", 3: "b", 4: "b" });
    expect(await indices()).toEqual(NEW);
  });

  test("every document keeps its bytes, also one that was settled", async () => {
    await store().write([observe(thing, { id: 1, color: "a" }), observe(thing, { id: 2, color: null })]);
    await store().write([observe(thing, { id: 1, color: "b" })]);
    const written = await db.sourcesIn(`${db.prefix}-thing-all`);
    await upgrade(wider);
    expect(await db.sourcesIn(`${db.prefix}-thing-all`)).toEqual(written.map((line) => line.replace("-v1 ", "-v2 ")));
    // Still compared by its own version.
    expect(await store().write([observe(thing, { id: 1, color: "c" })])).toEqual([{ outcome: "written" }]);
  });

  test("a write that found the old index before the turn, and comes there after it, is refused; its writer makes it again", async () => {
    const direct = async (color: string): Promise<number | undefined> => {
      const answer = await db.client.index({ index: `${db.prefix}-thing-v1`, id: "9", body: { color } }, { ignore: [403] });
      return answer.statusCode ?? undefined;
    };
    const statuses: unknown[] = [];
    await upgrade(wider, async ({ do: step }) => {
      if (step === "catch-up" || step === "delete-index") statuses.push(await direct(step));
    });
    expect(statuses).toEqual([403, 403]);
    // As such a writer meets it: refused once, and by the next time its alias names the new index.
    await db.client.indices.addBlock({ index: `${db.prefix}-thing-v2`, block: "write" });
    await db.client.indices.create({ index: `${db.prefix}-thing-v3` });
    const request = db.client.transport.request.bind(db.client.transport);
    const turned = jest.spyOn(db.client.transport, "request").mockImplementation((async (params: Parameters<typeof request>[0]) => {
      const answer = await request(params);
      turned.mockRestore();
      await db.client.indices.updateAliases({ body: { actions: ["2", "3"].map((version) => ({ [version === "2" ? "remove" : "add"]: { index: `${db.prefix}-thing-v${version}`, alias: `${db.prefix}-thing-write` } })) } });
      return answer;
    }) as unknown as typeof request);
    expect(await store(wider).write([observe(thing, { id: 9, color: "a" })])).toEqual([{ outcome: "written" }]);
  });

  test("a document that is settled while the writes turn has its own version in the new index, not that of what was there", async () => {
    await store().write([observe(thing, { id: 1, color: "a" })]);
    const newer = `${db.prefix}-thing-v2`;
    const mget = db.client.mget.bind(db.client);
    const turning = jest.spyOn(db.client, "mget").mockImplementation((async (...args: Parameters<typeof mget>) => {
      turning.mockRestore();
      await db.client.indices.create({ index: newer });
      await db.client.indices.updateAliases({ body: { actions: [{ remove: { index: `${db.prefix}-thing-v1`, alias: `${db.prefix}-thing-write` } }, { add: { index: newer, alias: `${db.prefix}-thing-write` } }] } });
      // Something late, that came before what it is later than was copied.
      await store().write([observe(thing, { id: 1, color: "older" }, { observedAt: "2026-11-21T06:59:59.000Z" })]);
      return mget(...args);
    }) as unknown as typeof mget);
    expect(await store().write([observe(thing, { id: 1, color: "b" })])).toEqual([{ outcome: "written" }]);
    await upgrade(thing);
    expect(await colors()).toEqual({ 1: "b" });
  });

  test("a process that dies at any step is followed by one that ends it, with every write in it", async () => {
    const steps = (await upgrade(wider)).length;
    expect(steps).toBe(8);
    let [written, kind] = [0, wider];
    for (let dies = 1; dies <= steps; dies += 1) {
      kind = { ...thing, mappings: { ...thing.mappings, more: { type: "keyword" }, [`more_${dies}`]: { type: "keyword" } } };
      let left = dies;
      const dying = upgrade(kind, async () => {
        if ((left -= 1) < 0) throw new Error("killed");
        await store().write([observe(thing, { id: written, color: String(written) })]);
        written += 1;
      });
      if (dies < steps) await expect(dying).rejects.toThrow("killed");
      else await dying;
      await store().write([observe(thing, { id: written, color: String(written) })]);
      written += 1;
      await upgrade(kind);
      expect(await colors()).toEqual(Object.fromEntries(Array.from({ length: written }, (_, id) => [id, String(id)])));
      expect(await indices()).toHaveLength(1);
    }
  });

  test("several that upgrade at once all end well, with every document", async () => {
    await store().write(Array.from({ length: 200 }, (_, id) => observe(thing, { id, color: "a" })));
    for (let round = 1; round <= 3; round += 1) {
      const kind: Kind = { ...thing, mappings: { ...thing.mappings, [`round_${round}`]: { type: "keyword" } } };
      const stopped = new AbortController();
      const outcomes = new Set<unknown>();
      const writer = (async () => {
        for (let count = 0; !stopped.signal.aborted; count += 1) for (const result of await store().write([observe(thing, { id: round * 1000 + (count % 50), color: "b" })])) outcomes.add(result.outcome === "failed" ? result.error.message : result.outcome);
      })();
      await Promise.all([upgrade(kind), upgrade(kind), upgrade(kind)]);
      stopped.abort();
      await writer;
      expect([...outcomes].filter((outcome) => outcome !== "written" && outcome !== "superseded")).toEqual([]);
      expect(Object.values(await colors()).filter((color) => color === "a")).toHaveLength(200);
      expect(await indices()).toEqual([`p-thing-v${round + 1}: p-thing p-thing-all p-thing-write`]);
      expect(await upgrade(kind)).toEqual([{ do: "put-template", kind }]);
    }
  });

  test("one that another overtakes while it looks around builds nothing a second time", async () => {
    const request = db.client.transport.request.bind(db.client.transport);
    const looking = jest.spyOn(db.client.transport, "request").mockImplementation((async (params: Parameters<typeof request>[0]) => {
      const answer = await request(params);
      if (params.method !== "GET") return answer;
      looking.mockRestore();
      await upgrade(wider);
      return answer;
    }) as unknown as typeof request);
    await upgrade(wider);
    expect(await indices()).toEqual(NEW);
  });

  test("the new index has the new mapping, though a release that still runs has put its own template meanwhile", async () => {
    await upgrade(wider, before("create-index", () => upgrade(thing)));
    expect(await indices()).toEqual(NEW);
    expect(await store(wider).write([observe(wider, { id: 1, color: "a", more: "b" })])).toEqual([{ outcome: "written" }]);
  });

  test("a mapping that OpenSearch refuses, or that cannot hold what is there, leaves everything as it is; the next that fits goes on", async () => {
    await store().write([observe(thing, { id: 1, color: "a" })]);
    await expect(upgrade(impossible)).rejects.toThrow(/no-such-type/);
    expect(await indices()).toEqual(OLD);
    await expect(upgrade(unfit)).rejects.toThrow(/^1 of .*-thing-v1 does not fit into .*-thing-v2: .*failed to parse field \[color\].* The old index still serves\.$/);
    expect((await indices())[0]).toBe(OLD[0]);
    expect(await store().write([observe(thing, { id: 2, color: "b" })])).toEqual([{ outcome: "written" }]);
    await upgrade(wider);
    expect(await indices()).toEqual(["p-thing-v3: p-thing p-thing-all p-thing-write"]);
    // And back: an older release meets the newer index.
    await upgrade(thing);
    expect(await colors()).toEqual({ 1: "a", 2: "b" });
    expect(await indices()).toEqual(["p-thing-v4: p-thing p-thing-all p-thing-write"]);
  });

  test("a second index that gets the write alias does not make it refuse every write", async () => {
    await db.client.indices.create({ index: `${db.prefix}-thing-v0`, body: { aliases: { [`${db.prefix}-thing-write`]: {} } } });
    expect(await store().write([observe(thing, { id: 1, color: "a" })])).toEqual([{ outcome: "written" }]);
    await upgrade(thing);
    expect(await indices()).toEqual(OLD);
    expect(await colors()).toEqual({ 1: "a" });
  });
});
