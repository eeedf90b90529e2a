/** Composition: the jobs' ports from their configuration. */
import type { ApiUse } from "@octally/shared/api-usage";
import type { GitHubConfig } from "@octally/github/config";
import { connect, type Connections } from "@octally/github/connect";
import { readCredentials } from "@octally/github/credentials";
import { allKinds } from "@octally/model/own/registry";
import { kinds } from "@octally/model/registry";
import { makeBucket, makeS3Client } from "@octally/shared/bucket";
import { systemClock } from "@octally/shared/clock";
import { makeLogger } from "@octally/shared/log";
import { makeQueue, makeSqsClient, type Queue } from "@octally/shared/queue";
import { makeStoreClient } from "@octally/store/client";
import { makeLibrary } from "@octally/store/library";
import { makeRunReads } from "@octally/store/runs";
import { makeStateStore } from "@octally/store/state";
import { makeStore } from "@octally/store/write";
import { fetchStoreAccess } from "@octally/store/fetch-access";
import type { JobPorts } from "./job-ports.ts";
import type { JobsConfig } from "./jobs-config.ts";

export type JobQueues = { readonly syncJobs: Queue; readonly backfillJobs: Queue; readonly github: Pick<Connections, "budgets"> };

/** @throws TransientError, ConfigError when a secret cannot be read: then the start fails */
export async function makeJobPorts(config: JobsConfig, github: GitHubConfig, onUse: (use: ApiUse) => void): Promise<JobPorts & JobQueues> {
  const [access, credentials] = await Promise.all([fetchStoreAccess(config), readCredentials(github.credentials)]);
  const client = makeStoreClient(config.OPENSEARCH_URL, undefined, access);
  const sqs = makeSqsClient();
  return {
    kinds,
    github: connect(credentials, { apiUrl: github.apiUrl, onUse }),
    store: makeStore(client, allKinds, config.OCTALLY_INDEX_PREFIX),
    states: makeStateStore(client, allKinds, config.OCTALLY_INDEX_PREFIX),
    runs: makeRunReads(client, config.OCTALLY_INDEX_PREFIX),
    library: makeLibrary(client, allKinds, config.OCTALLY_INDEX_PREFIX),
    bucket: makeBucket(makeS3Client(), config.ARCHIVE_BUCKET),
    syncJobs: makeQueue(sqs, config.SYNC_JOBS_QUEUE_URL),
    backfillJobs: makeQueue(sqs, config.BACKFILL_JOBS_QUEUE_URL),
    deliveries: makeQueue(sqs, config.DELIVERIES_QUEUE_URL),
    deadLetters: makeQueue(sqs, config.SYNC_JOBS_DEAD_LETTER_QUEUE_URL),
    clock: systemClock,
    random: Math.random,
    log: makeLogger("sync-jobs", config.LOG_LEVEL),
  };
}
