import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { label } from "@octally/model/kinds/label";
import type { QueueRecord } from "../../src/core/queue-record.ts";
import { processDeliveries } from "../../src/process-deliveries.ts";
import { openLocalWorker, type LocalWorker } from "../local-worker.ts";
import { labelEvent } from "../records.ts";

jest.setTimeout(60_000);
let worker: LocalWorker;

beforeAll(async () => {
  worker = await openLocalWorker("deletions", { kinds: [label] });
  await worker.bootstrap();
  // OpenSearch forgets at once what it deleted: nothing but the tombstone's document can hold.
  await worker.db.client.indices.putSettings({ index: `${worker.db.prefix}-*`, body: { index: { gc_deletes: "0s" } } });
});
afterAll(() => worker.close());

async function arrive(...records: QueueRecord[]): Promise<void> {
  for (const record of records) expect([...(await processDeliveries(worker.ports, [record])).values()]).toEqual([{ is: "done" }]);
}
async function labelNamed(id: number): Promise<unknown> {
  return worker.db.sourceOf(`${worker.db.prefix}-label-all`, String(id));
}
async function readersSee(id: number): Promise<boolean> {
  await worker.db.client.indices.refresh({ index: `${worker.db.prefix}-label` });
  return (await worker.db.client.count({ index: `${worker.db.prefix}-label`, body: { query: { term: { id } } } })).body.count > 0;
}
const at = (time: string): string => `2026-11-20T${time}Z`;

describe("a deletion is a state and stays (I7)", () => {
  test("that arrives before the creation", async () => {
    await arrive(labelEvent("deleted", 1, at("10:05:00.000")), labelEvent("created", 1, at("10:00:00.000")), labelEvent("edited", 1, at("10:04:59.900")));
    expect(await labelNamed(1)).toMatchObject({ octally: { deleted: true, deleted_at: at("10:05:00.000") } });
    expect(await readersSee(1)).toBe(false);
  });

  test("that arrives in one batch with them, in the wrong order", async () => {
    const records = [labelEvent("deleted", 2, at("10:05:00.000")), labelEvent("created", 2, at("10:00:00.000"))];
    expect([...(await processDeliveries(worker.ports, records)).values()]).toEqual([{ is: "done" }, { is: "done" }]);
    expect(await labelNamed(2)).toMatchObject({ octally: { deleted: true } });
  });

  test("in the same tenth of a second as the last change, whichever comes first", async () => {
    const [edited, deleted] = [(id: number) => labelEvent("edited", id, at("10:05:00.000")), (id: number) => labelEvent("deleted", id, at("10:05:00.000"))];
    await arrive(edited(3), deleted(3), deleted(4), edited(4));
    expect([await labelNamed(3), await labelNamed(4)]).toMatchObject([{ octally: { deleted: true } }, { octally: { deleted: true } }]);
  });

  test("against events that come long after it, also when OpenSearch has forgotten everything that it may forget", async () => {
    await arrive(labelEvent("created", 5, at("10:00:00.000")), labelEvent("deleted", 5, at("10:05:00.000")));
    const before = await labelNamed(5);
    await worker.db.client.indices.forcemerge({ index: `${worker.db.prefix}-label-all`, only_expunge_deletes: true });
    // Received an hour later, sent by GitHub before the deletion.
    const late = labelEvent("edited", 5, at("10:04:00.000"));
    await arrive({ ...late, attributes: { ...late.attributes, received_at: at("11:05:00.000") } });
    expect(await labelNamed(5)).toEqual(before);
    expect(await readersSee(5)).toBe(false);
  });

  test("until GitHub says that it is there again", async () => {
    await arrive(labelEvent("deleted", 6, at("10:05:00.000")), labelEvent("created", 6, at("10:06:00.000"), "again"));
    expect(await labelNamed(6)).toMatchObject({ name: "again", octally: { deleted: false, deleted_at: null } });
    expect(await readersSee(6)).toBe(true);
  });
});
