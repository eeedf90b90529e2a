/** Composition: the services' use cases, run by a command against the local system. */
import { setTimeout as delay } from "node:timers/promises";
import { kinds } from "@octally/model/registry";
import { allKinds } from "@octally/model/own/registry";
import { makeBucket } from "@octally/shared/bucket";
import { systemClock } from "@octally/shared/clock";
import { makeQueue, type Queue } from "@octally/shared/queue";
import { bootstrapStore } from "@octally/store/bootstrap";
import { makeStoreClient } from "@octally/store/client";
import { DEFAULT_PREFIX, readAlias } from "@octally/store/names";
import { readNewest } from "@octally/store/read";
import { makeStore } from "@octally/store/write";
import { readCheckerConfig, type CheckerConfig } from "@octally/integrity-checker/config";
import { makeCheckerPorts, type ComposedChecker } from "@octally/integrity-checker/make-checker-ports";
import type { Environment } from "@octally/shared/config";
import { ConfigError } from "@octally/shared/errors";
import { parseSources } from "@octally/shared/sources";
import type { DeadLetterPorts } from "@octally/sync-worker/dead-letters";
import type { ReplayPorts } from "@octally/sync-worker/replay";
import { hasCredentials, toHandlerEnvironment } from "./core/handler-environment.ts";
import type { Addresses, QueueUrls } from "./core/instance-plan.ts";
import { makeLocalS3Client, makeLocalSqsClient } from "./edges/local-clients.ts";

export function makeDeadLetterPorts(addresses: Addresses): DeadLetterPorts {
  const client = makeStoreClient(addresses.opensearch_url);
  const sqs = makeLocalSqsClient(addresses.queue_endpoint);
  const queue = (name: keyof QueueUrls): Queue => makeQueue(sqs, addresses.queue_urls[name]);
  return {
    store: makeStore(client, allKinds),
    readDocuments: () => readNewest(client, readAlias(DEFAULT_PREFIX, "dead-letter"), "failed_at"),
    queues: { deliveries: queue("deliveries"), "sync-jobs": queue("sync_jobs"), "backfill-jobs": queue("backfill_jobs") },
    deadLetters: { deliveries: queue("deliveries_dead_letters"), jobs: queue("sync_jobs_dead_letters") },
    clock: systemClock,
    pause: { wait: (ms) => delay(ms), random: Math.random },
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

export type LocalCheck = ComposedChecker & { readonly config: CheckerConfig };

/** @throws ConfigError where nothing says what is to be checked, or as whom */
export async function makeCheck(addresses: Addresses, environment: Environment, sources: readonly string[]): Promise<LocalCheck> {
  // Of the demonstration its own GitHub, token and organisation.
  const ofHandlers = toHandlerEnvironment(environment, addresses, "");
  if (!hasCredentials(ofHandlers)) throw new ConfigError("The check asks GitHub itself: set GITHUB_TOKEN, or GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY, as for ./octally up.");
  const wanted = parseSources(sources.length === 0 ? (ofHandlers["OCTALLY_SOURCES"] ?? "") : sources.join(","));
  if (wanted.length === 0) throw new ConfigError("Nothing says what is to be checked: name an organisation, a user or owner/name, or set OCTALLY_SOURCES.");
  const config = readCheckerConfig({ ...ofHandlers, LOG_LEVEL: "silent", OCTALLY_SOURCES: wanted.join(",") });
  await bootstrapStore(makeStoreClient(addresses.opensearch_url), allKinds);
  return { config, ...(await makeCheckerPorts(config, makeLocalSqsClient(addresses.queue_endpoint))) };
}
