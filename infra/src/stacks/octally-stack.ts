import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { InfraConfig } from "../config.ts";
import { AlarmTopic } from "../constructs/alarm-topic.ts";
import { ArchiveBucket } from "../constructs/archive-bucket.ts";
import { BudgetAlarm } from "../constructs/budget-alarm.ts";
import { makeStore } from "../constructs/make-store.ts";
import { Overview } from "../constructs/overview.ts";
import { QueueWithDeadLetters } from "../constructs/queue-with-dead-letters.ts";
import { toDeployment, type Deployment } from "../deployment.ts";
import { JOBS_VISIBILITY_SECONDS } from "../services/jobs-worker.ts";
import { makeReaders } from "../services/readers.ts";
import { DELIVERIES_VISIBILITY_SECONDS, SyncWorker } from "../services/sync-worker.ts";
import { WebhookIntake } from "../services/webhook-intake.ts";
import { nextSteps } from "./next-steps.ts";
import { keepState } from "./keep-state.ts";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
/** GitHub's budget may make a job wait an hour, a large repair several. */
const OLDEST_JOB_SECONDS = 6 * HOUR;
/** A first load takes days where there is much to load. */
const OLDEST_BACKFILL_JOB_SECONDS = 3 * DAY;

export type StackOptions = {
  /** The folder of the built bundles. */
  readonly bundles: string;
  /** `data`: only what holds data. To apply it takes everything else down, which is how a deployment is destroyed without losing anything. */
  readonly parts: "everything" | "data";
  /** Whether Terraform refuses to destroy the store and the archive. Only ever false when somebody said so in words. */
  readonly protection: boolean;
};

export class OctallyStack extends TerraformStack {
  constructor(scope: Construct, id: string, config: InfraConfig, { bundles, parts, protection }: StackOptions) {
    super(scope, id);
    const deployment = toDeployment(config, bundles);
    const { account, region, name } = config;
    keepState(this, config);
    new AwsProvider(this, "aws", { region, allowedAccountIds: [account], defaultTags: [{ tags: { application: "octally", deployment: name } }] });

    // What holds data.
    const archive = new ArchiveBucket(this, "archive", deployment, { coldAfterDays: config.archive.coldAfterDays, protection });
    if (parts === "data" && config.store.kind === "existing") return;
    const alarms = new AlarmTopic(this, "alarms", deployment, config.alarms);
    const store = makeStore(this, "store", deployment, config, alarms, protection);
    new BudgetAlarm(this, "budget", deployment, { monthlyDollars: config.budget.monthlyDollars, alarms });
    if (parts === "data") {
      store.admitOnly({ writers: [], scrollers: [] });
      return;
    }

    // What waits.
    const deliveries = new QueueWithDeadLetters(this, "deliveries", deployment, { name: "deliveries", visibilitySeconds: DELIVERIES_VISIBILITY_SECONDS, oldestMessageSeconds: 15 * MINUTE, alarms });
    // Without `github` nobody takes these: the alarm tells when they come near the end of their fourteen days.
    const oldestJobSeconds = config.github === undefined ? 7 * DAY : OLDEST_JOB_SECONDS;
    const jobs = new QueueWithDeadLetters(this, "sync-jobs", deployment, { name: "sync-jobs", visibilitySeconds: JOBS_VISIBILITY_SECONDS, oldestMessageSeconds: oldestJobSeconds, alarms });
    const reading = config.github === undefined ? undefined : { github: config.github, keyArn: config.secretsKeyArn, backfillJobs: makeBackfillJobs(this, deployment, alarms) };

    // What works.
    const intake = new WebhookIntake(this, "webhook-intake", deployment, { deliveries, archive, config, alarms });
    const worker = new SyncWorker(this, "sync-worker", deployment, { deliveries, jobs, archive, store, reading, config: config.worker, alarms });
    const readers = reading === undefined ? undefined : makeReaders(this, deployment, config, { deliveries, jobs, archive, store, reading, worker: worker.deliveries, webhookUrl: intake.api.url, alarms });
    const writers = [worker.deliveries, ...(readers?.functions ?? [])];
    store.admitOnly({ writers: writers.map(({ roleArn }) => roleArn), scrollers: (readers?.scrollers ?? []).map(({ roleArn }) => roleArn) });

    // What people look at.
    const queues = [deliveries, jobs, ...(reading === undefined ? [] : [reading.backfillJobs])];
    const overview = new Overview(this, "overview", deployment, { api: intake.api, queues, workers: [intake.function, ...writers], figures: readers?.figures ?? [], domainName: store.domainName });
    this.tell({
      webhook_url: intake.api.url,
      webhook_secret_parameter: config.webhook.secretParameter,
      store_url: store.environment["OPENSEARCH_URL"] ?? "",
      store_administrator_role: "administratorArn" in store ? String(store.administratorArn) : "",
      store_writer_roles: JSON.stringify(writers.map(({ roleArn }) => roleArn)),
      archive_bucket: archive.name,
      deliveries_queue_url: deliveries.url,
      deliveries_dead_letter_queue_url: deliveries.deadLetterUrl,
      sync_jobs_queue_url: jobs.url,
      sync_jobs_dead_letter_queue_url: jobs.deadLetterUrl,
      ...(reading === undefined ? {} : { backfill_jobs_queue_url: reading.backfillJobs.url, backfill_jobs_dead_letter_queue_url: reading.backfillJobs.deadLetterUrl }),
      overview_url: overview.url,
      next: nextSteps(config, intake.api.url),
    });
  }

  private tell(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(this, name, { value });
  }
}

function makeBackfillJobs(stack: OctallyStack, deployment: Deployment, alarms: AlarmTopic): QueueWithDeadLetters {
  return new QueueWithDeadLetters(stack, "backfill-jobs", deployment, { name: "backfill-jobs", visibilitySeconds: JOBS_VISIBILITY_SECONDS, oldestMessageSeconds: OLDEST_BACKFILL_JOB_SECONDS, alarms });
}
