/** Composition: the worker's use cases, run by a command against the local system. */
import { kinds } from "@octally/model/registry";
import { allKinds } from "@octally/model/own/registry";
import { makeBucket } from "@octally/shared/bucket";
import { systemClock } from "@octally/shared/clock";
import { makeQueue } from "@octally/shared/queue";
import { bootstrapStore } from "@octally/store/bootstrap";
import { makeStoreClient } from "@octally/store/client";
import { DEFAULT_PREFIX, readAlias } from "@octally/store/names";
import { readNewest } from "@octally/store/read";
import { makeStore } from "@octally/store/write";
import type { DeadLetterPorts } from "@octally/sync-worker/dead-letters";
import type { ReplayPorts } from "@octally/sync-worker/replay";
import type { Addresses } from "./core/instance-plan.ts";
import { makeLocalS3Client, makeLocalSqsClient } from "./edges/local-clients.ts";

export function makeDeadLetterPorts(addresses: Addresses): DeadLetterPorts {
  const client = makeStoreClient(addresses.opensearch_url);
  const sqs = makeLocalSqsClient(addresses.queue_endpoint);
  return {
    store: makeStore(client, allKinds),
    readDocuments: () => readNewest(client, readAlias(DEFAULT_PREFIX, "dead-letter"), "failed_at"),
    deliveries: makeQueue(sqs, addresses.queue_urls.deliveries),
    deadLetters: makeQueue(sqs, addresses.queue_urls.deliveries_dead_letters),
    clock: systemClock,
  };
}

/** Indices that are gone or of an older mapping are made first: a replay is how one recovers from both. */
export async function makeReplayPorts(addresses: Addresses): Promise<ReplayPorts> {
  const client = makeStoreClient(addresses.opensearch_url);
  await bootstrapStore(client, allKinds);
  return {
    kinds,
    bucket: makeBucket(makeLocalS3Client(addresses.queue_endpoint), addresses.bucket),
    store: makeStore(client, allKinds),
    jobs: makeQueue(makeLocalSqsClient(addresses.queue_endpoint), addresses.queue_urls.sync_jobs),
  };
}
