import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js";
import { Construct } from "constructs";
import type { QueueWithDeadLetters } from "./queue-with-dead-letters.ts";
import type { ServiceFunction } from "./service-function.ts";

/** AWS's own rule: time for the function to be throttled and tried again before a message is seen twice. */
export const VISIBILITY_PER_TIMEOUT = 6;

export type QueueToFunctionProps = {
  readonly queue: QueueWithDeadLetters;
  readonly target: ServiceFunction;
  readonly batchSize: number;
  /** How long a batch may wait to become full; at least 1 above ten messages. */
  readonly windowSeconds: number;
  readonly concurrency: number;
};

/** A queue's messages become calls of a function, in batches of which each message fails alone. */
export class QueueToFunction extends Construct {
  constructor(scope: Construct, id: string, { queue, target, batchSize, windowSeconds, concurrency }: QueueToFunctionProps) {
    super(scope, id);
    if (queue.visibilitySeconds < VISIBILITY_PER_TIMEOUT * target.timeoutSeconds) {
      throw new Error(`${queue.name} hides a message for ${queue.visibilitySeconds} s; ${target.name} needs ${VISIBILITY_PER_TIMEOUT} times its time-out of ${target.timeoutSeconds} s.`);
    }
    new LambdaEventSourceMapping(this, "mapping", {
      eventSourceArn: queue.resource.arn,
      functionName: target.resource.functionName,
      batchSize,
      maximumBatchingWindowInSeconds: windowSeconds,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: concurrency },
      // AWS looks whether the role may read the queue before it accepts the mapping.
      dependsOn: [target.rolePolicy],
    });
  }
}
