/** Composition of `deploy` and `destroy`. */
import { createInterface } from "node:readline/promises";
import type { Environment } from "@octally/shared/config";
import { ConfigError } from "@octally/shared/errors";
import { checkCloudGround } from "./check-cloud-ground.ts";
import type { CloudPorts } from "./deploy.ts";
import { buildBundles, stackFolder, synthesize } from "./edges/infra-package.ts";
import { makeTerraform } from "./edges/terraform.ts";

export type CloudOptions = { readonly yes?: boolean; readonly json?: boolean };

export function makeCloudPorts(environment: Environment, { yes = false, json = false }: CloudOptions, ground: { readonly parameters: boolean; readonly unprotect?: string | undefined }): CloudPorts {
  return {
    checkGround: () => checkCloudGround(environment, ground),
    build: () => buildBundles(environment),
    synthesize: (synthesis) => synthesize(environment, synthesis),
    terraform: makeTerraform(stackFolder(environment), environment, json ? 2 : 1),
    confirm: (question) => (yes ? Promise.resolve(true) : ask(question, json)),
    say: (line) => (json ? console.error(line) : console.log(line)),
  };
}

/** Only "yes" is yes. */
async function ask(question: string, json: boolean): Promise<boolean> {
  if (json || !process.stdin.isTTY || !process.stdout.isTTY) throw new ConfigError("Nobody is there to say yes to this plan. Run it in a terminal, or with --yes. Nothing was changed.");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Ctrl-C and Ctrl-D only close it: then the answer is no.
    const closed = new Promise<string>((resolve) => void terminal.once("close", () => resolve("")));
    return (await Promise.race([terminal.question(`${question} Only "yes" does it: `), closed])).trim() === "yes";
  } finally {
    terminal.close();
  }
}
