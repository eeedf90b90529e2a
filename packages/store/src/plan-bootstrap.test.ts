import { describe, expect, test } from "@jest/globals";
import type { Kind } from "@octally/model/define-kind";
import fc from "fast-check";
import { entry, thing, thingChanged } from "../test/things.ts";
import { indexBodyOf } from "./index-body.ts";
import { planBootstrap, planMissing, type BootstrapStep, type IndexState } from "./plan-bootstrap.ts";

/** A cluster in memory: indices with their fingerprint, aliases, and documents with a version and what decides between equal ones. */
type State = { readonly version: number; readonly rank: number };
type Index = { fingerprint: string | undefined; aliases: Set<string>; documents: Map<string, State>; takesWrites: boolean };
type Cluster = { indices: Map<string, Index>; templates: Map<string, string> };

const emptyCluster = (): Cluster => ({ indices: new Map(), templates: new Map() });
const fingerprintOf = (kind: Kind): string => indexBodyOf(kind).mappings._meta.fingerprint;
const statesOf = ({ indices }: Cluster): readonly IndexState[] => [...indices].map(([name, { fingerprint, aliases }]) => ({ name, fingerprint, aliases: [...aliases] }));
const planOf = (cluster: Cluster, ...kinds: Kind[]): readonly BootstrapStep[] => planBootstrap("p", kinds, statesOf(cluster));

function execute(cluster: Cluster, step: BootstrapStep): void {
  const { indices, templates } = cluster;
  switch (step.do) {
    case "put-template":
      return void templates.set(step.kind.name, fingerprintOf(step.kind));
    case "create-index": {
      if (indices.has(step.index)) return;
      return void indices.set(step.index, { fingerprint: fingerprintOf(step.kind), aliases: new Set(step.aliases.map(({ name }) => name)), documents: new Map(), takesWrites: true });
    }
    case "add-aliases":
      return step.aliases.forEach(({ name }) => indices.get(step.index)?.aliases.add(name));
    case "copy": {
      // By versions alone, as OpenSearch copies.
      const to = indices.get(step.to);
      for (const [id, state] of indices.get(step.from)?.documents ?? []) if ((to?.documents.get(id)?.version ?? -1) < state.version) to?.documents.set(id, state);
      return;
    }
    case "move-aliases":
      for (const { name } of step.aliases) {
        for (const [index, { aliases }] of indices) if (index !== step.to) aliases.delete(name);
        indices.get(step.to)?.aliases.add(name);
      }
      return;
    case "block-writes": {
      const index = indices.get(step.index);
      if (index !== undefined) index.takesWrites = false;
      return;
    }
    case "catch-up":
      for (const [id, state] of indices.get(step.from)?.documents ?? []) put(indices.get(step.to), id, state);
      return;
    case "delete-index":
      return void indices.delete(step.index);
    default:
      step satisfies never;
  }
}

function put(index: Index | undefined, id: string, state: State): void {
  const there = index?.documents.get(id);
  if (there === undefined || state.version > there.version || (state.version === there.version && state.rank > there.rank)) index?.documents.set(id, state);
}

/** Where a write goes. OpenSearch refuses every write through an alias of two indices. */
function targetOf(cluster: Cluster, alias: string): Index {
  const targets = [...cluster.indices.values()].filter(({ aliases }) => aliases.has(alias));
  expect(targets).toHaveLength(1);
  return targets[0]!;
}

function write(cluster: Cluster, alias: string, id: string, version: number): void {
  put(targetOf(cluster, alias), id, { version, rank: 0 });
}

const again: Kind = { ...thing, mappings: { ...thing.mappings, more: { type: "keyword" } } };

describe("the plan of a bootstrap (I9)", () => {
  test("of an empty cluster makes each kind's template and index; a monthly kind's indices come with its months", () => {
    expect(planOf(emptyCluster(), thing, entry)).toEqual([
      { do: "put-template", kind: thing },
      { do: "create-index", index: "p-thing-v1", kind: thing, aliases: [{ name: "p-thing", role: "read" }, { name: "p-thing-all", role: "all" }, { name: "p-thing-write", role: "write" }] },
      { do: "put-template", kind: entry },
    ]);
  });

  test("of a cluster that is as it should be only puts the template", () => {
    const cluster = emptyCluster();
    for (const step of planOf(cluster, thing)) execute(cluster, step);
    expect(planOf(cluster, thing)).toEqual([{ do: "put-template", kind: thing }]);
  });

  test("turns an alias away from all old indices in one step: two would refuse every write", () => {
    const cluster = emptyCluster();
    for (const step of planOf(cluster, thing)) execute(cluster, step);
    // Interrupted before the writes turned, and then the declaration changed again.
    for (const step of planOf(cluster, thingChanged).slice(0, 3)) execute(cluster, step);
    const steps = planOf(cluster, again).map((step) => ("aliases" in step ? `${step.do} ${step.aliases.map(({ role }) => role).join(" ")}` : step.do));
    expect(steps).toEqual(["put-template", "create-index ", "copy", "copy", "move-aliases write", "block-writes", "block-writes", "catch-up", "catch-up", "move-aliases read all", "delete-index", "delete-index"]);
  });

  test("reaches the goal from every interruption, however often, while writes go on; and loses none", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ kind: fc.constantFrom(thing, thingChanged, again), steps: fc.integer({ min: 0, max: 18 }) }), { maxLength: 6 }), fc.constantFrom(thing, thingChanged, again), fc.infiniteStream(fc.record({ version: fc.nat(3), rank: fc.nat(3) })), (starts, last, states) => {
        const cluster = emptyCluster();
        for (const step of planOf(cluster, thing)) execute(cluster, step);
        const [written, random] = [new Map<string, State>(), states[Symbol.iterator]()];
        let count = 0;
        /** It finds its index now, and comes there when it is called. */
        const writeOne = (): (() => void) => {
          const [id, state, found] = [`d${(count += 1) % 5}`, random.next().value!, targetOf(cluster, "p-thing-write")];
          return () => {
            const known = written.get(id);
            if (known === undefined || state.version > known.version || (state.version === known.version && state.rank > known.rank)) written.set(id, state);
            // Refused, it is made again.
            put(found.takesWrites && [...cluster.indices.values()].includes(found) ? found : targetOf(cluster, "p-thing-write"), id, state);
          };
        };
        for (const { kind, steps } of [...starts, { kind: last, steps: Number.POSITIVE_INFINITY }]) {
          for (const step of planOf(cluster, kind).slice(0, steps)) {
            writeOne()();
            const underWay = writeOne();
            execute(cluster, step);
            underWay();
          }
        }
        writeOne()();
        expect([...cluster.indices.values()]).toEqual([{ fingerprint: fingerprintOf(last), aliases: new Set(["p-thing", "p-thing-all", "p-thing-write"]), documents: expect.anything(), takesWrites: true }]);
        expect(new Map([...cluster.indices.values()][0]?.documents)).toEqual(written);
        expect(planOf(cluster, last)).toEqual([{ do: "put-template", kind: last }]);
      }),
      { numRuns: 500 },
    );
  });

  test("readers always find every document that was there before", () => {
    const cluster = emptyCluster();
    for (const step of planOf(cluster, thing)) execute(cluster, step);
    for (const id of ["a", "b"]) write(cluster, "p-thing-write", id, 1);
    for (const step of planOf(cluster, thingChanged)) {
      execute(cluster, step);
      const found = [...cluster.indices.values()].filter(({ aliases }) => aliases.has("p-thing")).flatMap(({ documents }) => [...documents.keys()]);
      expect(found.toSorted()).toEqual(["a", "b"]);
    }
  });

  test("every month of a monthly kind is upgraded by itself", () => {
    const cluster = emptyCluster();
    for (const month of ["2026-01", "2026-02"]) for (const step of planMissing("p", entry, { kind: "entry", month }, statesOf(cluster))) execute(cluster, step);
    const changed: Kind = { ...entry, mappings: { ...entry.mappings, more: { type: "keyword" } } };
    for (const step of planOf(cluster, changed)) execute(cluster, step);
    expect([...cluster.indices.keys()]).toEqual(["p-entry-v2-2026-01", "p-entry-v2-2026-02"]);
  });
});

describe("what a writer makes that finds no index", () => {
  const shelf = { kind: "thing", month: null };

  test("is the index with its template", () => {
    expect(planMissing("p", thing, shelf, []).map((step) => step.do)).toEqual(["put-template", "create-index"]);
  });

  test("is nothing where another was faster, or where an older release's index serves: it never upgrades", () => {
    const cluster = emptyCluster();
    for (const step of planOf(cluster, thing)) execute(cluster, step);
    expect(planMissing("p", thing, shelf, statesOf(cluster))).toEqual([]);
    expect(planMissing("p", thingChanged, shelf, statesOf(cluster))).toEqual([]);
  });

  test("is the aliases alone where the index has lost them, of whatever declaration it is", () => {
    const cluster = emptyCluster();
    for (const step of planOf(cluster, thing)) execute(cluster, step);
    cluster.indices.get("p-thing-v1")?.aliases.clear();
    expect(planMissing("p", thingChanged, shelf, statesOf(cluster))).toMatchObject([{ do: "add-aliases", index: "p-thing-v1", aliases: [{ role: "read" }, { role: "all" }, { role: "write" }] }]);
  });
});
