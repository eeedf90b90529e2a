import middy from "@middy/core";
import { systemClock } from "@octally/shared/clock";
import { type Environment, parseConfig } from "@octally/shared/config";
import { type Logger, makeLogger } from "@octally/shared/log";
import { makeQueue, makeSqsClient } from "@octally/shared/queue";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { intakeConfig } from "./config.ts";
import { toAnswer } from "./core/to-answer.ts";
import { readRequest } from "./core/webhook-request.ts";
import { answerDefects } from "./edges/answer-defects.ts";
import { lazyBucket } from "./edges/lazy-bucket.ts";
import { makeFetchSecrets } from "./edges/webhook-secrets.ts";
import { logOutcome } from "./log-outcome.ts";
import { type Ports, receiveWebhook } from "./receive-webhook.ts";

export type IntakeHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const TIMEOUT_MS = 8000;

/** The handler for an environment. @throws ConfigError when it is not complete */
export function makeIntake(environment: Environment, parts: Partial<Ports> & { readonly logger?: Logger } = {}): IntakeHandler {
  const config = parseConfig(intakeConfig, environment);
  const logger = parts.logger ?? makeLogger("webhook-intake", config.LOG_LEVEL);
  const ports: Ports = {
    secrets: makeFetchSecrets(config),
    queue: makeQueue(makeSqsClient(), config.DELIVERIES_QUEUE_URL),
    bucket: lazyBucket(config.ARCHIVE_BUCKET),
    clock: systemClock,
    maxBytes: config.WEBHOOK_MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
    ...parts,
  };
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(answerDefects(logger))
    .handler(async (event) => {
      const startedAt = ports.clock().getTime();
      const request = readRequest(event);
      const outcome = await receiveWebhook(ports, request);
      logOutcome(logger, request, outcome, ports.clock().getTime() - startedAt);
      return toAnswer(outcome);
    });
}
