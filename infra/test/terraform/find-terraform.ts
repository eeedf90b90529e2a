/** Terraform and the AWS provider, where this machine has both: these tests download neither. */
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

const PROVIDER_VERSION = "5.100.0";

export type TerraformFound = { readonly terraform: string; readonly pluginDir: string };
export type NotFound = { readonly missing: string };

export function findTerraform(environment: Readonly<Record<string, string | undefined>> = process.env): TerraformFound | NotFound {
  const terraform = (environment["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "terraform")).find(isExecutable);
  if (terraform === undefined) return { missing: "Terraform is not on the PATH" };
  const pluginDir = candidates(environment).find(holdsProvider);
  if (pluginDir === undefined) return { missing: `the AWS provider ${PROVIDER_VERSION} is not on this machine (OCTALLY_TERRAFORM_PLUGIN_DIR names a folder with registry.terraform.io/hashicorp/aws/${PROVIDER_VERSION})` };
  return { terraform, pluginDir };
}

/** What is named; where Terraform itself looks for local copies; and, one level deep, where systems keep what is shared. */
function candidates(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const named = environment["OCTALLY_TERRAFORM_PLUGIN_DIR"];
  if (named !== undefined && named !== "") return [named];
  const home = homedir();
  const terraforms = [join(home, ".terraform.d/plugins"), join(home, ".local/share/terraform/plugins"), "/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins"];
  const shared = ["/opt", "/usr/local/share", "/usr/share", join(home, ".terraform.d")].flatMap((folder) => subfolders(folder));
  return [...terraforms, ...shared];
}

function subfolders(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  } catch {
    // Not there, or not ours to read: then nothing of it is a candidate.
    return [];
  }
}

function holdsProvider(folder: string): boolean {
  return existsSync(join(folder, "registry.terraform.io/hashicorp/aws", PROVIDER_VERSION, `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
