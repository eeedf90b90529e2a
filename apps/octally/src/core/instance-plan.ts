/** Where everything of one local system is: decided before anything starts, so that every part can be told at once. */
import { join } from "node:path";
import { ConfigError } from "@octally/shared/errors";
import { planDemo, type Demo } from "./demo.ts";
import type { LocalConfig } from "./settings.ts";

/** Names in the queue service; `create-queues.ts` makes them. */
export const queueNames = {
  deliveries: "octally-deliveries",
  deliveries_dead_letters: "octally-deliveries-dead-letters",
  sync_jobs: "octally-sync-jobs",
  /** The history, which never stands before live work. */
  backfill_jobs: "octally-backfill-jobs",
  /** Of both queues of jobs. */
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
  /** The simulated GitHub; null where it is a real one, or none. */
  readonly demo: Demo | null;
};

export type InstancePlan = {
  readonly addresses: Addresses;
  readonly ports: { readonly front: number; readonly queue: number; readonly openSearch: number | undefined; readonly demo: number | undefined };
  readonly folders: { readonly logs: string; readonly openSearch: string; readonly queue: string };
};

/** Ports that are spoken for, whether they are free or not. */
export function claimedPorts({ OCTALLY_PORT: front, OCTALLY_QUEUE_PORT: queue, OCTALLY_OPENSEARCH_PORT, OPENSEARCH_URL }: LocalConfig): readonly number[] {
  return [front, queue, ...(OPENSEARCH_URL === undefined ? [OCTALLY_OPENSEARCH_PORT] : [])];
}

/**
 * `demoPort`: where the simulated GitHub is to listen, if there is to be one.
 * @throws ConfigError when two parts would share a port.
 */
export function planInstance(config: LocalConfig, home: string, demoPort?: number): InstancePlan {
  const { OCTALLY_PORT: front, OCTALLY_QUEUE_PORT: queue } = config;
  const openSearch = config.OPENSEARCH_URL === undefined ? config.OCTALLY_OPENSEARCH_PORT : undefined;
  const taken = claimedPorts(config);
  if (new Set(taken).size < taken.length) {
    throw new ConfigError(`OCTALLY_PORT (${front}), OCTALLY_QUEUE_PORT (${queue}) and OCTALLY_OPENSEARCH_PORT (${openSearch ?? "not used"}) must differ: each is a listener of its own.`);
  }
  if (demoPort !== undefined && taken.includes(demoPort)) throw new ConfigError(`OCTALLY_GITHUB_PORT (${demoPort}) is the port of another part: each is a listener of its own.`);
  const demo = demoPort === undefined ? null : planDemo(home, demoPort, config.OPENSEARCH_URL !== undefined);
  // A made-up organisation and a real one never share a store.
  const data = demo?.folder ?? home;
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
        backfill_jobs: queueUrl(queueNames.backfill_jobs),
        sync_jobs_dead_letters: queueUrl(queueNames.sync_jobs_dead_letters),
      },
      bucket: BUCKET,
      home,
      demo,
    },
    ports: { front, queue, openSearch, demo: demoPort },
    folders: { logs: join(home, "logs"), openSearch: join(data, "opensearch-data"), queue: join(data, "queue-data") },
  };
}
