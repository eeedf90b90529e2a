import { Construct } from "constructs";
import type { AlarmTopic } from "../constructs/alarm-topic.ts";
import { ScheduleToFunction } from "../constructs/schedule-to-function.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import type { Store } from "../constructs/store.ts";
import type { Deployment } from "../deployment.ts";
import { sourcesOf, type Reading } from "./reading.ts";

export type DiscoveryProps = { readonly store: Store; readonly reading: Reading; readonly alarms: AlarmTopic };

/** services/sync-worker's discovery: what was never loaded is loaded. It asks nothing of GitHub; the jobs do. */
export class Discovery extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, deployment: Deployment, { store, reading, alarms }: DiscoveryProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, "function", deployment, {
      service: "sync-worker",
      name: "discovery",
      entry: "discovery-handler",
      timeoutSeconds: 300,
      memoryMegabytes: 512,
      // Two at once could begin the same load twice.
      reservedConcurrency: 1,
      environment: { BACKFILL_JOBS_QUEUE_URL: reading.backfillJobs.url, ...sourcesOf(reading), ...store.environment },
      permissions: [reading.backfillJobs.allowSend(), ...store.allowWrite(), ...store.allowScroll()],
      alarms,
    });
    new ScheduleToFunction(this, "new", deployment, { name: "look-for-new", expression: "rate(15 minutes)", target: this.function, input: { look: "new" } });
    new ScheduleToFunction(this, "all", deployment, { name: "list-repositories", expression: "cron(40 2 * * ? *)", target: this.function, input: { look: "all" } });
  }
}
