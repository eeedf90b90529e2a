/** The bulk lines that the worker writes for these events: its own use case, with a store that keeps the lines and an archive that takes everything. */
import { Client } from "@opensearch-project/opensearch";
import type { SQSEvent } from "aws-lambda";
import { kinds } from "@octally/model/registry";
import { ownKinds } from "@octally/model/own/registry";
import type { Bucket } from "@octally/shared/bucket";
import { systemClock } from "@octally/shared/clock";
import { makeLogger } from "@octally/shared/log";
import { makeStore } from "@octally/store/write";
import { toQueueRecords } from "@octally/sync-worker/core/queue-record";
import { processDeliveries } from "@octally/sync-worker/process-deliveries";

/** One operation: its action line and its source, each with its line end. */
export async function captureBulk(events: readonly SQSEvent[], indexPrefix: string): Promise<readonly string[]> {
  const bodies: string[] = [];
  const ports = makeCapturingPorts(indexPrefix, (body) => bodies.push(body));
  for (const event of events) {
    const report = await processDeliveries(ports, toQueueRecords(event));
    if (report.size < event.Records.length || [...report.values()].some(({ is }) => is !== "done")) throw new Error("A delivery was not written.");
  }
  return bodies.flatMap((body) => body.match(/.*\n.*\n/gu) ?? []);
}

function makeCapturingPorts(indexPrefix: string, keep: (body: string) => void): Parameters<typeof processDeliveries>[0] {
  const takesAll = { sendAll: async () => undefined };
  return {
    kinds,
    store: makeStore(new CapturingClient(keep), [...kinds, ...ownKinds], indexPrefix),
    bucket: { name: "none", put: async () => undefined } as Partial<Bucket> as Bucket,
    deliveries: { changeVisibility: async () => undefined },
    deadLetters: takesAll,
    jobs: takesAll,
    clock: systemClock,
    random: () => 0,
    log: makeLogger("bench", "silent"),
  };
}

/** Answers every bulk request as OpenSearch does when all is well. */
class CapturingClient extends Client {
  constructor(keep: (body: string) => void) {
    super({ node: "http://127.0.0.1:9" });
    const request = async ({ bulkBody }: { readonly bulkBody: string }): Promise<object> => {
      keep(bulkBody);
      return { body: { items: (bulkBody.match(/\n.*\n/gu) ?? []).map(() => ({ index: { status: 201 } })) } };
    };
    Object.assign(this.transport, { request });
  }
}
