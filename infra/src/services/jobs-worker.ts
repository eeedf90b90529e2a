import { Construct } from "constructs";
import type { AlarmTopic } from "../constructs/alarm-topic.ts";
import type { ArchiveBucket } from "../constructs/archive-bucket.ts";
import { LogMetric } from "../constructs/log-metric.ts";
import type { LogGroup } from "../constructs/log-group.ts";
import type { QueueWithDeadLetters } from "../constructs/queue-with-dead-letters.ts";
import { QueueToFunction, VISIBILITY_PER_TIMEOUT } from "../constructs/queue-to-function.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import type { Store } from "../constructs/store.ts";
import type { Deployment } from "../deployment.ts";
import { githubEnvironment } from "../github-config.ts";
import type { Statement } from "../policy.ts";
import { allowReadAs, type Reading } from "./reading.ts";

/** A slice of a part takes 20 s; what follows a large repository to its new name takes minutes. */
const TIMEOUT_SECONDS = 180;
export const JOBS_VISIBILITY_SECONDS = VISIBILITY_PER_TIMEOUT * TIMEOUT_SECONDS;
/** Backfill leaves ten percent of an hour's budget to the others, repair five: below that live work has begun to run out. */
const SPENT_PERCENT = 4;

export type JobsProps = {
  readonly deliveries: QueueWithDeadLetters;
  readonly jobs: QueueWithDeadLetters;
  readonly archive: ArchiveBucket;
  readonly store: Store;
  readonly reading: Reading;
};

export type JobsWorkerProps = JobsProps & { readonly concurrency: number; readonly alarms: AlarmTopic };

/** The jobs of services/sync-worker in a function: both queues, each with calls of its own, so that live work never waits for the history. */
export class JobsWorker extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, deployment: Deployment, props: JobsWorkerProps) {
    super(scope, id);
    const { concurrency, alarms, jobs, reading } = props;
    const queues = { jobs, "backfill-jobs": reading.backfillJobs };
    this.function = new ServiceFunction(this, "function", deployment, {
      service: "sync-worker",
      name: "jobs-worker",
      entry: "jobs-handler",
      timeoutSeconds: TIMEOUT_SECONDS,
      memoryMegabytes: 512,
      reservedConcurrency: Object.keys(queues).length * concurrency,
      environment: jobsEnvironmentOf(props),
      permissions: jobsPermissionsOf(deployment, props),
      alarms,
    });
    // Each waits for GitHub most of the time, and all of a batch end together.
    for (const [name, queue] of Object.entries(queues)) new QueueToFunction(this, `${name}-mapping`, { queue, target: this.function, batchSize: 2, windowSeconds: 0, concurrency });
  }
}

export function jobsEnvironmentOf({ deliveries, jobs, archive, store, reading }: JobsProps): Readonly<Record<string, string>> {
  return {
    DELIVERIES_QUEUE_URL: deliveries.url,
    DELIVERIES_DEAD_LETTER_QUEUE_URL: deliveries.deadLetterUrl,
    SYNC_JOBS_QUEUE_URL: jobs.url,
    SYNC_JOBS_DEAD_LETTER_QUEUE_URL: jobs.deadLetterUrl,
    BACKFILL_JOBS_QUEUE_URL: reading.backfillJobs.url,
    ARCHIVE_BUCKET: archive.name,
    ...githubEnvironment(reading.github),
    ...store.environment,
  };
}

/** What the code does, wherever it runs. A delivery that is fetched goes the way of one that came: a large body into the bucket. */
export function jobsPermissionsOf(deployment: Deployment, { deliveries, jobs, archive, store, reading }: JobsProps): readonly Statement[] {
  return [
    jobs.allowConsume(),
    reading.backfillJobs.allowConsume(),
    jobs.allowSend(),
    reading.backfillJobs.allowSend(),
    deliveries.allowSend(),
    jobs.allowSendDeadLetters(),
    archive.allowPut("claims"),
    ...store.allowWrite(),
    ...store.allowScroll(),
    ...allowReadAs(deployment, reading),
  ];
}

/** Wherever the jobs' lines are written. */
export function watchGitHubBudget(scope: Construct, deployment: Deployment, { logs, alarms }: { readonly logs: LogGroup; readonly alarms: AlarmTopic }): LogMetric {
  const left = new LogMetric(scope, "github-budget-left", deployment, { name: "GitHubBudgetLeftPercent", logs });
  alarms.watch(scope, "github-budget", {
    runbook: "github-budget",
    says: `Less than ${SPENT_PERCENT + 1} % of GitHub's hourly budget was left: live work waits for the next hour.`,
    metric: left.metric("Minimum"),
    when: "at-most",
    threshold: SPENT_PERCENT,
    periodSeconds: 3600,
  });
  return left;
}
