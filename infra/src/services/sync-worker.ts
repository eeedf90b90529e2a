import { Construct } from "constructs";
import type { InfraConfig } from "../config.ts";
import type { AlarmTopic } from "../constructs/alarm-topic.ts";
import type { ArchiveBucket } from "../constructs/archive-bucket.ts";
import type { QueueWithDeadLetters } from "../constructs/queue-with-dead-letters.ts";
import { QueueToFunction, VISIBILITY_PER_TIMEOUT } from "../constructs/queue-to-function.ts";
import { ServiceContainer } from "../constructs/service-container.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import type { Store } from "../constructs/store.ts";
import type { Deployment } from "../deployment.ts";
import type { Statement } from "../policy.ts";
import { jobsEnvironmentOf, jobsPermissionsOf } from "./jobs-worker.ts";
import type { Reading } from "./reading.ts";

const TIMEOUT_SECONDS = 60;
export const DELIVERIES_VISIBILITY_SECONDS = VISIBILITY_PER_TIMEOUT * TIMEOUT_SECONDS;
const TLS_PORT = 443;

export type SyncWorkerProps = {
  readonly deliveries: QueueWithDeadLetters;
  readonly jobs: QueueWithDeadLetters;
  readonly archive: ArchiveBucket;
  readonly store: Store;
  /** Undefined where GitHub is not read: then there are no jobs to work on. */
  readonly reading: Reading | undefined;
  readonly config: InfraConfig["worker"];
  readonly alarms: AlarmTopic;
};

/** services/sync-worker: deliveries become documents, in a function or, where one is configured, in a container, which does the jobs as well. */
export class SyncWorker extends Construct {
  readonly deliveries: ServiceFunction | ServiceContainer;

  constructor(scope: Construct, id: string, deployment: Deployment, props: SyncWorkerProps) {
    super(scope, id);
    this.deliveries = props.config.container === undefined ? this.makeFunction(deployment, props) : this.makeContainer(deployment, props, props.config.container);
  }

  private makeFunction(deployment: Deployment, props: SyncWorkerProps): ServiceFunction {
    const { concurrency } = props.config;
    const target = new ServiceFunction(this, "deliveries", deployment, {
      service: "sync-worker",
      entry: "deliveries-handler",
      timeoutSeconds: TIMEOUT_SECONDS,
      memoryMegabytes: 512,
      reservedConcurrency: concurrency,
      environment: environmentOf(props),
      permissions: permissionsOf(props),
      alarms: props.alarms,
    });
    new QueueToFunction(this, "deliveries-mapping", {
      queue: props.deliveries,
      target,
      // One bulk write and one archive object for many; a lone delivery waits a second at most.
      batchSize: 100,
      windowSeconds: 1,
      concurrency,
    });
    return target;
  }

  /** It takes the messages itself (apps/octally/src/worker-container.ts): hence no mapping, and not both at once. */
  private makeContainer(deployment: Deployment, props: SyncWorkerProps, container: NonNullable<InfraConfig["worker"]["container"]>): ServiceContainer {
    const { reading } = props;
    const jobs = reading === undefined ? undefined : { ...props, reading };
    return new ServiceContainer(this, "container", deployment, {
      service: "worker-container",
      container,
      ports: [...new Set([TLS_PORT, props.store.port, ...(reading === undefined ? [] : [Number(new URL(reading.github.apiUrl).port || TLS_PORT)])])],
      environment: { ...environmentOf(props), ...(jobs === undefined ? {} : jobsEnvironmentOf(jobs)), WORKER_CONCURRENCY: String(container.concurrency) },
      permissions: jobs === undefined ? permissionsOf(props) : eachOnce([...permissionsOf(props), ...jobsPermissionsOf(deployment, jobs)]),
      alarms: props.alarms,
    });
  }
}

function eachOnce(statements: readonly Statement[]): readonly Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
}

function environmentOf({ deliveries, jobs, archive, store }: SyncWorkerProps): Readonly<Record<string, string>> {
  return {
    DELIVERIES_QUEUE_URL: deliveries.url,
    DELIVERIES_DEAD_LETTER_QUEUE_URL: deliveries.deadLetterUrl,
    SYNC_JOBS_QUEUE_URL: jobs.url,
    ARCHIVE_BUCKET: archive.name,
    ...store.environment,
  };
}

/** What the code does, wherever it runs. */
function permissionsOf({ deliveries, jobs, archive, store }: SyncWorkerProps): readonly Statement[] {
  return [
    deliveries.allowConsume(),
    deliveries.allowSendDeadLetters(),
    jobs.allowSend(),
    archive.allowGet("claims"),
    archive.allowTellMissing(),
    archive.allowPut("deliveries"),
    ...store.allowWrite(),
  ];
}
