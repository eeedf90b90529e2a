import type { Construct } from "constructs";
import type { InfraConfig } from "../config.ts";
import type { Deployment } from "../deployment.ts";
import type { AlarmTopic } from "./alarm-topic.ts";
import { ExistingStore } from "./existing-store.ts";
import { ManagedStore } from "./managed-store.ts";
import type { Store } from "./store.ts";

export function makeStore(scope: Construct, id: string, deployment: Deployment, { store, secretsKeyArn }: InfraConfig, alarms: AlarmTopic, protection: boolean): Store {
  return store.kind === "managed"
    ? new ManagedStore(scope, id, deployment, { size: store.size, gigabytes: store.gigabytes, alarms, protection })
    : new ExistingStore(scope, id, deployment, { config: store, keyArn: secretsKeyArn, alarms });
}
