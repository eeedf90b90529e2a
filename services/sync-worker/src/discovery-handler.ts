/** The Lambda handler that begins loads, called by schedules and by hand: composition only. */
import middy from "@middy/core";
import { kinds } from "@octally/model/registry";
import { allKinds } from "@octally/model/own/registry";
import { systemClock } from "@octally/shared/clock";
import { makeLogger } from "@octally/shared/log";
import { makeQueue, makeSqsClient } from "@octally/shared/queue";
import { makeStoreClient } from "@octally/store/client";
import { fetchStoreAccess } from "@octally/store/fetch-access";
import { makeStoreReader } from "@octally/store/reader";
import { makeRunReads } from "@octally/store/runs";
import { makeStateStore } from "@octally/store/state";
import { readDiscoveryConfig } from "./discovery-config.ts";
import { decideDiscovery } from "./core/discovery-input.ts";
import { lookAgain, startNew, type DiscoveryPorts } from "./look-for-new.ts";
import { startRun } from "./start-run.ts";

export type Discovered = { readonly runs: readonly string[] };

const config = readDiscoveryConfig(process.env);
const client = makeStoreClient(config.OPENSEARCH_URL, undefined, await fetchStoreAccess(config));
const names = kinds.map(({ name }) => name);
const ports: DiscoveryPorts = {
  runs: makeRunReads(client, config.OCTALLY_INDEX_PREFIX),
  reader: makeStoreReader(client, config.OCTALLY_INDEX_PREFIX),
  states: makeStateStore(client, allKinds, config.OCTALLY_INDEX_PREFIX),
  backfillJobs: makeQueue(makeSqsClient(), config.BACKFILL_JOBS_QUEUE_URL),
  kinds: names,
  clock: systemClock,
};
const log = makeLogger("discovery", config.LOG_LEVEL);

export const handler = middy<unknown, Discovered>().handler(async (event: unknown) => {
  const wish = decideDiscovery(event, { sources: config.sources, kinds: names });
  const runs = wish.do === "load" ? [(await startRun(ports, wish.specification, "asked for by hand")).run] : await (wish.do === "new" ? startNew : lookAgain)(ports, config.sources);
  log.info({ wish: wish.do, runs }, "begun");
  return { runs };
});
