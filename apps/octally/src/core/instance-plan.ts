/** Where everything of one local system is: decided before anything starts, so that every part can be told at once. */
import { join } from "node:path";
import { ConfigError } from "@octally/shared/errors";
import type { LocalConfig } from "./settings.ts";

/** Names in the queue service; `create-queues.ts` makes them. */
export const queueNames = {
  deliveries: "octally-deliveries",
  deliveries_dead_letters: "octally-deliveries-dead-letters",
  sync_jobs: "octally-sync-jobs",
  sync_jobs_dead_letters: "octally-sync-jobs-dead-letters",
} as const;

export type QueueUrls = Readonly<Record<keyof typeof queueNames, string>>;

/** The account in the URLs and ARNs of the local queue service. */
export const LOCAL_ACCOUNT = "000000000000";
export const BUCKET = "octally-archive";

/** The part of instance.json, of the ready line and of `status` that says how to reach the system. */
export type Addresses = {
  readonly url: string;
  readonly webhook_url: string;
  readonly health_url: string;
  readonly opensearch_url: string;
  readonly queue_endpoint: string;
  readonly queue_urls: QueueUrls;
  readonly bucket: string;
  readonly home: string;
};

export type InstancePlan = {
  readonly addresses: Addresses;
  readonly ports: { readonly front: number; readonly queue: number; readonly openSearch: number | undefined };
  readonly folders: { readonly logs: string; readonly openSearch: string; readonly queue: string };
};

/** @throws ConfigError when two parts would share a port. */
export function planInstance(config: LocalConfig, home: string): InstancePlan {
  const { OCTALLY_PORT: front, OCTALLY_QUEUE_PORT: queue } = config;
  const openSearch = config.OPENSEARCH_URL === undefined ? config.OCTALLY_OPENSEARCH_PORT : undefined;
  const taken = [front, queue, ...(openSearch === undefined ? [] : [openSearch])];
  if (new Set(taken).size < taken.length) {
    throw new ConfigError(`OCTALLY_PORT (${front}), OCTALLY_QUEUE_PORT (${queue}) and OCTALLY_OPENSEARCH_PORT (${openSearch ?? "not used"}) must differ: each is a listener of its own.`);
  }
  const url = `http://127.0.0.1:${front}`;
  const endpoint = `http://127.0.0.1:${queue}`;
  const queueUrl = (name: string): string => `${endpoint}/${LOCAL_ACCOUNT}/${name}`;
  return {
    addresses: {
      url,
      webhook_url: `${url}/webhooks/github`,
      health_url: `${url}/api/health`,
      opensearch_url: config.OPENSEARCH_URL?.replace(/\/+$/u, "") ?? `http://127.0.0.1:${openSearch}`,
      queue_endpoint: endpoint,
      queue_urls: {
        deliveries: queueUrl(queueNames.deliveries),
        deliveries_dead_letters: queueUrl(queueNames.deliveries_dead_letters),
        sync_jobs: queueUrl(queueNames.sync_jobs),
        sync_jobs_dead_letters: queueUrl(queueNames.sync_jobs_dead_letters),
      },
      bucket: BUCKET,
      home,
    },
    ports: { front, queue, openSearch },
    folders: { logs: join(home, "logs"), openSearch: join(home, "opensearch-data"), queue: join(home, "queue-data") },
  };
}
