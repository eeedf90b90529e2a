import { join } from "node:path";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { writeBundle } from "../bundle.ts";
import { arnOf, type Deployment } from "../deployment.ts";
import { policyOf, trustPolicyOf, type Statement } from "../policy.ts";
import type { AlarmTopic } from "./alarm-topic.ts";
import { LogGroup } from "./log-group.ts";

export type FunctionProps = {
  /** The folder of the bundles; with the deployment's name before it the function's name. */
  readonly service: string;
  /** The entry of the bundle, without its ending: `deliveries-handler`. */
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** So many run at once, and never more: what a flood can cost, what the store behind it can take. */
  readonly reservedConcurrency: number;
  /** Names, URLs and limits. Secrets are named by `…_PARAMETER` and read at start-up. */
  readonly environment: Readonly<Record<string, string>>;
  /** All that it may do, beside writing its logs. */
  readonly permissions: readonly Statement[];
  readonly alarms: AlarmTopic;
  /** The function's end of its name, where a service has several. */
  readonly name?: string;
};

/** A Lambda from a built bundle: its own role with only what it uses, its own logs, its alarms. */
export class ServiceFunction extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number;
  readonly logs: LogGroup;
  readonly resource: LambdaFunction;
  readonly rolePolicy: IamRolePolicy;

  constructor(scope: Construct, id: string, deployment: Deployment, props: FunctionProps) {
    super(scope, id);
    this.name = `${deployment.name}-${props.name ?? props.service}`;
    this.arn = arnOf(deployment, "lambda", `function:${this.name}`);
    this.timeoutSeconds = props.timeoutSeconds;
    this.reservedConcurrency = props.reservedConcurrency;
    const logs = new LogGroup(this, "logs", deployment, `/aws/lambda/${this.name}`);
    this.logs = logs;

    const role = new IamRole(this, "role", { name: this.name, assumeRolePolicy: trustPolicyOf({ Service: "lambda.amazonaws.com" }) });
    this.roleArn = role.arn;
    this.rolePolicy = new IamRolePolicy(this, "permissions", {
      name: "permissions",
      role: role.name,
      policy: policyOf([logs.allowWrite(), ...(deployment.tracing ? [TRACING] : []), ...props.permissions]),
    });

    const bundle = writeBundle(deployment.bundles, props.service, `${props.entry}.mjs`, stackFolder(this));
    this.resource = new LambdaFunction(this, "function", {
      functionName: this.name,
      role: role.arn,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: `${props.entry}.handler`,
      filename: bundle.file,
      sourceCodeHash: bundle.hash,
      timeout: props.timeoutSeconds,
      memorySize: props.memoryMegabytes,
      ...(deployment.reserveConcurrency ? { reservedConcurrentExecutions: props.reservedConcurrency } : {}),
      environment: { variables: { NODE_OPTIONS: "--enable-source-maps", ...props.environment } },
      tracingConfig: { mode: deployment.tracing ? "Active" : "PassThrough" },
      // Without its log group and permissions the first call would fail, or make a log group that never ends.
      dependsOn: [logs.resource, this.rolePolicy],
    });
    this.watch(props);
  }

  private watch({ alarms, service, name = service }: FunctionProps): void {
    const metric = (metricName: string) => ({ namespace: "AWS/Lambda", name: metricName, dimensions: { FunctionName: this.name }, statistic: "Sum" }) as const;
    alarms.watch(this, `${name}-errors`, {
      runbook: "function-errors",
      says: `${this.name} ended with an error or ran out of time.`,
      metric: metric("Errors"),
      when: "at-least",
      threshold: 1,
    });
    alarms.watch(this, `${name}-throttled`, {
      runbook: "function-throttled",
      says: `${this.name} was called more often at once than it may run.`,
      metric: metric("Throttles"),
      when: "at-least",
      threshold: 1,
    });
  }
}

/** X-Ray knows no resources. */
const TRACING: Statement = { actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources: ["*"] };

/** Where Terraform runs: paths in the stack are relative to it. */
function stackFolder(construct: Construct): string {
  const { outdir } = App.of(construct);
  return join(outdir, "stacks", TerraformStack.of(construct).node.id);
}
