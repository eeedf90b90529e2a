import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule/index.js";
import { Construct } from "constructs";
import { type Deployment } from "../deployment.ts";
import { policyOf, trustPolicyOf } from "../policy.ts";
import type { ServiceFunction } from "./service-function.ts";

export type ScheduleProps = {
  /** Without the deployment's name. */
  readonly name: string;
  /** `rate(10 minutes)` or `cron(0 5 * * ? *)`, in UTC. */
  readonly expression: string;
  readonly target: ServiceFunction;
  /** What the function is called with. */
  readonly input: Readonly<Record<string, unknown>>;
};

/** A function called by the clock, by a role that may do nothing but call it. */
export class ScheduleToFunction extends Construct {
  constructor(scope: Construct, id: string, deployment: Deployment, { name, expression, target, input }: ScheduleProps) {
    super(scope, id);
    const fullName = `${deployment.name}-${name}`;
    const role = new IamRole(this, "role", {
      name: `${fullName}-schedule`,
      assumeRolePolicy: trustPolicyOf({ Service: "scheduler.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": deployment.account } }),
    });
    const permissions = new IamRolePolicy(this, "permissions", {
      name: "permissions",
      role: role.name,
      policy: policyOf([{ actions: ["lambda:InvokeFunction"], resources: [target.arn] }]),
    });
    new SchedulerSchedule(this, "schedule", {
      name: fullName,
      scheduleExpression: expression,
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: target.resource.arn,
        roleArn: role.arn,
        input: JSON.stringify(input),
        // The next tick does the work of one that was missed.
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 300 },
      },
      dependsOn: [permissions],
    });
  }
}
