import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { InfraConfig } from "../config.ts";

/** Where Terraform keeps what it has made: a bucket, locked while somebody works, or a file in `infra`. It holds no secret. */
export function keepState(stack: TerraformStack, { state, region }: Pick<InfraConfig, "state" | "region">): void {
  if (state === undefined) {
    // Relative to the stack's folder, three deep in `infra`: the JSON is the same on every machine.
    new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
    return;
  }
  const backend = new S3Backend(stack, { bucket: state.bucket, key: state.key, region: state.region ?? region, encrypt: true });
  // S3's own lock (Terraform 1.10), which this version of CDKTF does not know yet.
  backend.addOverride("use_lockfile", true);
}
