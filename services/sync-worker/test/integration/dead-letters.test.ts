import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { Kind } from "@octally/model/define-kind";
import { label } from "@octally/model/kinds/label";
import { makeQueue, makeSqsClient, type Queue } from "@octally/shared/queue";
import { toJobMessage, type SyncJob } from "@octally/shared/sync-job";
import { readNewest } from "@octally/store/read";
import { ownKinds } from "@octally/model/own/registry";
import { bootstrapStore } from "@octally/store/bootstrap";
import { dropDeadLetters, listDeadLetters, retryDeadLetters, type DeadLetterPorts } from "../../src/dead-letters.ts";
import { processDeliveries } from "../../src/process-deliveries.ts";
import { processJobs } from "../../src/process-jobs.ts";
import type { JobPorts } from "../../src/job-ports.ts";
import { asMessage, asRecord, createQueue, drain, openLocalWorker, take, type LocalWorker } from "../local-worker.ts";
import { HOOK_ID, labelEvent, recordOf } from "../records.ts";

jest.setTimeout(60_000);
const open: LocalWorker[] = [];
let worker: LocalWorker;
let ports: DeadLetterPorts;
let backfillJobs: Queue;
let deadJobs: Queue;
const sqs = makeSqsClient();

beforeEach(async () => {
  worker = await openLocalWorker("dead-letters", { kinds: [label], maxReceiveCount: 1 });
  open.push(worker);
  await worker.bootstrap();
  const endpoint = process.env["TEST_AWS_ENDPOINT_URL"] ?? "";
  backfillJobs = makeQueue(sqs, await createQueue(endpoint, `${worker.db.prefix}-backfill`));
  deadJobs = makeQueue(sqs, await createQueue(endpoint, `${worker.db.prefix}-jobs-dead`));
  ports = {
    store: worker.ports.store,
    readDocuments: () => readNewest(worker.db.client, `${worker.db.prefix}-dead-letter`, "failed_at"),
    queues: { deliveries: worker.deliveries, "sync-jobs": worker.jobs, "backfill-jobs": backfillJobs },
    deadLetters: { deliveries: worker.deadLetters, jobs: deadJobs },
    clock: () => new Date(),
    pause: { wait: (ms) => delay(ms), random: Math.random },
  };
});
afterAll(async () => {
  sqs.destroy();
  for (const each of open) await each.close();
});

const T = "2026-11-20T10:00:00.000Z";
const LATER = "2026-11-20T10:00:01.000Z";

/** Takes what waits on the deliveries queue, processes it, and acknowledges what the report says. */
async function work(count: number): Promise<readonly string[]> {
  const messages = await take(worker.deliveries, count);
  const report = await processDeliveries(worker.ports, messages.map(asRecord));
  const verdicts = [...report].map(([record, verdict]) => ({ record, is: verdict.is }));
  await worker.deliveries.remove(verdicts.filter(({ is }) => is !== "retry").map(({ record }) => record.receiptHandle));
  return verdicts.map(({ is }) => is);
}
async function storedLabels(): Promise<number> {
  await worker.db.client.indices.refresh({ index: `${worker.db.prefix}-label` });
  return (await worker.db.client.count({ index: `${worker.db.prefix}-label` })).body.count;
}
async function remake(kind: Kind): Promise<void> {
  await worker.db.client.indices.delete({ index: `${worker.db.prefix}-${kind.name}-v*` });
  await bootstrapStore(worker.db.client, [kind, ...ownKinds], { prefix: worker.db.prefix });
}
/** The index was made by a declaration that takes a label's name for a number. */
const wrongLabel: Kind = { ...label, mappings: { ...label.mappings, name: { type: "long" } } };
const waitingIds = async (): Promise<readonly (readonly unknown[])[]> => (await listDeadLetters(ports)).map(({ id, code, waiting }) => [id, code, waiting]);

describe("a poison message fails alone (I10)", () => {
  test("among nine good ones: nine are stored, one is dead, with its reason, request and answer", async () => {
    await remake(wrongLabel);
    const poison = labelEvent("created", 99, T, "not a number");
    const good = Array.from({ length: 9 }, (_, id) => labelEvent("created", id, T, `${id}`));
    await worker.deliveries.sendAll([...good.slice(0, 4), poison, ...good.slice(4)].map(asMessage));
    expect((await work(10)).toSorted()).toEqual(["dead", ...good.map(() => "done")]);
    expect(await storedLabels()).toBe(9);
    // The delivery's own document is written: only the label was refused.
    expect((await worker.db.sourcesIn(`${worker.db.prefix}-delivery`)).length).toBe(10);

    const [letter, ...others] = await listDeadLetters(ports);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ id: `${HOOK_ID}-${poison.attributes["guid"]}`, event: "label", code: "store-refuses", reason: expect.stringContaining("mapper_parsing_exception"), receiveCount: 1, waiting: true, body: poison.body });
    expect(letter?.document).toMatchObject({ queue: "deliveries", retryable: false, request: { attributes: poison.attributes, body: poison.body, body_characters: poison.body.length }, response: { answer: { status: 400, error: { type: "mapper_parsing_exception" } } } });
    const [message] = await drain(worker.deadLetters, 1);
    expect(message).toMatchObject({ body: poison.body, attributes: poison.attributes });
  });

  test("each with its own reason, whatever makes it unreadable", async () => {
    const poisons = [
      [recordOf("label", "{"), "invalid-json"],
      [recordOf("label", "[]"), "not-an-object"],
      [recordOf("label", "a=b", { contentType: "application/x-www-form-urlencoded" }), "invalid-form"],
      [recordOf("label", "", { body: { kind: "base64", text: "/w==" }, guid: "not-utf-8" }), "invalid-utf8"],
      [{ ...recordOf("label", "hello"), attributes: {} }, "not-a-delivery"],
      [recordOf("label", "", { body: { kind: "claim", bucket: "b", key: "claims/none", bytes: 1 }, guid: "no-claim" }), "no-such-object"],
      // Refused by OpenSearch for the whole request: an id over 512 bytes.
      [recordOf("label", {}, { guid: "x".repeat(600), messageId: "too-long" }), "store-refuses"],
      // The reason quotes it, and some queues refuse it.
      [recordOf("label", "", { body: { kind: "base64", text: Buffer.from("{\u{1F600}").toString("base64") }, guid: "smile" }), "invalid-json"],
    ] as const;
    const records = [labelEvent("created", 1, T), ...poisons.map(([record]) => record), labelEvent("created", 2, T)];
    const report = await processDeliveries(worker.ports, records);
    expect(records.map((record) => report.get(record)?.is)).toEqual(["done", ...poisons.map(() => "dead"), "done"]);
    expect([...report.keys()]).toEqual(records);
    const letters = await listDeadLetters(ports);
    expect(letters.map(({ code, waiting, body }) => ({ code, waiting, body })).toSorted(byCode)).toEqual(poisons.map(([{ body }, code]) => ({ code, waiting: true, body })).toSorted(byCode));
    await drain(worker.deadLetters, poisons.length);
  });
});

function byCode(a: { readonly code: string; readonly body: string | null }, b: { readonly code: string; readonly body: string | null }): number {
  return `${a.code} ${a.body}` < `${b.code} ${b.body}` ? -1 : 1;
}

describe("operators' commands on dead letters", () => {
  test("retry, once the cause is gone, stores it and leaves neither document nor message", async () => {
    await remake(wrongLabel);
    const poison = labelEvent("created", 1, T, "bug");
    await worker.deliveries.send(asMessage(poison));
    expect(await work(1)).toEqual(["dead"]);
    await remake(label);
    const id = `${HOOK_ID}-${poison.attributes["guid"]}`;
    expect(await retryDeadLetters(ports, { ids: [id, "nobody"] })).toEqual({ done: [id], unknown: ["nobody"], gone: [] });
    expect(await work(1)).toEqual(["done"]);
    expect(await storedLabels()).toBe(1);
    expect(await listDeadLetters(ports)).toEqual([]);
    await drain(worker.deadLetters, 0);
    await drain(worker.deliveries, 0);
  });

  test("retry, while the cause persists, is dead again with a later document", async () => {
    await remake(wrongLabel);
    await worker.deliveries.send(asMessage(labelEvent("created", 1, T, "bug")));
    expect(await work(1)).toEqual(["dead"]);
    const [first] = await listDeadLetters(ports);
    await retryDeadLetters(ports, { all: true });
    expect(await ports.readDocuments()).toEqual([]);
    expect(await work(1)).toEqual(["dead"]);
    const [second, ...others] = await listDeadLetters(ports);
    expect(others).toEqual([]);
    expect(second).toMatchObject({ id: first?.id, waiting: true, code: "store-refuses", body: first?.body });
    expect(Date.parse(second?.failedAt ?? "")).toBeGreaterThan(Date.parse(first?.failedAt ?? ""));
    await drain(worker.deadLetters, 1);
  });

  test("drop gives up the chosen one alone", async () => {
    const bad = [recordOf("label", "{1"), recordOf("label", "{2")];
    await processDeliveries(worker.ports, bad);
    const [one, other] = bad.map(({ attributes }) => `${HOOK_ID}-${attributes["guid"]}`);
    expect(await dropDeadLetters(ports, { ids: [one ?? ""] })).toEqual({ done: [one], unknown: [], gone: [] });
    expect(await waitingIds()).toEqual([[other, "invalid-json", true]]);
    expect((await drain(worker.deadLetters, 1)).map(({ body }) => body)).toEqual(["{2"]);
    // Its message is gone now: the document says so, and can still be dropped.
    expect(await waitingIds()).toEqual([[other, "invalid-json", false]]);
    // Retried it cannot be, and nobody says that it was.
    expect(await retryDeadLetters(ports, { all: true })).toEqual({ done: [], unknown: [], gone: [other] });
    expect(await waitingIds()).toEqual([[other, "invalid-json", false]]);
    expect(await dropDeadLetters(ports, { all: true })).toEqual({ done: [other], unknown: [], gone: [] });
    expect(await listDeadLetters(ports)).toEqual([]);
  });

  test("a message that the queue itself moved, because its worker never finished, is listed and can be retried", async () => {
    await worker.deliveries.send(asMessage(labelEvent("created", 1, LATER)));
    // Received once and never acknowledged; the queue allows one attempt.
    const [taken] = await take(worker.deliveries, 1);
    await worker.deliveries.changeVisibility([{ receiptHandle: taken?.receiptHandle ?? "", seconds: 0 }]);
    expect(await worker.deliveries.receive({ waitSeconds: 1, visibilitySeconds: 30 })).toEqual([]);
    const letters = await listDeadLetters(ports);
    expect(letters).toMatchObject([{ event: "label", code: "never-finished", document: null, waiting: true }]);
    expect((await retryDeadLetters(ports, { ids: letters.map(({ id }) => id) })).done).toHaveLength(1);
    expect(await work(1)).toEqual(["done"]);
    expect(await storedLabels()).toBe(1);
    expect(await listDeadLetters(ports)).toEqual([]);
  });

  test("looking leaves everything where it was, also more than one receive can take", async () => {
    await processDeliveries(worker.ports, Array.from({ length: 25 }, (_, index) => recordOf("label", `{${index}`)));
    expect(await listDeadLetters(ports)).toHaveLength(25);
    expect((await listDeadLetters(ports)).filter(({ waiting }) => waiting)).toHaveLength(25);
    expect(await worker.deadLetters.depth()).toEqual({ visible: 25, inFlight: 0, delayed: 0 });
    expect((await retryDeadLetters(ports, { all: true })).done).toHaveLength(25);
    expect((await work(25)).every((is) => is === "dead")).toBe(true);
    await drain(worker.deadLetters, 25);
  });
});

describe("several operators", () => {
  const bad = (count: number) => Array.from({ length: count }, (_, index) => recordOf("label", `{${index}`));

  test("who looks at the same time sees every letter, however many there are", async () => {
    await processDeliveries(worker.ports, bad(60));
    const looks = await Promise.all([listDeadLetters(ports), listDeadLetters(ports), listDeadLetters(ports)]);
    expect(looks.map((letters) => letters.filter(({ waiting }) => waiting).length)).toEqual([60, 60, 60]);
    await drain(worker.deadLetters, 60);
  });

  test("what an interrupted command still holds is waited for, not taken for gone", async () => {
    await processDeliveries(worker.ports, bad(3));
    await worker.deadLetters.receive({ waitSeconds: 1, visibilitySeconds: 3 });
    expect((await listDeadLetters(ports)).map(({ waiting }) => waiting)).toEqual([true, true, true]);
    await drain(worker.deadLetters, 3);
  });

  test("retried twice at once, each goes back once, and only one says that it did it", async () => {
    await processDeliveries(worker.ports, bad(40));
    const outcomes = await Promise.all([retryDeadLetters(ports, { all: true }), retryDeadLetters(ports, { all: true })]);
    const done = outcomes.flatMap((outcome) => outcome.done);
    expect([done.length, new Set(done).size]).toEqual([40, 40]);
    await drain(worker.deliveries, 40);
    expect(await listDeadLetters(ports)).toEqual([]);
    await drain(worker.deadLetters, 0);
  });

  test("retry tries each once, also what fails again while it goes on", async () => {
    await processDeliveries(worker.ports, bad(25));
    const failing: DeadLetterPorts = { ...ports, queues: { ...ports.queues, deliveries: { sendAll: async (messages) => void (await processDeliveries(worker.ports, messages.map((message) => asRecord({ ...message, messageId: "again", receiptHandle: "again" })))) } } };
    expect((await retryDeadLetters(failing, { all: true })).done).toHaveLength(25);
    expect((await listDeadLetters(ports)).filter(({ waiting, document }) => waiting && document !== null)).toHaveLength(25);
    await drain(worker.deadLetters, 25);
  });

  test("what could not be sent back is still there, at once", async () => {
    await processDeliveries(worker.ports, bad(25));
    const failing: DeadLetterPorts = { ...ports, queues: { ...ports.queues, deliveries: { sendAll: () => Promise.reject(new Error("away")) } } };
    await expect(retryDeadLetters(failing, { all: true })).rejects.toThrow("away");
    expect(await worker.deadLetters.depth()).toEqual({ visible: 25, inFlight: 0, delayed: 0 });
    expect((await listDeadLetters(ports)).filter(({ waiting }) => waiting)).toHaveLength(25);
    await drain(worker.deadLetters, 25);
  });
});

describe("jobs that could not be done", () => {
  const place = { org: "octo", repository: { id: 1, name_with_owner: "octo/hello" } };
  const refreshing: SyncJob = { type: "refresh", kind: "no-such-kind", ...place, subjects: [{ key: "1" }, { key: "2" }], reason: "test" };
  const relisting: SyncJob = { type: "backfill", run: "repair:refresh", part: "p1", turn: 0, source: "octo/hello", since: null, until: null, ...place, org_id: null, list: { kind: "label", way: 0, with: [] }, expected: null };
  const loading: SyncJob = { ...relisting, run: "backfill-1", part: "p2" };

  /** As the jobs' handler does it, with a GitHub that nobody asks. */
  async function workJobs(queue: Queue, queueName: string, count: number): Promise<readonly string[]> {
    const messages = await take(queue, count);
    const github = { app: null, clientFor: () => Promise.resolve({ is: "connected", github: { nowMs: () => Date.now() } }) } as unknown as JobPorts["github"];
    const jobPorts = { ...worker.ports, github, deadLetters: deadJobs } as unknown as JobPorts;
    const report = await processJobs(jobPorts, { records: messages.map(asRecord), queue, queueName, timeMs: 10_000 });
    await queue.remove(messages.map(({ receiptHandle }) => receiptHandle));
    return [...report.values()].map(({ is }) => is);
  }

  test("are listed by what they were to do, and retried on the queue that they came from", async () => {
    const syncJobs = worker.jobs;
    await syncJobs.sendAll([toJobMessage(refreshing), { body: "{}", attributes: {} }]);
    expect(await workJobs(syncJobs, "sync-jobs", 2)).toEqual(["dead", "dead"]);
    await worker.deliveries.sendAll([asMessage(recordOf("label", "{"))]);
    expect(await work(1)).toEqual(["dead"]);
    const letters = await listDeadLetters(ports);
    expect(letters.map(({ queue, event, job, code, waiting }) => ({ queue, event, job, code, waiting })).toSorted((a, b) => (a.code < b.code ? -1 : 1))).toEqual([
      { queue: "deliveries", event: "label", job: null, code: "invalid-json", waiting: true },
      { queue: "sync-jobs", event: null, job: "no job that this release can read", code: "not-a-job", waiting: true },
      { queue: "sync-jobs", event: null, job: "refresh 2 of no-such-kind, octo/hello", code: "unknown-kind", waiting: true },
    ]);
    expect(await dropDeadLetters(ports, { ids: [letters.find(({ code }) => code === "not-a-job")?.id ?? ""] })).toMatchObject({ unknown: [] });
    expect((await retryDeadLetters(ports, { all: true })).done).toHaveLength(2);
    expect((await drain(syncJobs, 1)).map(({ body, attributes }) => ({ body, attributes }))).toEqual([toJobMessage(refreshing)]);
    expect((await drain(worker.deliveries, 1)).map(({ body }) => body)).toEqual(["{"]);
    expect(await listDeadLetters(ports)).toEqual([]);
    await drain(deadJobs, 0);
  });

  test("that the queue itself moved go back by what they are: the history to its own queue, repairs to that of live work", async () => {
    await deadJobs.sendAll([loading, relisting, refreshing].map(toJobMessage));
    expect((await listDeadLetters(ports)).map(({ queue, job, code }) => `${queue}: ${job}: ${code}`).toSorted()).toEqual([
      "backfill-jobs: backfill of label, octo/hello: never-finished",
      "sync-jobs: backfill of label, octo/hello: never-finished",
      "sync-jobs: refresh 2 of no-such-kind, octo/hello: never-finished",
    ]);
    await retryDeadLetters(ports, { all: true });
    expect((await drain(backfillJobs, 1)).map(({ body }) => body)).toEqual([toJobMessage(loading).body]);
    expect((await drain(worker.jobs, 2)).map(({ body }) => body).toSorted()).toEqual([relisting, refreshing].map((job) => toJobMessage(job).body).toSorted());
    await drain(worker.deliveries, 0);
    await drain(deadJobs, 0);
  });
});
