import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Kind } from "@octally/model/define-kind";
import { label } from "@octally/model/kinds/label";
import { milestone } from "@octally/model/kinds/milestone";
import type { Observation } from "@octally/model/observation";
import { toObservation } from "@octally/model/to-observation";
import { makeMemoryLibrary } from "../../../../packages/store/test/memory-library.ts";
import { makeMemoryStore, type MemoryStore } from "../../../../packages/store/test/memory-store.ts";
import { withoutUnchanged } from "./unchanged.ts";

const START_MS = Date.parse("2026-11-01T00:00:00Z");
const place = { org: "o", repository: { id: 1, name_with_owner: "o/r" } };
const wholeSecond = (ms: number): string => new Date(START_MS + Math.floor(ms / 1000) * 1000).toISOString();

/** What was true from a time on: a content, or that it is gone. */
type Change = { readonly atMs: number; readonly content: string | null };

/** A tombstone keeps what the thing was. By a webhook, at the moment of the change; or by a load, whose time is GitHub's Date: whole seconds. */
function observe(kind: Kind, change: Change, atMs: number, source: "webhook" | "rest"): Observation {
  const document = { id: 7, title: change.content ?? "a", ...(kind.updatedAt === undefined ? {} : { [kind.updatedAt]: wholeSecond(change.atMs) }) };
  const observedAt = source === "rest" ? wholeSecond(atMs) : new Date(START_MS + atMs).toISOString();
  return toObservation(kind, "7", document, place, { observedAt, source, archive: null, deletedAt: change.content === null ? observedAt : null });
}

async function load(store: MemoryStore, kind: Kind, observation: Observation): Promise<void> {
  const stored = new Map((await makeMemoryLibrary(store).byIds(kind.name, ["7"])).map((one) => [one.id, one]));
  await store.write(withoutUnchanged(kind, [observation], stored));
}

function contentOf(store: MemoryStore, kind: Kind): string | null {
  const source = store.sourceOf(kind.name, "7") as { title: string | null; octally: { deleted: boolean } } | undefined;
  return source === undefined || source.octally.deleted ? null : source.title;
}

/** Changes some of which fall into the same second and bring back what was; events that come in any order, or never; loads in between. */
const history = fc.record({
  gaps: fc.array(fc.record({ ms: fc.constantFrom(1, 150, 999, 1000, 5000, 3_600_000), content: fc.constantFrom("a", "b", null), lost: fc.boolean(), comes: fc.nat(100) }), { minLength: 1, maxLength: 7 }),
  loads: fc.array(fc.record({ afterChange: fc.nat(6), ms: fc.constantFrom(0, 100, 2500), comes: fc.nat(100) }), { maxLength: 5 }),
});

type History = typeof history extends fc.Arbitrary<infer H> ? H : never;
type Coming = { readonly observation: Observation; readonly by: "event" | "load"; readonly comes: number; readonly lost: boolean };

function play(kind: Kind, { gaps, loads }: History): { readonly truth: Change; readonly coming: readonly Coming[] } {
  let atMs = 0;
  const changes = gaps.map(({ ms, content }) => ({ atMs: (atMs += ms), content }));
  const events = gaps.map(({ lost, comes }, index): Coming => ({ observation: observe(kind, changes[index]!, changes[index]!.atMs, "webhook"), by: "event", comes, lost }));
  const seen = loads.flatMap(({ afterChange, ms, comes }): readonly Coming[] => {
    const change = changes[Math.min(afterChange, changes.length - 1)]!;
    const seenAtMs = Math.min(change.atMs + ms, (changes[changes.indexOf(change) + 1]?.atMs ?? Infinity) - 1);
    return change.content === null ? [] : [{ observation: observe(kind, change, seenAtMs, "rest"), by: "load", comes, lost: false }];
  });
  return { truth: changes.at(-1)!, coming: [...events, ...seen].toSorted((a, b) => a.comes - b.comes) };
}

async function take(store: MemoryStore, kind: Kind, coming: readonly Coming[]): Promise<void> {
  for (const { observation, by } of coming) await (by === "load" ? load(store, kind, observation) : store.write([observation]));
}

describe.each([label, milestone].map((kind) => [kind.name, kind] as const))("leaving out what is stored word for word, of a %s", (_, kind) => {
  test("changes nothing where every change is told at last, in whatever order (I2)", async () => {
    await fc.assert(
      fc.asyncProperty(history, async (given) => {
        const store = makeMemoryStore([kind]);
        const { truth, coming } = play(kind, given);
        await take(store, kind, coming);
        expect(contentOf(store, kind)).toBe(truth.content);
      }),
      { numRuns: 500 },
    );
  });

  test(`after a load no late event of the past brings it back${kind.updatedAt === undefined ? ", or the next comparison of contents mends it" : ""}`, async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(7), async (given, late) => {
        const store = makeMemoryStore([kind]);
        const { truth, coming } = play(kind, given);
        fc.pre(truth.content !== null);
        const told = coming.filter(({ lost }) => !lost);
        await take(store, kind, told.slice(0, told.length - late));
        await load(store, kind, observe(kind, truth, truth.atMs + 60_000, "rest"));
        await take(store, kind, told.slice(told.length - late));
        // An inventory of a kind without a time writes whatever differs.
        if (kind.updatedAt === undefined) await load(store, kind, observe(kind, truth, truth.atMs + 120_000, "rest"));
        expect(contentOf(store, kind)).toBe(truth.content);
      }),
      { numRuns: 500 },
    );
  });
});

describe("what is left out", () => {
  const stored = (observation: Observation) => new Map([["7", { id: "7", org: observation.org, repository: observation.repository, document: observation.document as never, observedAt: observation.observedAt, deletedAt: observation.deletedAt }]]);
  const at = (content: string | null, atMs: number, source: "webhook" | "rest" = "rest"): Observation => observe(milestone, { atMs: 0, content }, atMs, source);

  test("the same content seen later, whichever way it came before", () => {
    expect(withoutUnchanged(milestone, [at("a", 90_000)], stored(at("a", 60_000)))).toEqual([]);
    expect(withoutUnchanged(milestone, [at("a", 90_000)], stored(at("a", 60_000, "webhook")))).toEqual([]);
  });

  test.each([
    ["another content", at("b", 60_000)],
    ["another name of its repository", { ...at("a", 60_000), repository: { id: 1, name_with_owner: "o/old" } }],
    ["a tombstone", at(null, 60_000)],
    ["what was seen within the second of its change", at("a", 1500, "webhook")],
    ["a later time and another content, from a clock that goes wrong", at("b", 9_000_000)],
  ])("not over %s", (_, known) => {
    const seen = at("a", 90_000);
    expect(withoutUnchanged(milestone, [seen], stored(known))).toEqual([seen]);
  });

  test("nothing where a page gives a thing twice and the later of them differs", () => {
    const [earlier, later] = [at("a", 90_000), at("b", 91_000)];
    for (const page of [[earlier, later], [later, earlier]]) {
      expect(withoutUnchanged(milestone, page, stored(at("a", 60_000)))).toEqual(page);
      expect(withoutUnchanged(milestone, page, stored(at("b", 60_000)))).toEqual([]);
    }
  });
});
