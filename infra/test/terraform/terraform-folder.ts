/** A folder in which Terraform runs on a synthesised stack, as somebody whom no AWS account knows. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import type { Stack } from "../stack-json.ts";
import type { TerraformFound } from "./find-terraform.ts";

export type Outcome = { readonly exitCode: number | undefined; readonly output: string };

/** Without an account behind it: nothing is asked of AWS. */
export const NOBODY = { access_key: "nobody", secret_key: "nobody", skip_credentials_validation: true, skip_metadata_api_check: "true", skip_region_validation: true };

export class TerraformFolder {
  private readonly found: TerraformFound;
  private readonly folder: string;

  constructor(found: TerraformFound, folder: string) {
    this.found = found;
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Puts the stack there, with this provider and its state beside it; the state of the stack before stays. */
  async place(stack: Stack, stackFolder: string, provider: object): Promise<void> {
    const [settings] = stack.provider.aws;
    const placed = { ...stack, provider: { aws: [{ ...settings, ...provider }] }, terraform: { ...stack.terraform, backend: { local: { path: "terraform.tfstate" } } } };
    writeFileSync(join(this.folder, "cdk.tf.json"), JSON.stringify(placed, null, 2));
    await cp(join(stackFolder, "bundles"), join(this.folder, "bundles"), { recursive: true, force: true }).catch((error: NodeJS.ErrnoException) => {
      // A stack of only the data has no functions.
      if (error.code !== "ENOENT") throw error;
    });
  }

  init(): Promise<Outcome> {
    return this.run("init", `-plugin-dir=${this.found.pluginDir}`);
  }

  async run(command: string, ...more: readonly string[]): Promise<Outcome> {
    const input = ["init", "plan", "apply"].includes(command) ? ["-input=false"] : [];
    const plain = command === "show" || command === "state" ? [] : ["-no-color"];
    const { exitCode, all: output } = await execa(this.found.terraform, [command, ...plain, ...input, ...more], {
      cwd: this.folder,
      all: true,
      reject: false,
      stdin: "ignore",
      env: { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null", TF_IN_AUTOMATION: "1", AWS_EC2_METADATA_DISABLED: "true", AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_PROFILE: "" },
    });
    return { exitCode, output };
  }

  async planned(): Promise<readonly PlannedChange[]> {
    const { output } = await this.run("show", "-json", "plan");
    const plan = JSON.parse(output) as { resource_changes: { address: string; change: { actions: string[]; before: Record<string, unknown>; after: Record<string, unknown> } }[] };
    return plan.resource_changes.map(({ address, change }) => ({ address: withoutHash(address), actions: change.actions, before: change.before, after: change.after }));
  }
}

export type PlannedChange = { readonly address: string; readonly actions: readonly string[]; readonly before: Record<string, unknown>; readonly after: Record<string, unknown> };

/** CDKTF ends ids with a hash of their path, which says nothing to a reader. */
export function withoutHash(address: string): string {
  return address.replace(/_[0-9A-F]{8}$/, "");
}
