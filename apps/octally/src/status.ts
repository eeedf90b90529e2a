/** What is in the system now: queues, dead letters, documents. */
import { allKinds } from "@octally/model/own/registry";
import { makeStoreClient } from "@octally/store/client";
import { DEFAULT_PREFIX, readAlias } from "@octally/store/names";
import { makeRunReads, type RunProgress } from "@octally/store/runs";
import { makeStateStore } from "@octally/store/state";
import { makeQueue, type QueueDepth } from "@octally/shared/queue";
import { STATUSES } from "@octally/integrity-checker/core/coverage";
import { isJsonObject, numberAt, objectsAt, part, textAt } from "@octally/shared/json";
import type { Health } from "./core/health.ts";
import type { Addresses, QueueUrls } from "./core/instance-plan.ts";
import { withoutCredentials } from "./core/settings.ts";
import { makeLocalSqsClient } from "./edges/local-clients.ts";
import type { StoredTotal } from "./core/completeness-report.ts";
import { readOpenSearch } from "./edges/opensearch-http.ts";

export type Status = Omit<Health, "opensearch_url" | "completeness"> &
  Addresses & {
    /** By name; null for one that cannot be read now. */
    readonly queues: Readonly<Record<keyof QueueUrls, QueueDepth | null>>;
    /** By kind, without deleted ones; null while OpenSearch cannot be read. */
    readonly documents: Readonly<Record<string, number>> | null;
    /** The newest loads, newest first; null while OpenSearch cannot be read. */
    readonly runs: readonly RunStatus[] | null;
    readonly last_delivery_at: string | null;
    /** One of each owner; null while OpenSearch cannot be read. */
    readonly completeness: readonly StoredTotal[] | null;
  };

/** A load: how far its parts are, and what its document says of its end. */
export type RunStatus = RunProgress & { readonly state: string; readonly started_at: string | null; readonly finished_at: string | null };

const SHOWN_RUNS = 5;

async function readRuns(url: string): Promise<readonly RunStatus[]> {
  const client = makeStoreClient(url);
  try {
    const reads = makeRunReads(client);
    const runs = (await reads.findRuns("backfill-")).slice(0, SHOWN_RUNS);
    const documents = await makeStateStore(client, allKinds).read("sync-run", runs);
    return await Promise.all(
      runs.map(async (run) => {
        const document = documents.get(run)?.document;
        return { ...(await reads.progressOf(run)), state: textAt(document, "state") ?? "running", started_at: textAt(document, "started_at") ?? null, finished_at: textAt(document, "finished_at") ?? null };
      }),
    );
  } finally {
    await client.close();
  }
}

/** Never rejects: a part that is down is what one wants to see here. */
export async function readStatus(addresses: Addresses, health: Health): Promise<Status> {
  const client = makeLocalSqsClient(addresses.queue_endpoint);
  const depthOf = (url: string): Promise<QueueDepth | null> => makeQueue(client, url).depth().catch(() => null);
  const urls = addresses.queue_urls;
  const [deliveries, deliveriesDead, syncJobs, backfillJobs, syncJobsDead, runs, documents, lastDeliveryAt, completeness] = await Promise.all([
    depthOf(urls.deliveries),
    depthOf(urls.deliveries_dead_letters),
    depthOf(urls.sync_jobs),
    depthOf(urls.backfill_jobs),
    depthOf(urls.sync_jobs_dead_letters),
    readRuns(addresses.opensearch_url).catch(() => null),
    countDocuments(addresses.opensearch_url).catch(() => null),
    readLastDelivery(addresses.opensearch_url).catch(() => null),
    readTotals(addresses.opensearch_url).catch(() => null),
  ]);
  client.destroy();
  return {
    ...health,
    ...addresses,
    opensearch_url: withoutCredentials(addresses.opensearch_url),
    queues: { deliveries, deliveries_dead_letters: deliveriesDead, sync_jobs: syncJobs, backfill_jobs: backfillJobs, sync_jobs_dead_letters: syncJobsDead },
    runs,
    documents,
    last_delivery_at: lastDeliveryAt,
    completeness,
  };
}

/** Of every kind that has an index, by the alias that leaves deleted documents out. */
async function countDocuments(url: string): Promise<Record<string, number>> {
  const indices = await readOpenSearch(url, "/_alias/octally-*");
  const aliases = new Set(isJsonObject(indices) ? Object.values(indices).flatMap((index) => Object.keys(part(isJsonObject(index) ? index : undefined, "aliases") ?? {})) : []);
  const names = allKinds.map(({ name }) => readAlias(DEFAULT_PREFIX, name)).filter((alias) => aliases.has(alias));
  const counts = await Promise.all(
    names.map(async (name) => {
      const answer = await readOpenSearch(url, `/${encodeURIComponent(name)}/_count`);
      return [name.slice(DEFAULT_PREFIX.length + 1), (isJsonObject(answer) ? numberAt(answer, "count") : undefined) ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts);
}

async function readLastDelivery(url: string): Promise<string | null> {
  const query = { size: 0, aggs: { last: { max: { field: "octally.observed_at" } } } };
  const answer = await readOpenSearch(url, "/octally-delivery/_search?ignore_unavailable=true", query);
  const last = part(part(isJsonObject(answer) ? answer : undefined, "aggregations"), "last");
  return textAt(last, "value_as_string") ?? null;
}

/** The totals of all kinds, as the last check wrote them. */
async function readTotals(url: string): Promise<readonly StoredTotal[]> {
  const filter = [{ term: { level: "total" } }, { term: { kind: "*" } }];
  const answer = await readOpenSearch(url, "/octally-coverage/_search?ignore_unavailable=true", { size: 100, query: { bool: { filter, must_not: [{ exists: { field: "day" } }] } } });
  return objectsAt(part(isJsonObject(answer) ? answer : undefined, "hits"), "hits").flatMap((hit) => {
    const document = part(hit, "_source");
    const checkedAt = textAt(document, "checked_at");
    const status = STATUSES.find((name) => name === textAt(document, "status"));
    if (checkedAt === undefined || status === undefined) return [];
    const of = (name: string): number | null => numberAt(document, name) ?? null;
    return [{ org: textAt(document, "org") ?? null, expected: of("expected"), stored: of("stored") ?? 0, missing: of("missing"), surplus: of("surplus"), stale: of("stale"), status, checked_at: checkedAt }];
  });
}
