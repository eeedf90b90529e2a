import { Construct } from "constructs";
import type { InfraConfig } from "../config.ts";
import type { AlarmTopic } from "../constructs/alarm-topic.ts";
import type { ArchiveBucket } from "../constructs/archive-bucket.ts";
import type { QueueWithDeadLetters } from "../constructs/queue-with-dead-letters.ts";
import { allowParameters } from "../constructs/secrets.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { WebhookApi } from "../constructs/webhook-api.ts";
import type { Deployment } from "../deployment.ts";

export type WebhookIntakeProps = {
  readonly deliveries: QueueWithDeadLetters;
  readonly archive: ArchiveBucket;
  readonly config: InfraConfig;
  readonly alarms: AlarmTopic;
};

/** services/webhook-intake: the route, and the function that checks, stores and only then acknowledges. */
export class WebhookIntake extends Construct {
  readonly api: WebhookApi;
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, deployment: Deployment, { deliveries, archive, config, alarms }: WebhookIntakeProps) {
    super(scope, id);
    const { secretParameter, previousSecretParameter, requestsPerSecond, burst, concurrency } = config.webhook;
    const parameters = [secretParameter, ...(previousSecretParameter === undefined ? [] : [previousSecretParameter])];
    this.function = new ServiceFunction(this, "function", deployment, {
      service: "webhook-intake",
      entry: "handler",
      // The gateway gives up after ten seconds as GitHub does.
      timeoutSeconds: 10,
      // A Lambda's processor grows with its memory; a start takes half as long as with 256.
      memoryMegabytes: 512,
      reservedConcurrency: concurrency,
      environment: {
        DELIVERIES_QUEUE_URL: deliveries.url,
        ARCHIVE_BUCKET: archive.name,
        GITHUB_WEBHOOK_SECRET_PARAMETER: secretParameter,
        ...(previousSecretParameter === undefined ? {} : { GITHUB_WEBHOOK_SECRET_PREVIOUS_PARAMETER: previousSecretParameter }),
      },
      permissions: [deliveries.allowSend(), archive.allowPut("claims"), ...allowParameters(deployment, parameters, config.secretsKeyArn)],
      alarms,
    });
    this.api = new WebhookApi(this, "api", deployment, { intake: this.function, requestsPerSecond, burst, alarms });
  }
}
