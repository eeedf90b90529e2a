import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api/index.js";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration/index.js";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route/index.js";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { Construct } from "constructs";
import type { Deployment } from "../deployment.ts";
import type { AlarmTopic, Metric } from "./alarm-topic.ts";
import { LogGroup } from "./log-group.ts";
import type { ServiceFunction } from "./service-function.ts";

const ROUTE = "/webhooks/github";
/** GitHub hangs up after ten seconds. */
const TIMEOUT_MS = 10_000;
/** In 15 minutes. Scanners of the internet ask for other routes all the time; a wrong secret refuses every delivery. */
const MANY_REFUSED = 100;

export type WebhookApiProps = {
  readonly intake: ServiceFunction;
  readonly requestsPerSecond: number;
  readonly burst: number;
  readonly alarms: AlarmTopic;
};

/** The one door that is open to the world: one route, throttled, logged, watched. */
export class WebhookApi extends Construct {
  readonly url: string;
  readonly apiId: string;

  constructor(scope: Construct, id: string, deployment: Deployment, { intake, requestsPerSecond, burst, alarms }: WebhookApiProps) {
    super(scope, id);
    const name = `${deployment.name}-webhooks`;
    const logs = new LogGroup(this, "logs", deployment, `/aws/apigateway/${name}`);
    const api = new Apigatewayv2Api(this, "api", { name, protocolType: "HTTP", description: "GitHub's webhooks of Octally." });
    const integration = new Apigatewayv2Integration(this, "intake", {
      apiId: api.id,
      integrationType: "AWS_PROXY",
      integrationUri: intake.resource.arn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: TIMEOUT_MS,
    });
    new Apigatewayv2Route(this, "route", { apiId: api.id, routeKey: `POST ${ROUTE}`, target: `integrations/${integration.id}` });
    new Apigatewayv2Stage(this, "stage", {
      apiId: api.id,
      name: "$default",
      autoDeploy: true,
      defaultRouteSettings: { throttlingRateLimit: requestsPerSecond, throttlingBurstLimit: burst },
      accessLogSettings: { destinationArn: logs.arn, format: ACCESS_LINE },
      dependsOn: [logs.resource],
    });
    new LambdaPermission(this, "may-call", {
      statementId: "webhook-api",
      action: "lambda:InvokeFunction",
      functionName: intake.resource.functionName,
      principal: "apigateway.amazonaws.com",
      sourceArn: `${api.executionArn}/*/POST${ROUTE}`,
    });
    this.apiId = api.id;
    this.url = `${api.apiEndpoint}${ROUTE}`;
    this.watch(alarms);
  }

  metric(name: "4xx" | "5xx" | "Count"): Metric {
    return { namespace: "AWS/ApiGateway", name, dimensions: { ApiId: this.apiId }, statistic: "Sum" };
  }

  private watch(alarms: AlarmTopic): void {
    alarms.watch(this, "intake-5xx", {
      runbook: "intake-5xx",
      says: "A webhook was answered with 5xx: GitHub does not send it again by itself.",
      metric: this.metric("5xx"),
      when: "at-least",
      threshold: 1,
    });
    alarms.watch(this, "webhook-refused", {
      runbook: "webhook-refused",
      says: "Many webhooks were refused with 4xx: a wrong secret, more than the throttle lets through, or somebody who is not GitHub.",
      metric: this.metric("4xx"),
      when: "at-least",
      threshold: MANY_REFUSED,
      periodSeconds: 900,
    });
  }
}

/** Nothing of the body, the query or the signature. */
const ACCESS_LINE = JSON.stringify({
  at: "$context.requestTimeEpoch",
  request: "$context.requestId",
  ip: "$context.identity.sourceIp",
  route: "$context.routeKey",
  status: "$context.status",
  bytes: "$context.responseLength",
  ms: "$context.responseLatency",
  error: "$context.integrationErrorMessage",
});
