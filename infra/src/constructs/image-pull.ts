import type { Statement } from "../policy.ts";

const ECR = /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?<china>\.cn)?\/(?<repository>[^:@]+)/u;

/** To read one image of a private repository of ECR. Any other registry is asked without a name: its image must be public. */
export function allowPull(image: string): readonly Statement[] {
  const { account, region = "", china, repository } = ECR.exec(image)?.groups ?? {};
  if (repository === undefined) return [];
  const partition = china !== undefined ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return [
    // A token for the registry: it knows no resources.
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    { actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], resources: [`arn:${partition}:ecr:${region}:${account}:repository/${repository}`] },
  ];
}
