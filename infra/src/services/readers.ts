/** All that reads GitHub, where it is read at all. */
import type { Construct } from "constructs";
import type { InfraConfig } from "../config.ts";
import type { Metric } from "../constructs/alarm-topic.ts";
import { ServiceContainer } from "../constructs/service-container.ts";
import type { ServiceFunction } from "../constructs/service-function.ts";
import type { Deployment } from "../deployment.ts";
import { Discovery } from "./discovery.ts";
import { IntegrityChecker } from "./integrity-checker.ts";
import { JobsWorker, watchGitHubBudget, type JobsWorkerProps } from "./jobs-worker.ts";

export type ReadersProps = Omit<JobsWorkerProps, "concurrency"> & {
  /** A container does the jobs as well: then no function does. */
  readonly worker: ServiceFunction | ServiceContainer;
  readonly webhookUrl: string;
};

export type Readers = {
  readonly functions: readonly ServiceFunction[];
  /** Of all that use the store those that scroll in it. */
  readonly scrollers: readonly (ServiceFunction | ServiceContainer)[];
  readonly figures: readonly { readonly title: string; readonly metrics: readonly Metric[] }[];
};

export function makeReaders(scope: Construct, deployment: Deployment, { jobs: { concurrency }, checks }: Pick<InfraConfig, "jobs" | "checks">, props: ReadersProps): Readers {
  const { worker, alarms } = props;
  const jobs = worker instanceof ServiceContainer ? undefined : new JobsWorker(scope, "jobs-worker", deployment, { ...props, concurrency }).function;
  const discovery = new Discovery(scope, "discovery", deployment, props).function;
  const checker = new IntegrityChecker(scope, "integrity-checker", deployment, { ...props, config: checks });
  const budgetLeft = watchGitHubBudget(scope, deployment, { logs: (jobs ?? worker).logs, alarms });
  return {
    functions: [...(jobs === undefined ? [] : [jobs]), discovery, checker.function],
    scrollers: [jobs ?? worker, discovery],
    figures: [
      { title: "Completeness, and what is overdue, %", metrics: [checker.completeness.metric("Minimum"), checker.overdue.metric("Maximum")] },
      { title: "GitHub's hourly budget: left, %", metrics: [budgetLeft.metric("Minimum")] },
    ],
  };
}
