/** Composition: the checker's ports from its configuration. */
import { randomUUID } from "node:crypto";
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
import { makeUsageLog } from "@octally/store/usage-log";
import { makeStore } from "@octally/store/write";
import type { CheckerConfig } from "./config.ts";
import type { CheckerPorts } from "./ports.ts";

export type ComposedChecker = { readonly ports: CheckerPorts; /** Around a check: what it took of GitHub's budget becomes `api-usage` documents, also where it fails. */ readonly accounted: <T>(check: Promise<T>) => Promise<T> };

/** @throws TransientError, ConfigError when a secret cannot be read: then the start fails */
export async function makeCheckerPorts({ checker, github }: CheckerConfig, sqs = makeSqsClient()): Promise<ComposedChecker> {
  const client = makeStoreClient(checker.OPENSEARCH_URL, undefined, await fetchStoreAccess(checker));
  const prefix = checker.OCTALLY_INDEX_PREFIX;
  const queues = [makeQueue(sqs, checker.DELIVERIES_QUEUE_URL), makeQueue(sqs, checker.SYNC_JOBS_QUEUE_URL)];
  const usage = makeUsageLog(randomUUID(), systemClock);
  const ports: CheckerPorts = {
    kinds,
    github: connect(await readCredentials(github.credentials), { apiUrl: github.apiUrl, onUse: usage.add }),
    reader: makeStoreReader(client, prefix),
    states: makeStateStore(client, allKinds, prefix),
    store: makeStore(client, allKinds, prefix),
    jobs: makeQueue(sqs, checker.SYNC_JOBS_QUEUE_URL),
    backlog: async () => (await Promise.all(queues.map((queue) => queue.depth()))).reduce((sum, { visible, inFlight, delayed }) => sum + visible + inFlight + delayed, 0),
    clock: systemClock,
    log: makeLogger("integrity-checker", checker.LOG_LEVEL),
  };
  return {
    ports,
    async accounted(check) {
      try {
        return await check;
      } finally {
        await usage.flush(ports.store, ports.log);
      }
    },
  };
}
