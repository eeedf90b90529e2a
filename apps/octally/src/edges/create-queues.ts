/** The queues and the bucket, as they are on AWS. Safe to run at every start. */
import { BucketAlreadyExists, BucketAlreadyOwnedByYou, CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { BUCKET, LOCAL_ACCOUNT, queueNames, type QueueUrls } from "../core/instance-plan.ts";

const RETENTION = String(14 * 24 * 3600);
/** The worker itself sends what can never work to the dead-letter queue, with its reason; this is the net below it. */
const MAX_RECEIVE_COUNT = 1000;
/**
 * How long what a killed worker held stays invisible. A batch takes a second or two here; one that takes longer than this is handled
 * twice, which is harmless. (On AWS it is six times the function's time-out.)
 */
const DELIVERIES_VISIBILITY = "30";
/** A slice of a job takes up to 20 s here; one whose worker was killed is missed for so long. */
const SYNC_JOBS_VISIBILITY = "60";
/** What Terraform's AWS provider can give a queue; SQS itself has taken more since 2025. */
const MAX_MESSAGE_BYTES = "262144";

const common = { MessageRetentionPeriod: RETENTION, MaximumMessageSize: MAX_MESSAGE_BYTES };

export async function createQueues(client: SQSClient, urls: QueueUrls): Promise<void> {
  await createQueue(client, queueNames.deliveries_dead_letters, urls.deliveries_dead_letters, common);
  await createQueue(client, queueNames.sync_jobs_dead_letters, urls.sync_jobs_dead_letters, common);
  await createQueue(client, queueNames.deliveries, urls.deliveries, {
    ...common,
    VisibilityTimeout: DELIVERIES_VISIBILITY,
    RedrivePolicy: redriveTo(queueNames.deliveries_dead_letters),
  });
  for (const name of ["sync_jobs", "backfill_jobs"] as const) {
    await createQueue(client, queueNames[name], urls[name], {
      ...common,
      VisibilityTimeout: SYNC_JOBS_VISIBILITY,
      RedrivePolicy: redriveTo(queueNames.sync_jobs_dead_letters),
    });
  }
}

/** Attributes are set apart from the creation, which refuses a queue that exists with others. */
async function createQueue(client: SQSClient, name: string, url: string, attributes: Record<string, string>): Promise<void> {
  await client.send(new CreateQueueCommand({ QueueName: name }));
  await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: attributes }));
}

function redriveTo(name: string): string {
  return JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:us-east-1:${LOCAL_ACCOUNT}:${name}`, maxReceiveCount: MAX_RECEIVE_COUNT });
}

export async function createBucket(client: S3Client): Promise<void> {
  try {
    await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  } catch (failure) {
    if (failure instanceof BucketAlreadyOwnedByYou || failure instanceof BucketAlreadyExists) return;
    throw failure;
  }
}
