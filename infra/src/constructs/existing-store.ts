import { Construct } from "constructs";
import type { InfraConfig } from "../config.ts";
import type { Deployment } from "../deployment.ts";
import type { Statement } from "../policy.ts";
import type { AlarmTopic } from "./alarm-topic.ts";
import { allowParameters } from "./secrets.ts";
import { allowScrollIn, allowWriteTo, SIGNED, type Store } from "./store.ts";
import { watchDomain } from "./watch-domain.ts";

type ExistingStoreConfig = Extract<InfraConfig["store"], { kind: "existing" }>;

/** An OpenSearch that somebody else runs. What it must allow the worker's role is in docs/deploy.md. */
export class ExistingStore extends Construct implements Store {
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number;
  readonly domainName: string | undefined;
  private readonly permissions: readonly Statement[];
  private readonly scrolling: readonly Statement[];

  constructor(scope: Construct, id: string, deployment: Deployment, { config, keyArn, alarms }: { readonly config: ExistingStoreConfig; readonly keyArn: string | undefined; readonly alarms: AlarmTopic }) {
    super(scope, id);
    const { endpoint, domainArn, credentialsParameter } = config;
    this.port = Number(new URL(endpoint).port || 443);
    if (domainArn === undefined) {
      this.environment = { OPENSEARCH_URL: endpoint, OPENSEARCH_CREDENTIALS_PARAMETER: credentialsParameter ?? "" };
      this.permissions = credentialsParameter === undefined ? [] : allowParameters(deployment, [credentialsParameter], keyArn);
      this.scrolling = [];
      return;
    }
    const [, , , region = deployment.region, account, resource] = domainArn.split(":");
    this.environment = { OPENSEARCH_URL: endpoint, ...SIGNED, ...(region === deployment.region ? {} : { OPENSEARCH_SIGNING_REGION: region }) };
    this.permissions = [allowWriteTo(domainArn)];
    this.scrolling = [allowScrollIn(domainArn)];
    // Figures of a domain are where it is.
    if (region === deployment.region && account === deployment.account) {
      this.domainName = resource?.replace("domain/", "");
      if (this.domainName !== undefined) watchDomain(this, deployment, alarms, { domainName: this.domainName, freeMegabytes: 5000 });
    }
  }

  allowWrite(): readonly Statement[] {
    return this.permissions;
  }

  allowScroll(): readonly Statement[] {
    return this.scrolling;
  }

  /** Who may come is said where it is run. */
  admitOnly(): void {}
}
