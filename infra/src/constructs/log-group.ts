import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { Construct } from "constructs";
import { arnOf, type Deployment } from "../deployment.ts";
import type { Statement } from "../policy.ts";

/** Logs that end after the configured days, under AWS's own encryption. Made before its writer, which would make one that never ends. */
export class LogGroup extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly resource: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, deployment: Deployment, name: string) {
    super(scope, id);
    this.name = name;
    this.arn = arnOf(deployment, "logs", `log-group:${name}`);
    this.resource = new CloudwatchLogGroup(this, "logs", { name, retentionInDays: deployment.logDays });
  }

  /** `:*` are the group's streams: there is no narrower name for them. */
  allowWrite(): Statement {
    return { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${this.arn}:*`] };
  }
}
