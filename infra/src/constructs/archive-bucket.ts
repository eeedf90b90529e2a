import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { Construct } from "constructs";
import { globalArnOf, type Deployment } from "../deployment.ts";
import { denyWithoutTls, resourcePolicyOf, type Statement } from "../policy.ts";

/** A message waits 14 days on its queue and, buried on the last of them, 14 more as a dead letter: its body must still be there. */
const CLAIM_DAYS = 30;
/** What was overwritten or deleted by mistake can be brought back for so long. */
const OLD_VERSION_DAYS = 90;

/** The raw deliveries, for good, and bodies too large for the queue, for a while. Private, encrypted, versioned, over TLS only; Terraform never destroys it. */
export class ArchiveBucket extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, deployment: Deployment, { coldAfterDays, protection }: { readonly coldAfterDays: number; readonly protection: boolean }) {
    super(scope, id);
    // Names of buckets are the world's: account and region make it ours.
    this.name = `${deployment.name}-archive-${deployment.account}-${deployment.region}`;
    this.arn = globalArnOf(deployment, "s3", this.name);
    const bucket = new S3Bucket(this, "bucket", { bucket: this.name, forceDestroy: !protection, lifecycle: { preventDestroy: protection } });
    const ours = { bucket: bucket.bucket };

    const closed = new S3BucketPublicAccessBlock(this, "private", { ...ours, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true });
    new S3BucketOwnershipControls(this, "no-acls", { ...ours, rule: { objectOwnership: "BucketOwnerEnforced" } });
    new S3BucketEncryption(this, "encrypted", { ...ours, rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] });
    new S3BucketPolicy(this, "tls", { ...ours, policy: resourcePolicyOf([], [denyWithoutTls("s3", [this.arn, `${this.arn}/*`])]), dependsOn: [closed] });
    const versioned = new S3BucketVersioning(this, "versioned", { ...ours, versioningConfiguration: { status: "Enabled" } });
    new S3BucketLifecycleConfiguration(this, "life-cycle", {
      ...ours,
      rule: [
        {
          id: "claims-end",
          status: "Enabled",
          filter: [{ prefix: "claims/" }],
          expiration: [{ days: CLAIM_DAYS }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
        },
        {
          id: "deliveries-become-cold",
          status: "Enabled",
          filter: [{ prefix: "deliveries/" }],
          // Read at once when a replay wants them. S3 leaves what is under 128 KB where it is: moving it costs more than it saves.
          transition: [{ days: coldAfterDays, storageClass: "GLACIER_IR" }],
          noncurrentVersionExpiration: [{ noncurrentDays: OLD_VERSION_DAYS }],
        },
        { id: "uploads-end", status: "Enabled", filter: [{ prefix: "" }], abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }] },
      ],
      dependsOn: [versioned],
    });
  }

  allowPut(prefix: "claims" | "deliveries"): Statement {
    return { actions: ["s3:PutObject"], resources: [`${this.arn}/${prefix}/*`] };
  }

  allowGet(prefix: "claims" | "deliveries"): Statement {
    return { actions: ["s3:GetObject"], resources: [`${this.arn}/${prefix}/*`] };
  }

  /** Without it S3 answers 403 for an object that is not there, and "gone" looks like "forbidden". */
  allowTellMissing(): Statement {
    return { actions: ["s3:ListBucket"], resources: [this.arn] };
  }
}
