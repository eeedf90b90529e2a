/** Secrets are SSM parameters (SecureString): only their names are known here. */
import { arnOf, type Deployment } from "../deployment.ts";
import type { Statement } from "../policy.ts";

/** The account's own key `aws/ssm` needs no permission of its own; another key does. */
export function allowParameters(deployment: Deployment, names: readonly string[], keyArn: string | undefined): readonly Statement[] {
  const read: Statement = { actions: ["ssm:GetParameter"], resources: names.map((name) => arnOf(deployment, "ssm", `parameter${name}`)) };
  if (keyArn === undefined) return [read];
  const viaSsm = { StringEquals: { "kms:ViaService": `ssm.${deployment.region}.amazonaws.com` } };
  return [read, { actions: ["kms:Decrypt"], resources: [keyArn], condition: viaSsm }];
}
