import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { OpensearchDomainPolicy } from "@cdktf/provider-aws/lib/opensearch-domain-policy/index.js";
import { OpensearchDomain, type OpensearchDomainClusterConfig } from "@cdktf/provider-aws/lib/opensearch-domain/index.js";
import { Construct } from "constructs";
import type { InfraConfig } from "../config.ts";
import { arnOf, globalArnOf, type Deployment } from "../deployment.ts";
import { policyOf, resourcePolicyOf, trustPolicyOf, type Statement } from "../policy.ts";
import type { AlarmTopic } from "./alarm-topic.ts";
import { LogGroup } from "./log-group.ts";
import { allowScrollIn, allowWriteTo, SIGNED, type Admitted, type Store } from "./store.ts";
import { watchDomain } from "./watch-domain.ts";

type Size = Extract<InfraConfig["store"], { kind: "managed" }>["size"];

/** The same OpenSearch as on one machine (ADR 0001). */
const VERSION = "OpenSearch_2.19";

const CLUSTERS: Readonly<Record<Size, { readonly gigabytes: number; readonly cluster: OpensearchDomainClusterConfig }>> = {
  small: { gigabytes: 20, cluster: { instanceType: "t3.small.search", instanceCount: 1, zoneAwarenessEnabled: false } },
  production: {
    gigabytes: 100,
    cluster: {
      instanceType: "r7g.large.search",
      instanceCount: 3,
      zoneAwarenessEnabled: true,
      zoneAwarenessConfig: { availabilityZoneCount: 3 },
      dedicatedMasterEnabled: true,
      dedicatedMasterType: "m7g.large.search",
      dedicatedMasterCount: 3,
    },
  },
};

export type ManagedStoreProps = { readonly size: Size; readonly gigabytes: number | undefined; readonly alarms: AlarmTopic; readonly protection: boolean };

/**
 * A domain of Amazon OpenSearch Service: encrypted, over TLS only, reached by signed requests of named roles. Terraform
 * never destroys it. Its administrator is a role that the account's own people take on (`octally-store-administrator`): it maps
 * the worker's role to what the worker may do inside, and upgrades indices.
 */
export class ManagedStore extends Construct implements Store {
  readonly port = 443;
  readonly domainName: string;
  readonly domainArn: string;
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly administratorArn: string;
  private readonly domain: OpensearchDomain;

  constructor(scope: Construct, id: string, deployment: Deployment, { size, gigabytes, alarms, protection }: ManagedStoreProps) {
    super(scope, id);
    const { cluster, gigabytes: usual } = CLUSTERS[size];
    const disk = gigabytes ?? usual;
    this.domainName = deployment.name;
    this.domainArn = arnOf(deployment, "es", `domain/${this.domainName}`);
    const administrator = this.makeAdministrator(deployment);
    this.administratorArn = administrator.arn;

    const logs = new LogGroup(this, "logs", deployment, `/aws/opensearch/${this.domainName}`);
    const mayLog = new CloudwatchLogResourcePolicy(this, "may-log", {
      policyName: `${deployment.name}-store`,
      policyDocument: resourcePolicyOf([{ ...logs.allowWrite(), principal: { Service: "es.amazonaws.com" }, condition: { StringEquals: { "aws:SourceAccount": deployment.account } } }]),
    });

    this.domain = new OpensearchDomain(this, "domain", {
      domainName: this.domainName,
      engineVersion: VERSION,
      clusterConfig: cluster,
      ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: disk },
      encryptAtRest: { enabled: true },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
      advancedSecurityOptions: { enabled: true, anonymousAuthEnabled: false, internalUserDatabaseEnabled: false, masterUserOptions: { masterUserArn: administrator.arn } },
      logPublishingOptions: [{ logType: "ES_APPLICATION_LOGS", cloudwatchLogGroupArn: logs.arn }],
      softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
      lifecycle: { preventDestroy: protection },
      dependsOn: [mayLog, logs.resource],
    });
    this.url = `https://${this.domain.endpoint}`;
    this.environment = { OPENSEARCH_URL: this.url, ...SIGNED };
    // A quarter of the disk, as AWS recommends.
    watchDomain(this, deployment, alarms, { domainName: this.domainName, freeMegabytes: disk * 250 });
  }

  allowWrite(): readonly Statement[] {
    return [allowWriteTo(this.domainArn)];
  }

  allowScroll(): readonly Statement[] {
    return [allowScrollIn(this.domainArn)];
  }

  /** The domain's own list of who may come: without it, nobody. Each of them also needs it in its role. */
  admitOnly({ writers, scrollers }: Admitted): void {
    const admit = (roleArns: readonly string[], statement: Statement) => (roleArns.length === 0 ? [] : [{ principal: { AWS: roleArns }, ...statement }]);
    new OpensearchDomainPolicy(this, "who-may-come", {
      domainName: this.domain.domainName,
      accessPolicies: resourcePolicyOf([
        { principal: { AWS: this.administratorArn }, ...this.allowAdminister() },
        ...admit(writers, allowWriteTo(this.domainArn)),
        ...admit(scrollers, allowScrollIn(this.domainArn)),
      ]),
    });
  }

  private makeAdministrator(deployment: Deployment): IamRole {
    const name = `${deployment.name}-store-administrator`;
    const role = new IamRole(this, "administrator", {
      name,
      // The account: who of it, its own IAM policies say (sts:AssumeRole on this role).
      assumeRolePolicy: trustPolicyOf({ AWS: globalArnOf(deployment, "iam", "root") }),
    });
    new IamRolePolicy(this, "administrator-permissions", { name: "permissions", role: role.name, policy: policyOf([this.allowAdminister()]) });
    return role;
  }

  /** Every path of this domain: security, templates, upgrades. */
  private allowAdminister(): Statement {
    return { actions: ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut", "es:ESHttpPatch", "es:ESHttpDelete"], resources: [`${this.domainArn}/*`] };
  }
}
