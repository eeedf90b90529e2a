import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter/index.js";
import { Construct } from "constructs";
import type { Deployment } from "../deployment.ts";
import { logMetrics, patternOf, type LogMetricName } from "../log-metrics.ts";
import type { Metric } from "./alarm-topic.ts";
import type { LogGroup } from "./log-group.ts";

/** A figure of a service's log lines as a metric, in a namespace of the deployment's own. */
export class LogMetric extends Construct {
  private readonly namespace: string;
  private readonly metricName: LogMetricName;

  constructor(scope: Construct, id: string, deployment: Deployment, { name, logs }: { readonly name: LogMetricName; readonly logs: LogGroup }) {
    super(scope, id);
    this.namespace = deployment.name;
    this.metricName = name;
    new CloudwatchLogMetricFilter(this, "filter", {
      name: `${deployment.name}-${id}`,
      logGroupName: logs.name,
      pattern: patternOf(name),
      metricTransformation: { namespace: this.namespace, name, value: `$.${logMetrics[name].field}` },
      dependsOn: [logs.resource],
    });
  }

  metric(statistic: Metric["statistic"]): Metric {
    return { namespace: this.namespace, name: this.metricName, dimensions: {}, statistic };
  }
}
