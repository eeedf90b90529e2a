/** Composition: the worker's ports from its configuration. */
import { kinds } from "@octally/model/registry";
import { allKinds } from "@octally/model/own/registry";
import { makeBucket, makeS3Client } from "@octally/shared/bucket";
import { systemClock } from "@octally/shared/clock";
import { makeLogger } from "@octally/shared/log";
import { makeQueue, makeSqsClient } from "@octally/shared/queue";
import { makeStoreClient } from "@octally/store/client";
import { fetchStoreAccess } from "@octally/store/fetch-access";
import { makeStore } from "@octally/store/write";
import type { WorkerConfig } from "./config.ts";
import type { WorkerPorts } from "./ports.ts";

/** @throws TransientError, ConfigError when the store's user and password cannot be read: then the start fails */
export async function makeWorkerPorts(config: WorkerConfig): Promise<WorkerPorts> {
  const access = await fetchStoreAccess(config);
  const sqs = makeSqsClient();
  return {
    kinds,
    store: makeStore(makeStoreClient(config.OPENSEARCH_URL, undefined, access), allKinds, config.OCTALLY_INDEX_PREFIX),
    bucket: makeBucket(makeS3Client(), config.ARCHIVE_BUCKET),
    deliveries: makeQueue(sqs, config.DELIVERIES_QUEUE_URL),
    deadLetters: makeQueue(sqs, config.DELIVERIES_DEAD_LETTER_QUEUE_URL),
    jobs: makeQueue(sqs, config.SYNC_JOBS_QUEUE_URL),
    clock: systemClock,
    random: Math.random,
    log: makeLogger("sync-worker", config.LOG_LEVEL),
  };
}
