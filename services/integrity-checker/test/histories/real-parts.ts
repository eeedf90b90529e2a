/** The same on a real OpenSearch, queue and bucket. Their time is the machine's, the histories' is GitHub's: what depends on time is decided here, the rest by them. */
import { setTimeout as sleep } from "node:timers/promises";
import { allKinds } from "@octally/model/own/registry";
import { Random } from "@octally/github-simulator/history/random";
import { makeBucket, makeS3Client } from "@octally/shared/bucket";
import { isJsonObject, textAt, type JsonObject } from "@octally/shared/json";
import { makeQueue, makeSqsClient, type Queue } from "@octally/shared/queue";
import { bootstrapStore } from "@octally/store/bootstrap";
import { makeLibrary, toStored } from "@octally/store/library";
import { makeStoreReader, type StoreReader } from "@octally/store/reader";
import { makeRunReads } from "@octally/store/runs";
import { makeStateStore } from "@octally/store/state";
import { makeStore } from "@octally/store/write";
import { openTestStore, type TestStore } from "../../../../packages/store/test/test-store.ts";
import { createQueue } from "../../../sync-worker/test/local-worker.ts";
import type { MortalOpenSearch } from "../../../../test/setup/own-servers.ts";
import { makeDoomedStore, type Around } from "./doomed-store.ts";
import type { Documents, OpenParts } from "./parts.ts";
import type { HistoryQueue, QueueFaults } from "./queue.ts";
import type { Time } from "./time.ts";

export type RealOptions = { readonly server: MortalOpenSearch; /** Of the queue and the archive. */ readonly endpoint: string; /** Whether a search sees what was written a moment ago: asked for each. */ readonly isFresh: (random: Random) => boolean };

/** `standStill`: GitHub's time waits for the machine's. */
export function realParts({ server, endpoint, isFresh }: RealOptions): OpenParts {
  return async ({ name, nowMs, faults, isAway, isCalm, standStill }) => {
    Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
    const own = name.replaceAll(" ", "-");
    const [sqs, s3, db] = [makeSqsClient(), makeS3Client(), openTestStore(own, server.url)];
    const { client, prefix } = db;
    const random = new Random(`${name} parts`);
    const lanes = Object.values(Object.groupBy(allKinds, (_, index) => index % 6));
    await Promise.all(lanes.map((lane) => bootstrapStore(client, lane ?? [], { prefix })));
    const bucketName = prefix;
    const made = await fetch(`${endpoint}/${bucketName}`, { method: "PUT" });
    if (!made.ok) throw new Error(`The bucket was not created: ${made.status}`);
    const urls = new Map(await Promise.all(["deliveries", "sync", "backfill"].map(async (of) => [of, await createQueue(endpoint, `${prefix}-${of}`, { VisibilityTimeout: "3600" })] as const)));
    const still: Around = (call) => (...args) => standStill(call(...args));
    const doomed = makeDoomedStore({ server, client, prefix, random, nowMs, isAway, isCalm });
    let isOld = true;
    const read: Around = (call) => still(doomed.reading(call));
    const written: Around = (call) => {
      const write = doomed.writing(call);
      return still((...args) => {
        isOld = true;
        return write(...args);
      });
    };
    const refreshed = read(async () => {
      if (!isOld || !doomed.isThere() || !(isCalm() || isFresh(random))) return;
      isOld = false;
      // Whoever reads now finds out by itself that it is gone.
      await client.indices.refresh({ index: `${prefix}-*` }).catch(() => (isOld = true));
    });
    const [states, library, runs, bucket] = [makeStateStore(client, allKinds, prefix), makeLibrary(client, allKinds, prefix), makeRunReads(client, prefix), makeBucket(s3, bucketName)];
    return {
      store: { write: written(makeStore(client, allKinds, prefix).write) },
      states: { read: read(states.read), put: written(states.put) },
      library: { byIds: read(library.byIds), scan: (...args) => stillEach(read, library.scan(...args)) },
      reader: makeReader(db, read, refreshed),
      runs: { ...runs, sumsOf: read(runs.sumsOf), findRuns: read(runs.findRuns), readParts: (run) => stillEach(read, runs.readParts(run)) },
      bucket: { put: still(bucket.put), get: still(bucket.get) },
      isAwayItself: true,
      queue: (of) => makeRealQueue(makeQueue(sqs, urls.get(of) ?? ""), { nowMs, random, faults, standStill }),
      deaths: doomed.deaths,
      look: async () => {
        await doomed.heal();
        return readAll(db);
      },
      async close() {
        await doomed.heal();
        await db.close();
        sqs.destroy();
        s3.destroy();
      },
    };
  };
}

async function* stillEach<T>(read: Around, values: AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
  const further = read(() => values.next());
  for (;;) {
    const next = await further();
    if (next.done === true) return;
    yield next.value;
  }
}

function makeReader({ client, prefix }: TestStore, read: Around, refreshed: () => Promise<void>): StoreReader {
  const reader = makeStoreReader(client, prefix);
  const [groups, existing] = [read(reader.groups), read(reader.existing)];
  return {
    async groups(query) {
      await refreshed();
      return groups(query);
    },
    async existing(kind, ids) {
      await refreshed();
      return existing(kind, ids);
    },
    async *scan(query) {
      await refreshed();
      yield* stillEach(read, reader.scan(query));
    },
  };
}

type Waiting = { readonly body: string; readonly attributes: Readonly<Record<string, string>>; readonly receiptHandle: string; visibleAtMs: number; receives: number };
type RealQueueOptions = { readonly nowMs: () => number; readonly random: Random; readonly faults: () => QueueFaults; readonly standStill: Time["standStill"] };

/** Messages are taken off the real queue for an hour, and stand here until GitHub's time has come; who is killed has them come again from the queue. */
export function makeRealQueue(queue: Queue, { nowMs, random, faults, standStill }: RealQueueOptions): HistoryQueue {
  const here = new Map<string, Waiting>();
  let there = 0;
  async function take(): Promise<void> {
    for (let attempts = 0; there > 0 && attempts < 20; attempts += 1) {
      const batch = await queue.receive({ waitSeconds: 0, visibilitySeconds: 3600 });
      if (batch.length === 0) await sleep(50);
      for (const { messageId, receiptHandle, body, attributes } of batch) {
        const { late, latestMs } = faults();
        here.set(messageId, { body, attributes, receiptHandle, visibleAtMs: nowMs() + (random.chance(late) ? random.between(0, latestMs) : 0), receives: 0 });
      }
      there -= batch.length;
    }
  }
  return {
    sendAll: (messages) =>
      standStill(
        (async () => {
          const all = messages.flatMap((message) => (random.chance(faults().doubled) ? [message, message] : [message]));
          await queue.sendAll(all);
          there += all.length;
        })(),
      ),
    async changeVisibility(changes) {
      await Promise.resolve();
      for (const { receiptHandle, seconds } of changes) {
        const found = here.get(receiptHandle);
        if (found !== undefined) found.visibleAtMs = nowMs() + seconds * 1000;
      }
    },
    receive: (most, visibilityMs) =>
      standStill(
        (async () => {
          await take();
          const visible = [...here].filter(([, { visibleAtMs }]) => visibleAtMs <= nowMs());
          const taken = random.chance(faults().reordered) ? random.sample(visible, most) : visible.slice(0, most);
          return taken.map(([messageId, one]) => {
            one.visibleAtMs = nowMs() + visibilityMs;
            one.receives += 1;
            return { body: one.body, attributes: one.attributes, messageId, receiptHandle: messageId, receiveCount: one.receives };
          });
        })(),
      ),
    remove: (handles) =>
      standStill(
        (async () => {
          const known = handles.flatMap((handle) => here.get(handle)?.receiptHandle ?? []);
          if (known.length > 0) await queue.remove(known);
          for (const handle of handles) here.delete(handle);
        })(),
      ),
    crashed: () =>
      standStill(
        (async () => {
          const lost = [...here.values()].map(({ receiptHandle }) => ({ receiptHandle, seconds: 0 }));
          here.clear();
          if (lost.length > 0) await queue.changeVisibility(lost);
          there += lost.length;
        })(),
      ),
    nextAtMs: () => (there > 0 ? nowMs() : [...here.values()].reduce((first, { visibleAtMs }) => Math.min(first, visibleAtMs), Number.POSITIVE_INFINITY)),
    size: () => there + here.size,
    bodies: () => [...here.values()].map(({ body }) => body),
  };
}

/** What a search gives at most. */
const MOST_OF_A_KIND = 10_000;

/** As the store in memory shows them. */
async function readAll({ client, prefix }: TestStore): Promise<Documents> {
  const byKind = new Map<string, Map<string, Documents["all"] extends (kind: string) => readonly (infer D)[] ? D : never>>();
  await client.indices.refresh({ index: `${prefix}-*` });
  for (const { name } of allKinds) {
    const found = new Map<string, NonNullable<ReturnType<Documents["found"]>>>();
    const { body } = await client.search({ index: `${prefix}-${name}-v*`, size: MOST_OF_A_KIND, track_total_hits: true, body: { query: { match_all: {} } } });
    const hits = body.hits.hits;
    if (Number(typeof body.hits.total === "object" ? body.hits.total.value : body.hits.total) !== hits.length) throw new Error(`There are more than ${MOST_OF_A_KIND} documents of ${name}.`);
    for (const { _id: id, _source: source } of hits) if (id !== undefined && isJsonObject(source)) for (const held of toHeld(name, id, source)) found.set(id, held);
    byKind.set(name, found);
  }
  return { all: (kind) => [...(byKind.get(kind)?.values() ?? [])], found: (kind, id) => byKind.get(kind)?.get(id) };
}

function toHeld(kind: string, id: string, source: JsonObject): readonly NonNullable<ReturnType<Documents["found"]>>[] {
  const octally = source["octally"];
  if (!isJsonObject(octally)) return [];
  return toStored(id, source).map(({ org, repository, document, deletedAt, observedAt }) => ({
    source,
    observation: { kind, id, org, repository, document, deletedAt, version: BigInt(textAt(octally, "version") ?? "0"), observedAt, source: "rest" as const, archive: null },
  }));
}
