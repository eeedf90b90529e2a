/** The package `infra`, which only deploying needs, and which is therefore not installed with the rest: loaded and run when it is there. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Environment } from "@octally/shared/config";
import { ConfigError, messageOf } from "@octally/shared/errors";
import { execa } from "execa";
import { repositoryRoot } from "../repository-root.ts";
import { definedOnly } from "./defined-environment.ts";

const infra = join(repositoryRoot, "infra");

export type InfraSettings = { readonly file: string; readonly account: string; readonly region: string; readonly parameters: readonly string[]; /** What is read of GitHub; none: only webhooks are taken in. */ readonly sources: readonly string[] };
export type Synthesis = { readonly parts: "everything" | "data"; /** The words that take the protection of the data away. */ readonly unprotect?: string | undefined };

export function isInfraInstalled(): boolean {
  return ["cdktf", "@cdktf/provider-aws", "zod"].every((name) => existsSync(join(infra, "node_modules", name, "package.json")));
}

export function infraConfigFile(environment: Environment): string {
  return resolve(environment["OCTALLY_INFRA_CONFIG"] || join(infra, "octally.config.json"));
}

/** @throws ConfigError with every line that is wrong */
export async function readInfraSettings(environment: Environment, unprotect?: string): Promise<InfraSettings> {
  const { readInfraConfig } = await import("../../../../infra/src/config.ts");
  const { toOptions } = await import("../../../../infra/src/options.ts");
  const { githubParameters } = await import("../../../../infra/src/github-config.ts");
  try {
    const { configFile: file } = toOptions({ ...environment, ...(unprotect === undefined ? {} : { OCTALLY_INFRA_UNPROTECT: unprotect }) }, infra);
    const { account, region, webhook, store, github } = readInfraConfig(file);
    const named = [webhook.secretParameter, webhook.previousSecretParameter, store.kind === "existing" ? store.credentialsParameter : undefined, ...(github === undefined ? [] : githubParameters(github))];
    return { file, account, region, parameters: named.filter((name) => name !== undefined), sources: github?.sources ?? [] };
  } catch (cause) {
    throw new ConfigError(messageOf(cause), { cause });
  }
}

export async function buildBundles(environment: Environment): Promise<void> {
  await node(join(repositoryRoot, "tools/build-bundles.ts"), repositoryRoot, environment, "The bundles could not be built. Nothing was changed.");
}

/** Writes Terraform's JSON into the stack's folder. */
export async function synthesize(environment: Environment, { parts, unprotect }: Synthesis): Promise<void> {
  await node(join(infra, "src/main.ts"), infra, { ...environment, CHECKPOINT_DISABLE: "1", OCTALLY_INFRA_PARTS: parts, OCTALLY_INFRA_UNPROTECT: unprotect ?? "" }, "The stack could not be synthesised. Nothing was changed.");
}

export function stackFolder(environment: Environment): string {
  return join(resolve(infra, environment["CDKTF_OUTDIR"] || "cdktf.out"), "stacks/octally");
}

async function node(file: string, cwd: string, environment: Environment, says: string): Promise<void> {
  const run = await execa(process.execPath, ["--disable-warning=ExperimentalWarning", file], { cwd, env: definedOnly(environment), extendEnv: false, reject: false, stdin: "ignore", all: true });
  if (run.failed) throw new ConfigError(`${run.all.trim()}\n${says}`);
}
