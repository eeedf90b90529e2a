import type { Construct } from "constructs";
import type { Deployment } from "../deployment.ts";
import type { AlarmTopic, Metric } from "./alarm-topic.ts";

/** The figures that AWS names as those to watch of an OpenSearch domain, at its recommended limits. */
export function watchDomain(scope: Construct, deployment: Deployment, alarms: AlarmTopic, { domainName, freeMegabytes }: { readonly domainName: string; readonly freeMegabytes: number }): void {
  const metric = (name: string, statistic: Metric["statistic"]): Metric => domainMetric(deployment, domainName, name, statistic);
  alarms.watch(scope, "store-red", {
    runbook: "store-red",
    says: "The store has lost a primary shard: some documents can be neither read nor written.",
    metric: metric("ClusterStatus.red", "Maximum"),
    when: "at-least",
    threshold: 1,
    periodSeconds: 60,
  });
  alarms.watch(scope, "store-filling", {
    runbook: "store-full",
    says: `A node of the store has less than ${Math.round(freeMegabytes / 1000)} GB of free disk.`,
    metric: metric("FreeStorageSpace", "Minimum"),
    when: "at-most",
    threshold: freeMegabytes,
    periodSeconds: 60,
  });
  alarms.watch(scope, "store-blocked", {
    runbook: "store-full",
    says: "The store refuses all writes: no disk or no memory is left. Nothing is lost for as long as the queue keeps its messages.",
    metric: metric("ClusterIndexWritesBlocked", "Maximum"),
    when: "at-least",
    threshold: 1,
  });
  alarms.watch(scope, "store-memory", {
    runbook: "store-memory",
    says: "The store's Java heap is nearly full.",
    metric: metric("JVMMemoryPressure", "Maximum"),
    when: "at-least",
    threshold: 95,
    periodSeconds: 60,
    periods: 3,
  });
}

export function domainMetric({ account }: Deployment, domainName: string, name: string, statistic: Metric["statistic"]): Metric {
  return { namespace: "AWS/ES", name, dimensions: { DomainName: domainName, ClientId: account }, statistic };
}
