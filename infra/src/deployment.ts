/** What every construct needs to know of the deployment it is part of. */
import type { InfraConfig } from "./config.ts";

export type Deployment = {
  /** Begins the name of every resource. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly logDays: number;
  readonly tracing: boolean;
  readonly reserveConcurrency: boolean;
  /** The folder of the built bundles: `<service>/<handler>.mjs`. */
  readonly bundles: string;
};

export function toDeployment(config: InfraConfig, bundles: string): Deployment {
  const { name, account, region, logDays, tracing, reserveConcurrency } = config;
  return { name, account, region, logDays, tracing, reserveConcurrency, bundles };
}

/**
 * ARNs are written out, not taken from Terraform's attributes: so a policy can be read, and tested, without an account.
 * Where the order of creation matters the constructs say so (`dependsOn`).
 */
export function arnOf({ region, account }: Pick<Deployment, "region" | "account">, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** Of services whose names are the whole account's (IAM) or the world's (S3). */
export function globalArnOf({ region, account }: Pick<Deployment, "region" | "account">, service: "iam" | "s3", resource: string): string {
  return service === "s3" ? `arn:${partitionOf(region)}:s3:::${resource}` : `arn:${partitionOf(region)}:iam::${account}:${resource}`;
}

export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
