import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { Kind } from "@octally/model/define-kind";
import { issue } from "@octally/model/kinds/issue";
import { label } from "@octally/model/kinds/label";
import { processDeliveries } from "../../src/process-deliveries.ts";
import { replay, type ReplayFilter, type ReplayProgress } from "../../src/replay.ts";
import { openLocalWorker, type LocalWorker } from "../local-worker.ts";
import { arrivalOf, labelEvent, randomOf, recordOf, recordedDeliveries, repository } from "../records.ts";

jest.setTimeout(120_000);

async function deleteEverything({ db }: LocalWorker): Promise<void> {
  await db.client.indices.delete({ index: `${db.prefix}-*` });
  await db.client.indices.deleteIndexTemplate({ name: `${db.prefix}-*` });
}
async function replayed(worker: LocalWorker, filter: ReplayFilter = {}, kinds: readonly Kind[] = worker.ports.kinds): Promise<ReplayProgress> {
  const { bucket, jobs } = worker.ports;
  return replay({ kinds, bucket, jobs, store: worker.storeOf(kinds) }, filter, () => {});
}

describe("the archive rebuilds everything (I8)", () => {
  let worker: LocalWorker;
  beforeAll(async () => {
    worker = await openLocalWorker("replay-all");
    await worker.bootstrap();
  });
  afterAll(() => worker.close());

  test("all recorded payloads, after all indices and templates were deleted, byte for byte; and a second run changes nothing", async () => {
    const deliveries = recordedDeliveries();
    for (const batch of arrivalOf(deliveries, randomOf(7), 60)) await processDeliveries(worker.ports, batch);
    // All of it, also in which of several objects a delivery lies.
    const everything = async (): Promise<readonly string[]> => (await worker.db.sourcesIn(`${worker.db.prefix}-*`)).toSorted();
    const before = await everything();
    expect(before.length).toBeGreaterThan(390);
    await deleteEverything(worker);
    expect(await everything()).toEqual([]);
    await worker.bootstrap();
    const first = await replayed(worker);
    expect(first.failures).toEqual([]);
    // Many came twice, in different batches.
    expect(first.deliveries).toBe(329);
    expect(await everything()).toEqual(before);
    await replayed(worker);
    expect(await everything()).toEqual(before);
  });
});

describe("a replay", () => {
  let worker: LocalWorker;
  beforeEach(async () => {
    worker = await openLocalWorker("replay", { kinds: [label, issue] });
    opened.push(worker);
    await worker.bootstrap();
  });
  const opened: LocalWorker[] = [];
  afterAll(async () => {
    for (const each of opened) await each.close();
  });
  const labels = async (): Promise<readonly string[]> => (await worker.db.sourcesIn(`${worker.db.prefix}-label-all`)).map((line) => line.split(" ")[1] ?? "").toSorted();

  test("reads only what its filters name: time, event, repository", async () => {
    const elsewhere = recordOf("label", { ...(JSON.parse(labelEvent("created", 4, "2026-11-20T10:00:00.000Z").body) as object), repository: { ...repository, id: 2, full_name: "octo-org/other" } }, { receivedAt: "2026-11-20T10:00:00.000Z" });
    const records = [labelEvent("created", 1, "2026-11-18T23:30:00.000Z"), labelEvent("created", 2, "2026-11-19T00:30:00.000Z"), labelEvent("created", 3, "2026-11-20T10:00:00.000Z"), elsewhere, recordOf("ping", { zen: "x" })];
    for (const record of records) await processDeliveries(worker.ports, [record]);
    const after = async (filter: ReplayFilter): Promise<readonly string[]> => {
      await deleteEverything(worker);
      await worker.bootstrap();
      await replayed(worker, filter);
      return labels();
    };
    expect(await after({})).toEqual(["1", "2", "3", "4"]);
    expect(await after({ since: "2026-11-19T00:00:00Z" })).toEqual(["2", "3", "4"]);
    // The same moment as 2026-11-18T23:00:00Z, whose day is another one.
    expect(await after({ since: "2026-11-19T01:00:00+02:00" })).toEqual(["1", "2", "3", "4"]);
    expect(await after({ until: "2026-11-19T00:30:00.000Z" })).toEqual(["1"]);
    expect(await after({ since: "2026-11-19T00:30:00.000Z", until: "2026-11-20T10:00:00.001Z", repositories: ["Octo-Org/Other"] })).toEqual(["4"]);
    expect(await after({ repositories: ["1296269"] })).toEqual(["1", "2", "3"]);
    expect(await after({ events: ["ping"] })).toEqual([]);
    expect((await worker.db.sourcesIn(`${worker.db.prefix}-delivery`)).length).toBe(1);
  });

  test("with a corrected mapping replaces what the same deliveries wrote, and keeps what is newer", async () => {
    const wrong: Kind = { ...label, fromWebhook: { label: (payload, context) => label.fromWebhook["label"]?.(payload, context).map((sighting) => (sighting.is === "present" ? { ...sighting, input: { ...sighting.input, description: "misread" } } : sighting)) ?? [] } };
    const older = labelEvent("created", 1, "2026-11-20T10:00:00.000Z");
    const newer = labelEvent("edited", 1, "2026-11-20T11:00:00.000Z", "renamed");
    const gone = labelEvent("deleted", 2, "2026-11-20T12:00:00.000Z");
    const misread = { ...worker.ports, kinds: [wrong, issue] };
    for (const record of [newer, older, gone, labelEvent("created", 2, "2026-11-20T10:00:00.000Z")]) await processDeliveries(misread, [record]);
    expect(await worker.db.sourceOf(`${worker.db.prefix}-label-all`, "1")).toMatchObject({ name: "renamed", description: "misread" });
    expect((await replayed(worker)).failures).toEqual([]);
    expect(await worker.db.sourceOf(`${worker.db.prefix}-label-all`, "1")).toMatchObject({ name: "renamed", description: "It does not work" });
    expect(await worker.db.sourceOf(`${worker.db.prefix}-label-all`, "2")).toMatchObject({ octally: { deleted: true } });
    // Later states still replace it, however often it was replayed.
    await replayed(worker, {}, [wrong, issue]);
    await replayed(worker);
    await processDeliveries(worker.ports, [labelEvent("edited", 1, "2026-11-20T11:00:00.100Z", "last")]);
    expect(await worker.db.sourceOf(`${worker.db.prefix}-label-all`, "1")).toMatchObject({ name: "last" });
  });

  test("reports what it cannot read, and goes on", async () => {
    await processDeliveries(worker.ports, [labelEvent("created", 1, "2026-11-20T10:00:00.000Z"), recordOf("label", "no JSON", { receivedAt: "2026-11-20T10:00:00.000Z", guid: "unreadable" })]);
    await worker.ports.bucket.put("deliveries/date=2026-11-19/broken.ndjson.gz", Buffer.from("no gzip"), "application/x-ndjson");
    await worker.ports.bucket.put("deliveries/date=2026-11-19/foreign", Buffer.from("x"), "text/plain");
    await worker.ports.bucket.put("deliveries/readme.txt", Buffer.from("x"), "text/plain");
    await deleteEverything(worker);
    const progress = await replayed(worker);
    expect(progress.failures.map(({ what }) => what)).toEqual(["deliveries/date=2026-11-19/broken.ndjson.gz", "delivery 292430182-unreadable"]);
    expect(await labels()).toEqual(["1"]);
  });

  test("asks again for what its deliveries asked for", async () => {
    await processDeliveries(worker.ports, [recordOf("issues", { action: "opened", issue: { id: 1, node_id: "I_1", number: 1 }, repository })]);
    const sent: string[] = [];
    const { bucket, kinds, store } = worker.ports;
    const progress = await replay({ kinds, bucket, store, jobs: { sendAll: async (messages) => void sent.push(...messages.map(({ body }) => body)) } }, {}, () => {});
    expect(progress.jobs).toBe(1);
    expect(JSON.parse(sent[0] ?? "")).toMatchObject({ type: "refresh", kind: "issue", subjects: [{ node_id: "I_1" }] });
  });
});
