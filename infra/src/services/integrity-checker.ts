import { Construct } from "constructs";
import type { InfraConfig } from "../config.ts";
import type { AlarmTopic } from "../constructs/alarm-topic.ts";
import { LogMetric } from "../constructs/log-metric.ts";
import type { QueueWithDeadLetters } from "../constructs/queue-with-dead-letters.ts";
import { ScheduleToFunction } from "../constructs/schedule-to-function.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import type { Store } from "../constructs/store.ts";
import type { Deployment } from "../deployment.ts";
import { githubEnvironment } from "../github-config.ts";
import type { LogMetricName } from "../log-metrics.ts";
import { allowReadAs, sourcesOf, type Reading } from "./reading.ts";

export type IntegrityCheckerProps = {
  readonly deliveries: QueueWithDeadLetters;
  readonly jobs: QueueWithDeadLetters;
  readonly store: Store;
  readonly reading: Reading;
  /** Where GitHub delivers to. */
  readonly webhookUrl: string;
  readonly config: InfraConfig["checks"];
  readonly alarms: AlarmTopic;
};

/** In UTC, away from the full hour and from each other. */
const SCHEDULES = {
  counts: "cron(7 * * * ? *)",
  deliveries: "cron(37 * * * ? *)",
  // Who has not looked for a quarter of an hour takes itself for away, and calls nothing silent.
  canary: "rate(5 minutes)",
  audit: "cron(20 3 * * ? *)",
  references: "cron(50 4 * * ? *)",
} as const;

const HOUR = 3600;

/** services/integrity-checker: each check on its schedule, and the alarms on what they find. */
export class IntegrityChecker extends Construct {
  readonly function: ServiceFunction;
  readonly completeness: LogMetric;
  readonly overdue: LogMetric;

  constructor(scope: Construct, id: string, deployment: Deployment, { deliveries, jobs, store, reading, webhookUrl, config, alarms }: IntegrityCheckerProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, "function", deployment, {
      service: "integrity-checker",
      entry: "handler",
      // As long as Lambda lets it: counting is done in requests of seconds, and a large organisation takes many.
      timeoutSeconds: 900,
      memoryMegabytes: 512,
      // A long one must not hold up the canary.
      reservedConcurrency: 3,
      environment: {
        DELIVERIES_QUEUE_URL: deliveries.url,
        SYNC_JOBS_QUEUE_URL: jobs.url,
        OCTALLY_WEBHOOK_URL: webhookUrl,
        OCTALLY_AUDIT_DAYS: String(config.auditDays),
        OCTALLY_MOST_REPAIRS: String(config.mostRepairs),
        ...sourcesOf(reading),
        ...githubEnvironment(reading.github),
        ...store.environment,
      },
      permissions: [deliveries.allowCount(), jobs.allowCount(), jobs.allowSend(), ...store.allowWrite(), ...allowReadAs(deployment, reading)],
      alarms,
    });
    for (const [check, expression] of Object.entries(SCHEDULES)) {
      new ScheduleToFunction(this, check, deployment, { name: `check-${check}`, expression, target: this.function, input: { checks: [check] } });
    }
    const figure = (metricId: string, name: LogMetricName): LogMetric => new LogMetric(this, metricId, deployment, { name, logs: this.function.logs });
    this.completeness = figure("completeness", "CompletenessPercent");
    this.overdue = figure("overdue", "OverduePercent");
    this.watch(alarms, config.completenessPercent, { stuck: figure("stuck", "Stuck"), silentHooks: figure("silent-hooks", "SilentHooks") });
  }

  private watch(alarms: AlarmTopic, completenessPercent: number, { stuck, silentHooks }: { readonly stuck: LogMetric; readonly silentHooks: LogMetric }): void {
    alarms.watch(this, "incomplete", {
      runbook: "incomplete",
      says: `For six hours less than ${completenessPercent} % of what GitHub counts has been in the store or on its way.`,
      metric: this.overdue.metric("Minimum"),
      when: "more-than",
      threshold: Number((100 - completenessPercent).toFixed(4)),
      periodSeconds: HOUR,
      periods: 6,
      // A check that does not come says nothing of completeness.
      silenceRings: true,
    });
    alarms.watch(this, "stuck-repair", {
      runbook: "stuck-repair",
      says: "Something differs from GitHub and three repairs did not mend it.",
      metric: stuck.metric("Maximum"),
      when: "at-least",
      threshold: 1,
      periodSeconds: HOUR,
    });
    alarms.watch(this, "silent-webhooks", {
      runbook: "silent-webhooks",
      says: "GitHub was asked for a ping, and it did not come: webhooks do not arrive.",
      metric: silentHooks.metric("Maximum"),
      when: "at-least",
      threshold: 1,
      periodSeconds: 900,
    });
  }
}
