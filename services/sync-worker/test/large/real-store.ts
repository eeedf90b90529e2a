/** The jobs' parts on a real OpenSearch; GitHub's time stands still while it works. And what it holds, read back. */
import { allKinds } from "@octally/model/own/registry";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import { bootstrapStore } from "@octally/store/bootstrap";
import { makeLibrary } from "@octally/store/library";
import { allAlias } from "@octally/store/names";
import { makeRunReads } from "@octally/store/runs";
import { makeStateStore } from "@octally/store/state";
import { makeStore } from "@octally/store/write";
import type { TestStore } from "../../../../packages/store/test/test-store.ts";
import type { JobWorldOptions } from "../job-world.ts";
import type { SimulatedGitHub } from "../simulated-github.ts";

type Parts = NonNullable<JobWorldOptions["parts"]>;

const PAGE = 5000;

export async function realParts(db: TestStore, simulated: Pick<SimulatedGitHub, "standStill">): Promise<Parts> {
  await bootstrapStore(db.client, allKinds, { prefix: db.prefix });
  return partsOn(db, simulated);
}

/** On a store that is ready for them. */
export function partsOn({ client, prefix }: TestStore, { standStill }: Pick<SimulatedGitHub, "standStill">): Parts {
  const still = <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>): ((...args: A) => Promise<R>) => (...args) => standStill(call(...args));
  const [store, states, library, runs] = [makeStore(client, allKinds, prefix), makeStateStore(client, allKinds, prefix), makeLibrary(client, allKinds, prefix), makeRunReads(client, prefix)];
  return {
    store: { write: still(store.write) },
    states: { read: still(states.read), put: still(states.put) },
    library: { byIds: still(library.byIds), scan: (...args) => stillEach(standStill, library.scan(...args)) },
    runs: { sumsOf: still(runs.sumsOf) },
  };
}

export async function* stillEach<T>(standStill: SimulatedGitHub["standStill"], values: AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
  for (;;) {
    const next = await standStill(values.next());
    if (next.done === true) return;
    yield next.value;
  }
}

/** Every document of a kind by its id, deleted ones too; more than one of an id is an error. */
export async function readBack({ client, prefix }: TestStore, kind: string): Promise<ReadonlyMap<string, JsonObject>> {
  const index = allAlias(prefix, kind);
  await client.indices.refresh({ index });
  const found = new Map<string, JsonObject>();
  for await (const { body } of client.helpers.scrollSearch({ index, size: PAGE, body: { query: { match_all: {} } } })) {
    for (const { _id: id, _source: source } of body.hits.hits) {
      if (id === undefined || !isJsonObject(source)) throw new Error(`${kind}: a hit without a document.`);
      if (found.has(id)) throw new Error(`${kind} ${id} stands twice.`);
      found.set(id, source);
    }
  }
  return found;
}

/** How many documents were ever written to the indices of these kinds; a write that is refused does not count. */
export async function writesTo({ client, prefix }: TestStore, kinds: readonly string[]): Promise<number> {
  const { body } = await client.indices.stats({ index: kinds.map((kind) => `${prefix}-${kind}-v*`), metric: ["indexing"] });
  return body._all.primaries?.indexing?.index_total ?? Number.NaN;
}
