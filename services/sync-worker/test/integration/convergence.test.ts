import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { allKinds } from "@octally/model/own/registry";
import type { Observation } from "@octally/model/observation";
import { fetchBody } from "@octally/shared/claims";
import { parseDeliveryMessage } from "@octally/shared/delivery";
import { makeMemoryStore } from "../../../../packages/store/test/memory-store.ts";
import { planArchived, processDeliveries } from "../../src/process-deliveries.ts";
import { comparable, openLocalWorker, type LocalWorker } from "../local-worker.ts";
import { arrivalOf, randomOf, recordedDeliveries } from "../records.ts";

const deliveries = recordedDeliveries();
let expected: readonly string[];

async function observationsOf(): Promise<readonly (readonly Observation[])[]> {
  return Promise.all(
    deliveries.map(async (record) => {
      const headers = parseDeliveryMessage(record);
      return planArchived(kinds, { headers, body: await fetchBody({ get: () => Promise.reject(new Error("none is in the bucket")) }, headers.body) }, null).observations;
    }),
  );
}

async function played(batches: readonly (readonly (readonly Observation[])[])[]): Promise<readonly string[]> {
  const store = makeMemoryStore(allKinds);
  for (const batch of batches) await store.write(batch.flat());
  // The names that the real store gives: `<kind>-v1[-<month>] <id> <source>`.
  return allKinds.flatMap(({ name }) => store.sources(name)).map((line) => comparable(line.replace(/^memory-(\S+)-write(-\d{4}-\d{2})? /, "$1-v1$2 "))).toSorted();
}

describe("all recorded payloads of GitHub, in any order, doubled, in any batches (I1, I2, I4)", () => {
  beforeAll(async () => {
    expect(deliveries).toHaveLength(329);
    expected = await played([await observationsOf()]);
  });

  test("200 arrivals on the model in memory give the same documents byte for byte", async () => {
    const observations = await observationsOf();
    for (let seed = 1; seed <= 200; seed += 1) {
      expect(await played(arrivalOf(observations, randomOf(seed), 40))).toEqual(expected);
    }
  }, 60_000);

  describe.each([[1, 1], [2, 1], [3, 1], [4, 2], [5, 2], [6, 2]])("arrival %s on OpenSearch, %s batches at a time", (seed, atOnce) => {
    let worker: LocalWorker;
    beforeAll(async () => {
      worker = await openLocalWorker(`convergence-${seed}`);
      await worker.bootstrap();
    }, 60_000);
    afterAll(() => worker.close());

    test("gives the same documents byte for byte", async () => {
      const batches = arrivalOf(deliveries, randomOf(1000 + seed), 60);
      const run = async (): Promise<void> => {
        for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
          const report = await processDeliveries(worker.ports, batch.map((record, index) => ({ ...record, messageId: `${record.messageId}-${index}` })));
          expect([...report.values()].map(({ is }) => is)).toEqual(batch.map(() => "done"));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, run));
      expect(await worker.documents()).toEqual(expected);
    }, 60_000);
  });
});
