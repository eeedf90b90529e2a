/** Composition: the checker's ports from its configuration. */
import { connect } from "@octally/github/connect";
import { readCredentials } from "@octally/github/credentials";
import { kinds } from "@octally/model/registry";
import { allKinds } from "@octally/model/own/registry";
import { systemClock } from "@octally/shared/clock";
import { makeLogger } from "@octally/shared/log";
import { makeQueue, makeSqsClient } from "@octally/shared/queue";
import { makeStoreClient } from "@octally/store/client";
import { fetchStoreAccess } from "@octally/store/fetch-access";
import { makeStoreReader } from "@octally/store/reader";
import { makeStateStore } from "@octally/store/state";
import { makeStore } from "@octally/store/write";
import type { CheckerConfig } from "./config.ts";
import type { CheckerPorts } from "./ports.ts";

/** @throws TransientError, ConfigError when a secret cannot be read: then the start fails */
export async function makeCheckerPorts({ checker, github }: CheckerConfig, sqs = makeSqsClient()): Promise<CheckerPorts> {
  const client = makeStoreClient(checker.OPENSEARCH_URL, undefined, await fetchStoreAccess(checker));
  const prefix = checker.OCTALLY_INDEX_PREFIX;
  const queues = [makeQueue(sqs, checker.DELIVERIES_QUEUE_URL), makeQueue(sqs, checker.SYNC_JOBS_QUEUE_URL)];
  return {
    kinds,
    github: connect(await readCredentials(github.credentials), { apiUrl: github.apiUrl }),
    reader: makeStoreReader(client, prefix),
    states: makeStateStore(client, allKinds, prefix),
    store: makeStore(client, allKinds, prefix),
    jobs: makeQueue(sqs, checker.SYNC_JOBS_QUEUE_URL),
    backlog: async () => (await Promise.all(queues.map((queue) => queue.depth()))).reduce((sum, { visible, inFlight, delayed }) => sum + visible + inFlight + delayed, 0),
    clock: systemClock,
    log: makeLogger("integrity-checker", checker.LOG_LEVEL),
  };
}
