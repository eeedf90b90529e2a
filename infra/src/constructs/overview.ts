import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js";
import { Construct } from "constructs";
import type { Deployment } from "../deployment.ts";
import type { Metric } from "./alarm-topic.ts";
import { depthOf, type QueueWithDeadLetters } from "./queue-with-dead-letters.ts";
import { ServiceContainer } from "./service-container.ts";
import { ServiceFunction } from "./service-function.ts";
import { domainMetric } from "./watch-domain.ts";
import type { WebhookApi } from "./webhook-api.ts";

export type OverviewProps = {
  readonly api: WebhookApi;
  readonly queues: readonly QueueWithDeadLetters[];
  readonly workers: readonly (ServiceFunction | ServiceContainer)[];
  /** What the services tell of themselves, an hour a point. */
  readonly figures: readonly Graph[];
  readonly domainName: string | undefined;
};

type Graph = { readonly title: string; readonly metrics: readonly Metric[]; /** 300, if nothing else is said. */ readonly periodSeconds?: number };

/** One CloudWatch dashboard: what comes in, what waits, what works, what it is stored in. */
export class Overview extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, deployment: Deployment, { api, queues, workers, figures, domainName }: OverviewProps) {
    super(scope, id);
    const functions = workers.filter((each) => each instanceof ServiceFunction);
    const graphs: readonly Graph[] = [
      { title: "Webhooks: all, refused (4xx), failed (5xx)", metrics: [api.metric("Count"), api.metric("4xx"), api.metric("5xx")] },
      { title: "Waiting", metrics: queues.map(({ name }) => depthOf(name)) },
      { title: "Dead letters", metrics: queues.map(({ deadLetterName }) => depthOf(deadLetterName)) },
      { title: "Oldest message, seconds", metrics: queues.map(({ name }) => ({ ...depthOf(name), name: "ApproximateAgeOfOldestMessage" })) },
      { title: "Calls", metrics: functions.map((each) => functionMetric(each, "Invocations", "Sum")) },
      { title: "Errors and throttles", metrics: functions.flatMap((each) => [functionMetric(each, "Errors", "Sum"), functionMetric(each, "Throttles", "Sum")]) },
      { title: "Duration, ms, longest", metrics: functions.map((each) => functionMetric(each, "Duration", "Maximum")) },
      ...workers.filter((each) => each instanceof ServiceContainer).flatMap(containerGraphs),
      ...figures.map((graph) => ({ ...graph, periodSeconds: 3600 })),
      ...(domainName === undefined ? [] : storeGraphs(deployment, domainName)),
    ];
    const dashboard = new CloudwatchDashboard(this, "dashboard", { dashboardName: deployment.name, dashboardBody: JSON.stringify({ widgets: graphs.map((graph, index) => toWidget(graph, index, deployment.region)) }) });
    this.url = `https://${deployment.region}.console.aws.amazon.com/cloudwatch/home?region=${deployment.region}#dashboards:name=${dashboard.dashboardName}`;
  }
}

function storeGraphs(deployment: Deployment, domainName: string): readonly Graph[] {
  return [
    { title: "Store: free disk, MB", metrics: [domainMetric(deployment, domainName, "FreeStorageSpace", "Minimum")] },
    { title: "Store: Java heap, %", metrics: [domainMetric(deployment, domainName, "JVMMemoryPressure", "Maximum")] },
    { title: "Store: indexing and searching, ms", metrics: [domainMetric(deployment, domainName, "IndexingLatency", "Average"), domainMetric(deployment, domainName, "SearchLatency", "Average")] },
  ];
}

function containerGraphs(container: ServiceContainer): readonly Graph[] {
  return [
    { title: "Container: running tasks", metrics: [container.metric("CPUUtilization", "SampleCount")], periodSeconds: 60 },
    { title: "Container: processor and memory, %", metrics: [container.metric("CPUUtilization", "Maximum"), container.metric("MemoryUtilization", "Maximum")] },
  ];
}

function functionMetric({ name }: ServiceFunction, metricName: string, statistic: Metric["statistic"]): Metric {
  return { namespace: "AWS/Lambda", name: metricName, dimensions: { FunctionName: name }, statistic };
}

/** Three in a row, on CloudWatch's grid of 24 columns. */
function toWidget({ title, metrics, periodSeconds = 300 }: Graph, index: number, region: string): object {
  return {
    type: "metric",
    x: (index % 3) * 8,
    y: Math.floor(index / 3) * 6,
    width: 8,
    height: 6,
    properties: { title, region, period: periodSeconds, metrics: metrics.map(({ namespace, name, dimensions, statistic }) => [namespace, name, ...Object.entries(dimensions).flat(), { stat: statistic }]) },
  };
}
