import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { label } from "@octally/model/kinds/label";
import { issue } from "@octally/model/kinds/issue";
import { allKinds } from "@octally/model/own/registry";
import { makeBucket, makeS3Client, type Bucket } from "@octally/shared/bucket";
import { makeQueue, makeSqsClient } from "@octally/shared/queue";
import { storeClaim } from "@octally/shared/claims";
import { makeStoreClient } from "@octally/store/client";
import { makeStore } from "@octally/store/write";
import type { WorkerPorts } from "../../src/ports.ts";
import { processDeliveries } from "../../src/process-deliveries.ts";
import type { QueueRecord } from "../../src/core/queue-record.ts";
import { drain, openLocalWorker, type LocalWorker } from "../local-worker.ts";
import { HOOK_ID, labelEvent, recordOf, repository } from "../records.ts";

jest.setTimeout(60_000);
const kinds = [label, issue];
let worker: LocalWorker;

beforeAll(async () => {
  worker = await openLocalWorker("faults", { kinds });
  await worker.bootstrap();
});
afterAll(() => worker.close());

const NOWHERE = "http://127.0.0.1:9";
const T = "2026-11-20T10:00:00.000Z";
let lastId = 0;

/** One that asks for a document, one that asks for a job (an issue that is not whole), one that is poison. */
function batch(): { readonly good: QueueRecord; readonly asking: QueueRecord; readonly poison: QueueRecord; readonly all: readonly QueueRecord[] } {
  const id = (lastId += 1);
  const good = labelEvent("created", id, T);
  const asking = recordOf("issues", { action: "opened", issue: { id, node_id: `I_${id}`, number: id }, repository });
  const poison = recordOf("label", `{${id}`);
  return { good, asking, poison, all: [good, asking, poison] };
}
/** As the intake leaves what is too large for the queue. */
async function asClaim(record: QueueRecord): Promise<QueueRecord> {
  const { guid = "", received_at: receivedAt = "" } = record.attributes;
  const claim = await storeClaim(worker.ports.bucket, { guid, hookId: HOOK_ID, event: "label", targetType: null, targetId: null, contentType: "application/json", receivedAt }, Buffer.from(record.body));
  return { ...record, body: JSON.stringify(claim), attributes: { ...record.attributes, body_kind: "claim" } };
}
/** Each is more than half of what may be in memory at once. */
async function largeOnes(): Promise<[QueueRecord, QueueRecord]> {
  const one = (): Promise<QueueRecord> => {
    const record = labelEvent("created", (lastId += 1), T);
    return asClaim({ ...record, body: record.body.replace("{", `{"padding":"${"x".repeat(3 * 1024 * 1024)}",`) });
  };
  return [await one(), await one()];
}
async function verdicts(records: readonly QueueRecord[], ports: Partial<WorkerPorts> = {}): Promise<readonly string[]> {
  return [...(await processDeliveries({ ...worker.ports, ...ports }, records)).values()].map((verdict) => (verdict.is === "done" ? "done" : `${verdict.is} ${verdict.error.code}`));
}
/** What the batch asked for is there, all of it: archive, documents, job, dead letter. */
async function expectComplete({ good, asking, poison }: ReturnType<typeof batch>, sent: { readonly jobs: number; readonly deadLetters: number } = { jobs: 1, deadLetters: 1 }): Promise<void> {
  const id = (JSON.parse(good.body) as { label: { id: number } }).label.id;
  const sourceOf = (kind: string, documentId: string): Promise<unknown> => worker.db.sourceOf(`${worker.db.prefix}-${kind}-all`, documentId);
  expect(await sourceOf("label", `${id}`)).toMatchObject({ name: "bug" });
  const archiveKeys: string[] = [];
  for (const { attributes } of [good, asking]) {
    const delivery = (await sourceOf("delivery", `${HOOK_ID}-${attributes["guid"]}`)) as { archive_key: string };
    archiveKeys.push(delivery.archive_key);
  }
  for (const key of archiveKeys) expect((await worker.ports.bucket.get(key)).byteLength).toBeGreaterThan(0);
  expect(await sourceOf("dead-letter", `${HOOK_ID}-${poison.attributes["guid"]}`)).toMatchObject({ code: "invalid-json" });
  expect(new Set((await drain(worker.jobs, sent.jobs)).map(({ body }) => body)).size).toBe(1);
  expect(new Set((await drain(worker.deadLetters, sent.deadLetters)).map(({ body }) => body))).toEqual(new Set([poison.body]));
}
function brokenQueue(): Pick<WorkerPorts["jobs"], "sendAll"> {
  const queue = makeQueue(makeSqsClient(), `${NOWHERE}/000000000000/gone`);
  // The client reads its endpoint at the first call.
  return { sendAll: (messages) => withEndpoint(NOWHERE, () => queue.sendAll(messages)) };
}
async function withEndpoint<T>(url: string, work: () => Promise<T>): Promise<T> {
  const before = process.env["AWS_ENDPOINT_URL"];
  process.env["AWS_ENDPOINT_URL"] = url;
  try {
    return await work();
  } finally {
    process.env["AWS_ENDPOINT_URL"] = before;
  }
}

describe("what is down costs exactly the messages that need it, and nothing is lost (I5, I6)", () => {
  test("the store cannot be reached: all come again, also the poison, which cannot be buried", async () => {
    const sent = batch();
    const store = makeStore(makeStoreClient(NOWHERE), allKinds, worker.db.prefix);
    expect(await verdicts(sent.all, { store })).toEqual(["retry store-unavailable", "retry store-unavailable", "retry store-unavailable"]);
    await drain(worker.jobs, 0);
    await drain(worker.deadLetters, 0);
    expect(await verdicts(sent.all)).toEqual(["done", "done", "dead invalid-json"]);
    await expectComplete(sent);
  });

  test("the store answers 429 for the whole request", async () => {
    const busy = await serve(429, { error: { type: "circuit_breaking_exception", reason: "too much" }, status: 429 });
    const sent = batch();
    const store = makeStore(makeStoreClient(busy.url), allKinds, worker.db.prefix);
    expect(await verdicts(sent.all, { store })).toEqual(["retry store-unavailable", "retry store-unavailable", "retry store-unavailable"]);
    busy.server.close();
    expect(await verdicts(sent.all)).toEqual(["done", "done", "dead invalid-json"]);
    await expectComplete(sent);
  });

  test("the store answers 429 for one document: its message alone comes again, and asks for nothing yet", async () => {
    const sent = batch();
    const store = rejecting("issues");
    expect(await verdicts(sent.all, { store })).toEqual(["done", "retry store-unavailable", "dead invalid-json"]);
    await drain(worker.jobs, 0);
    expect(await verdicts([sent.asking])).toEqual(["done"]);
    await expectComplete(sent);
  });

  test("the bucket cannot be reached: nothing is written that could not be replayed", async () => {
    const sent = batch();
    const bucket = await withEndpoint(NOWHERE, async () => makeBucket(makeS3Client(500), "gone"));
    const down: Bucket = { ...bucket, put: (...call) => withEndpoint(NOWHERE, () => bucket.put(...call)) };
    expect(await verdicts(sent.all, { bucket: down })).toEqual(["retry bucket-unavailable", "retry bucket-unavailable", "retry bucket-unavailable"]);
    const id = (JSON.parse(sent.good.body) as { label: { id: number } }).label.id;
    await expect(worker.db.sourceOf(`${worker.db.prefix}-label-all`, `${id}`)).rejects.toMatchObject({ statusCode: 404 });
    expect(await verdicts(sent.all)).toEqual(["done", "done", "dead invalid-json"]);
    await expectComplete(sent);
  });

  test("bodies that are too large for the memory together are stored in pieces: one that cannot be archived does not keep the others (I5)", async () => {
    const [first, second] = await largeOnes();
    let puts = 0;
    const bucket: Bucket = { ...worker.ports.bucket, put: (...given) => ((puts += 1) === 2 ? makeBucket(makeS3Client(), "no-such-bucket") : worker.ports.bucket).put(...given) };
    expect(await verdicts([first, second], { bucket })).toEqual(["done", "retry bucket-unavailable"]);
    expect(puts).toBe(2);
    expect(await verdicts([second])).toEqual(["done"]);
  });

  test("what a batch has no time for is not begun, and comes again", async () => {
    const [first, second] = await largeOnes();
    const times = [true, false].values();
    const report = await processDeliveries(worker.ports, [first, second], () => times.next().value === true);
    expect([...report.values()]).toMatchObject([{ is: "done" }, { is: "retry", error: { code: "out-of-time" } }]);
    expect(await verdicts([second])).toEqual(["done"]);
  });

  test("the jobs queue is down: only the message that asks for a job comes again", async () => {
    const sent = batch();
    expect(await verdicts(sent.all, { jobs: brokenQueue() })).toEqual(["done", "retry queue-unavailable", "dead invalid-json"]);
    expect(await verdicts([sent.asking])).toEqual(["done"]);
    await expectComplete(sent);
  });

  test("the dead-letter queue is down: the poison comes again, and is not lost", async () => {
    const sent = batch();
    expect(await verdicts(sent.all, { deadLetters: brokenQueue() })).toEqual(["done", "done", "retry queue-unavailable"]);
    expect(await verdicts([sent.poison])).toEqual(["dead invalid-json"]);
    await expectComplete(sent);
  });

  test("the delay of the retries cannot be set: they come again all the same", async () => {
    const sent = batch();
    const deliveries = { changeVisibility: () => Promise.reject(new Error("away")) };
    expect(await verdicts([sent.asking], { deliveries, jobs: brokenQueue() })).toEqual(["retry queue-unavailable"]);
  });

  test("a claim whose body is gone is dead alone, and done once the body is there again", async () => {
    const [claimed, good] = [labelEvent("created", (lastId += 1), T), labelEvent("created", (lastId += 1), T)];
    const body = Buffer.from(claimed.body);
    const key = "claims/test";
    const record = { ...claimed, body: JSON.stringify({ bucket: worker.ports.bucket.name, key, bytes: body.byteLength }), attributes: { ...claimed.attributes, body_kind: "claim" } };
    expect(await verdicts([record, good])).toEqual(["dead no-such-object", "done"]);
    await drain(worker.deadLetters, 1);
    await worker.ports.bucket.put(key, body, "application/json");
    expect(await verdicts([record])).toEqual(["done"]);
  });

  test("a claim is read from where the intake puts it", async () => {
    const sent = labelEvent("created", (lastId += 1), T);
    const claimed = await asClaim(sent);
    expect(JSON.parse(claimed.body)).toMatchObject({ bytes: sent.body.length });
    expect(await verdicts([claimed])).toEqual(["done"]);
  });
});

describe("a worker that is killed at any step is repeated, and the outcome is as if nothing had happened (I6)", () => {
  /** Every call to the outside counts as a step; from step k on, none arrives. */
  function dyingAt(k: number): Partial<WorkerPorts> {
    let step = 0;
    const alive = (): boolean => (step += 1) < k;
    const through =
      <A extends unknown[], R>(call: (...given: A) => Promise<R>) =>
      (...given: A): Promise<R> =>
        alive() ? call(...given) : Promise.reject(new Error("killed"));
    const { store, bucket, jobs, deadLetters, deliveries } = worker.ports;
    return {
      store: { write: through(store.write) },
      bucket: { ...bucket, put: through(bucket.put), get: through(bucket.get) },
      jobs: { sendAll: through(jobs.sendAll) },
      deadLetters: { sendAll: through(deadLetters.sendAll) },
      deliveries: { changeVisibility: through(deliveries.changeVisibility) },
    };
  }

  // The archive of two days, documents, jobs, the dead letter's document and its message; the seventh never comes.
  test.each([1, 2, 3, 4, 5, 6, 7])("at step %s", async (k) => {
    const sent = batch();
    const first = await processDeliveries({ ...worker.ports, ...dyingAt(k) }, sent.all);
    // Killed: whatever the report was to say, nobody heard it. All come again.
    expect([...first.values()].some(({ is }) => is === "retry")).toBe(k <= 6);
    expect(await verdicts(sent.all)).toEqual(["done", "done", "dead invalid-json"]);
    // A job or a dead letter may have been sent twice; both are harmless, and the same.
    const [jobs, deadLetters] = [await worker.jobs.depth(), await worker.deadLetters.depth()];
    expect([1, 2]).toContain(jobs.visible);
    expect([1, 2]).toContain(deadLetters.visible);
    await expectComplete(sent, { jobs: jobs.visible, deadLetters: deadLetters.visible });
  });
});

function rejecting(event: string): WorkerPorts["store"] {
  return makeStore(
    new Proxy(worker.db.client, {
      get(target, name, receiver) {
        if (name !== "transport") return Reflect.get(target, name, receiver);
        return {
          async request(call: { readonly method: string; readonly path: string; readonly bulkBody: string }) {
            const answer = await target.transport.request(call);
            const { bulkBody } = call;
            const sources = bulkBody.trimEnd().split("\n").filter((_, index) => index % 2 === 1);
            const { items } = answer.body as { items: { index: unknown }[] };
            for (const [index, item] of items.entries()) if (sources[index]?.includes(`"event":"${event}"`) === true) item.index = { status: 429, error: { type: "rejected_execution_exception", reason: "queue full" } };
            return answer;
          },
        };
      },
    }),
    allKinds,
    worker.db.prefix,
  );
}

async function serve(status: number, body: unknown): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
