import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic/index.js";
import { Construct } from "constructs";
import { arnOf, type Deployment } from "../deployment.ts";
import { denyWithoutTls, resourcePolicyOf } from "../policy.ts";

/** Each is a page in docs/runbooks. */
export type Runbook =
  | "dead-letter"
  | "oldest-message"
  | "intake-5xx"
  | "webhook-refused"
  | "function-errors"
  | "function-throttled"
  | "worker-container"
  | "store-red"
  | "store-full"
  | "store-memory"
  | "budget"
  | "github-budget"
  | "incomplete"
  | "stuck-repair"
  | "silent-webhooks";

export type Metric = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: "Sum" | "Maximum" | "Minimum" | "Average" | "SampleCount";
};

const COMPARISONS = { "at-least": "GreaterThanOrEqualToThreshold", "more-than": "GreaterThanThreshold", "at-most": "LessThanOrEqualToThreshold" } as const;

export type AlarmProps = {
  readonly runbook: Runbook;
  /** What has happened when it rings, in one sentence. */
  readonly says: string;
  readonly metric: Metric;
  readonly when: keyof typeof COMPARISONS;
  readonly threshold: number;
  /** 300 and 1, if nothing else is said. */
  readonly periodSeconds?: number;
  readonly periods?: number;
  /** For what sends figures for as long as it runs. Others send none while they are idle; that is no alarm. */
  readonly silenceRings?: boolean;
};

/**
 * Where every alarm rings. Its messages hold names and figures, nothing of GitHub's, so it goes without a KMS key of its
 * own (a dollar a month): the account's `aws/sns` key would lock CloudWatch out.
 */
export class AlarmTopic extends Construct {
  readonly arn: string;
  private readonly deployment: Deployment;
  private readonly runbooks: string;

  constructor(scope: Construct, id: string, deployment: Deployment, { emails, runbooks }: { readonly emails: readonly string[]; readonly runbooks: string }) {
    super(scope, id);
    this.deployment = deployment;
    this.runbooks = runbooks;
    const name = `${deployment.name}-alarms`;
    const arn = arnOf(deployment, "sns", name);
    const fromHere = { StringEquals: { "aws:SourceAccount": deployment.account } };
    const publishers = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"].map((service) => ({ principal: { Service: service }, actions: ["sns:Publish"], resources: [arn], condition: fromHere }));
    const topic = new SnsTopic(this, "topic", { name, policy: resourcePolicyOf(publishers, [denyWithoutTls("sns", [arn])]) });
    this.arn = topic.arn;
    for (const email of emails) new SnsTopicSubscription(this, `to-${email}`, { topicArn: topic.arn, protocol: "email", endpoint: email });
  }

  /** `id` is the end of the alarm's name, and of its place in the scope. */
  watch(scope: Construct, id: string, { runbook, says, metric, when, threshold, periodSeconds = 300, periods = 1, silenceRings = false }: AlarmProps): void {
    new CloudwatchMetricAlarm(scope, id, {
      alarmName: `${this.deployment.name}-${id}`,
      alarmDescription: `${says} What to do: ${this.runbooks}/${runbook}.md`,
      namespace: metric.namespace,
      metricName: metric.name,
      dimensions: { ...metric.dimensions },
      statistic: metric.statistic,
      comparisonOperator: COMPARISONS[when],
      threshold,
      period: periodSeconds,
      evaluationPeriods: periods,
      treatMissingData: silenceRings ? "breaching" : "notBreaching",
      alarmActions: [this.arn],
      okActions: [this.arn],
    });
  }
}
