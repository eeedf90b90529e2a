/** A replay of repositories that moved: the jobs that it asks for are worked on at once, and in the worst order. */
import { afterAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { label } from "@octally/model/kinds/label";
import { repository as repositoryKind } from "@octally/model/kinds/repository";
import type { QueueMessage } from "@octally/shared/delivery";
import { parseSyncJob } from "@octally/shared/sync-job";
import { makeLibrary } from "@octally/store/library";
import type { JobPorts } from "../../src/job-ports.ts";
import { processDeliveries } from "../../src/process-deliveries.ts";
import { relocate } from "../../src/relocate.ts";
import { replay, type ReplayFilter } from "../../src/replay.ts";
import { openLocalWorker, type LocalWorker } from "../local-worker.ts";
import { guidAt, guidOf, recordOf, recordedDeliveries } from "../records.ts";
import type { QueueRecord } from "../../src/core/queue-record.ts";
import type { JsonObject } from "@octally/shared/json";

jest.setTimeout(120_000);
const kinds = [label, repositoryKind];
let worker: LocalWorker;
const opened: LocalWorker[] = [];
beforeEach(async () => {
  worker = await openLocalWorker("replay-moves", { kinds });
  opened.push(worker);
  await worker.bootstrap();
});
afterAll(async () => {
  for (const each of opened) await each.close();
});

const recorded = recordedDeliveries().map(({ attributes, body }) => ({ event: attributes["event"], payload: JSON.parse(body) as JsonObject }));
const whole = recorded.find(({ event, payload }) => event === "repository" && payload["action"] === "renamed")!.payload["repository"] as JsonObject;

const event = (name: string, at: string, repositoryName: string, payload: JsonObject, receivedAt = at): QueueRecord => {
  const repository = { ...whole, name: repositoryName, full_name: `octo-org/${repositoryName}`, owner: { ...(whole["owner"] as JsonObject), login: "octo-org" }, updated_at: at.replace(".000Z", "Z") };
  return recordOf(name, { ...payload, repository, organization: { login: "octo-org", id: 1 } }, { guid: guidAt(at, guidOf(`${name} ${at} ${repositoryName}`).slice(-12)), receivedAt });
};
const labelled = (id: number, at: string, name: string, receivedAt = at): QueueRecord =>
  event("label", at, name, { action: "created", label: { id, node_id: `LA_${id}`, url: "", name: "bug", color: "ff0000", default: false, description: "It does not work" } }, receivedAt);
const renamed = (from: string, to: string, at: string): QueueRecord => event("repository", at, to, { action: "renamed", changes: { repository: { name: { from } } } });

/** Works on the jobs of a call at once, the last one first. */
const jobs = {
  async sendAll(messages: readonly QueueMessage[]) {
    const ports = { ...worker.ports, library: makeLibrary(worker.db.client, kinds, worker.db.prefix), syncJobs: { sendAll: () => Promise.resolve() } } as unknown as JobPorts;
    for (const { body } of messages.toReversed()) {
      const job = parseSyncJob(body);
      if (job.type === "relocate-repository") await relocate(ports, job);
    }
  },
};
const everything = async (): Promise<readonly string[]> => (await worker.db.sourcesIn(`${worker.db.prefix}-*`)).toSorted();
const replayed = async (filter: ReplayFilter = {}): Promise<void> => void (await replay({ ...worker.ports, jobs }, filter, () => {}));
async function deleteEverything(): Promise<void> {
  await worker.db.client.indices.delete({ index: `${worker.db.prefix}-*` });
  await worker.bootstrap();
}
async function namesOf(): Promise<readonly unknown[]> {
  const lines = (await everything()).filter((line) => !line.includes("-delivery-"));
  return lines.map((line) => (JSON.parse(line.slice(line.indexOf("{"))) as { repository: { name_with_owner: string } }).repository.name_with_owner);
}

describe("a replay of a repository that was renamed (I8)", () => {
  test.each([["twice", "last"], ["and back again", "first"]])("%s: the same documents byte for byte; where nothing is missing it changes nothing, whatever part is replayed", async (_, last) => {
    const story = [
      labelled(1, "2026-10-01T10:00:00.000Z", "first"),
      renamed("first", "second", "2026-10-02T10:00:00.000Z"),
      labelled(2, "2026-10-03T10:00:00.000Z", "second"),
      renamed("second", last, "2026-10-04T10:00:00.000Z"),
      labelled(3, "2026-10-05T10:00:00.000Z", last),
    ];
    for (const record of story) await processDeliveries({ ...worker.ports, jobs }, [record]);
    const before = await everything();
    expect(await namesOf()).toEqual(Array.from({ length: 4 }, () => `octo-org/${last}`));
    await replayed();
    expect(await everything()).toEqual(before);
    await replayed({ until: "2026-10-03T00:00:00Z" });
    expect(await everything()).toEqual(before);
    await deleteEverything();
    await replayed();
    expect(await namesOf()).toEqual(Array.from({ length: 4 }, () => `octo-org/${last}`));
    if (last === "last") expect(await everything()).toEqual(before);
  });

  test("what moved and lies behind it in the archive follows too", async () => {
    // Received again on a later day, and read after more than is written at once.
    const pings = Array.from({ length: 450 }, (_, id) => recordOf("ping", { zen: String(id) }, { receivedAt: "2026-10-02T11:00:00.000Z" }));
    await processDeliveries({ ...worker.ports, jobs }, [renamed("first", "second", "2026-10-02T10:00:00.000Z"), ...pings]);
    await processDeliveries({ ...worker.ports, jobs }, [labelled(1, "2026-10-01T10:00:00.000Z", "first", "2026-10-06T10:00:00.000Z")]);
    await deleteEverything();
    await replayed();
    expect(await namesOf()).toEqual(["octo-org/second", "octo-org/second"]);
  });
});
