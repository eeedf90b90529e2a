import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { Construct } from "constructs";
import { arnOf, type Deployment } from "../deployment.ts";
import { denyWithoutTls, resourcePolicyOf, type Statement } from "../policy.ts";
import type { AlarmTopic, Metric } from "./alarm-topic.ts";

const FOURTEEN_DAYS = 14 * 24 * 3600;
/** The workers bury what can never work themselves; this is the net below them (ADR 0005). */
const MAX_RECEIVES = 1000;
/** What version 5 of the AWS provider can give a queue; SQS itself takes four times as much since 2025. */
const MAX_MESSAGE_BYTES = 262_144;

export type QueueProps = {
  /** Without the deployment's name. */
  readonly name: string;
  readonly visibilitySeconds: number;
  /** How old a message may become before somebody should look. */
  readonly oldestMessageSeconds: number;
  readonly alarms: AlarmTopic;
};

/** A queue and the one for what could not be processed: encrypted, over TLS only, kept for fourteen days, watched. */
export class QueueWithDeadLetters extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly deadLetterName: string;
  readonly deadLetterUrl: string;
  readonly visibilitySeconds: number;
  readonly resource: SqsQueue;
  private readonly deadLetterArn: string;

  constructor(scope: Construct, id: string, deployment: Deployment, props: QueueProps) {
    super(scope, id);
    this.name = `${deployment.name}-${props.name}`;
    this.deadLetterName = `${this.name}-dead-letters`;
    this.arn = arnOf(deployment, "sqs", this.name);
    this.deadLetterArn = arnOf(deployment, "sqs", this.deadLetterName);
    this.visibilitySeconds = props.visibilitySeconds;

    const deadLetters = this.makeQueue("dead-letters", this.deadLetterName, this.deadLetterArn, {
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [this.arn] }),
    });
    this.resource = this.makeQueue("queue", this.name, this.arn, {
      visibilityTimeoutSeconds: props.visibilitySeconds,
      // The attribute, not the name: so the queue waits for its dead-letter queue.
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: MAX_RECEIVES }),
    });
    this.url = this.resource.url;
    this.deadLetterUrl = deadLetters.url;

    props.alarms.watch(this, `${props.name}-dead-letter`, {
      runbook: "dead-letter",
      says: `Something in ${this.name} could not be processed and waits in ${this.deadLetterName}, for at most 14 days.`,
      metric: depthOf(this.deadLetterName),
      when: "at-least",
      threshold: 1,
    });
    props.alarms.watch(this, `${props.name}-oldest-message`, {
      runbook: "oldest-message",
      says: `The oldest message in ${this.name} is older than it should be; after 14 days it is lost.`,
      metric: { namespace: "AWS/SQS", name: "ApproximateAgeOfOldestMessage", dimensions: { QueueName: this.name }, statistic: "Maximum" },
      when: "at-least",
      threshold: props.oldestMessageSeconds,
    });
  }

  allowSend(): Statement {
    return { actions: ["sqs:SendMessage"], resources: [this.arn] };
  }

  allowSendDeadLetters(): Statement {
    return { actions: ["sqs:SendMessage"], resources: [this.deadLetterArn] };
  }

  /** What the event source needs, and `ChangeMessageVisibility` for a worker that sets the delay of its retries. */
  allowConsume(): Statement {
    return { actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"], resources: [this.arn] };
  }

  /** How many messages wait. */
  allowCount(): Statement {
    return { actions: ["sqs:GetQueueAttributes"], resources: [this.arn] };
  }

  private makeQueue(id: string, name: string, arn: string, more: Partial<ConstructorParameters<typeof SqsQueue>[2]>): SqsQueue {
    return new SqsQueue(this, id, {
      name,
      messageRetentionSeconds: FOURTEEN_DAYS,
      maxMessageSize: MAX_MESSAGE_BYTES,
      sqsManagedSseEnabled: true,
      policy: resourcePolicyOf([], [denyWithoutTls("sqs", [arn])]),
      ...more,
    });
  }
}

export function depthOf(queueName: string): Metric {
  return { namespace: "AWS/SQS", name: "ApproximateNumberOfMessagesVisible", dimensions: { QueueName: queueName }, statistic: "Maximum" };
}
