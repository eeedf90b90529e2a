import { Construct } from "constructs";
import type { AlarmTopic } from "../constructs/alarm-topic.ts";
import type { ArchiveBucket } from "../constructs/archive-bucket.ts";
import type { QueueWithDeadLetters } from "../constructs/queue-with-dead-letters.ts";
import { QueueToFunction, VISIBILITY_PER_TIMEOUT } from "../constructs/queue-to-function.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import type { Store } from "../constructs/store.ts";
import type { Deployment } from "../deployment.ts";

const TIMEOUT_SECONDS = 60;
export const DELIVERIES_VISIBILITY_SECONDS = VISIBILITY_PER_TIMEOUT * TIMEOUT_SECONDS;

export type SyncWorkerProps = {
  readonly deliveries: QueueWithDeadLetters;
  readonly jobs: QueueWithDeadLetters;
  readonly archive: ArchiveBucket;
  readonly store: Store;
  readonly concurrency: number;
  readonly alarms: AlarmTopic;
};

/** services/sync-worker: deliveries become documents. */
export class SyncWorker extends Construct {
  readonly deliveries: ServiceFunction;

  constructor(scope: Construct, id: string, deployment: Deployment, { deliveries, jobs, archive, store, concurrency, alarms }: SyncWorkerProps) {
    super(scope, id);
    this.deliveries = new ServiceFunction(this, "deliveries", deployment, {
      service: "sync-worker",
      entry: "deliveries-handler",
      timeoutSeconds: TIMEOUT_SECONDS,
      memoryMegabytes: 512,
      reservedConcurrency: concurrency,
      environment: {
        DELIVERIES_QUEUE_URL: deliveries.url,
        DELIVERIES_DEAD_LETTER_QUEUE_URL: deliveries.deadLetterUrl,
        SYNC_JOBS_QUEUE_URL: jobs.url,
        ARCHIVE_BUCKET: archive.name,
        ...store.environment,
      },
      permissions: [
        deliveries.allowConsume(),
        deliveries.allowSendDeadLetters(),
        jobs.allowSend(),
        archive.allowGet("claims"),
        archive.allowTellMissing(),
        archive.allowPut("deliveries"),
        ...store.allowWrite(),
      ],
      alarms,
    });
    new QueueToFunction(this, "deliveries-mapping", {
      queue: deliveries,
      target: this.deliveries,
      // One bulk write and one archive object for many; a lone delivery waits a second at most.
      batchSize: 100,
      windowSeconds: 1,
      concurrency,
    });
  }
}
