/** Terraform, run in the folder of the synthesised stack. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "@octally/shared/config";
import { PermanentError } from "@octally/shared/errors";
import { execa } from "execa";
import * as z from "zod";
import { definedOnly } from "./defined-environment.ts";

/** State in S3 is locked by S3 itself only from here on. */
const LEAST_MINOR = 10;
const PLAN = "octally.plan";

export type Terraform = {
  readonly init: () => Promise<void>;
  /** Whether the state knows of anything: of nothing there is nothing to take down. */
  readonly hasState: () => Promise<boolean>;
  /** Shows what would change, and keeps it for `apply`. */
  readonly plan: (options?: { readonly destroy?: boolean }) => Promise<"changes" | "nothing">;
  /** Exactly what was planned. */
  readonly apply: () => Promise<void>;
  /** As the state has them; none before the first deployment. */
  readonly outputs: () => Promise<Readonly<Record<string, string>>>;
};

/** The version, or what is wrong and what to do. */
export async function findTerraform(environment: Environment): Promise<{ readonly version: string } | { readonly problem: string }> {
  const answer = await execa("terraform", ["version", "-json"], { env: quiet(environment), extendEnv: false, reject: false, stdin: "ignore" });
  const install = `Install Terraform 1.${LEAST_MINOR} or later (https://developer.hashicorp.com/terraform/install) and run this again.`;
  if (answer.code === "ENOENT") return { problem: `Terraform was not found on the PATH. ${install}` };
  const version = /"terraform_version":\s*"(?<version>[^"]+)"/u.exec(answer.stdout ?? "")?.groups?.["version"];
  if (answer.failed || version === undefined) return { problem: `Terraform ("terraform version") does not run: ${(answer.stderr ?? "").trim().split("\n").at(-1) ?? ""} ${install}` };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 1 || (major === 1 && minor >= LEAST_MINOR) ? { version } : { problem: `Terraform ${version} is too old. ${install}` };
}

export function makeTerraform(folder: string, environment: Environment, output: 1 | 2): Terraform {
  const stream = output === 1 ? process.stdout : process.stderr;
  const options = { cwd: folder, env: quiet(environment), extendEnv: false, reject: false, stdin: "ignore" } as const;
  const plain = stream.isTTY ? [] : ["-no-color"];
  const run = async (...args: readonly string[]): Promise<number> => {
    // Ctrl-C reaches Terraform as well, which then ends in order; to end before it would leave its lock behind.
    const wait = (): void => undefined;
    process.on("SIGINT", wait);
    try {
      const { exitCode } = await execa("terraform", args, { ...options, stdout: stream, stderr: process.stderr, buffer: false });
      return exitCode ?? 1;
    } finally {
      process.off("SIGINT", wait);
    }
  };
  return {
    init: async () => {
      const plugins = environment["OCTALLY_TERRAFORM_PLUGIN_DIR"];
      const code = await run("init", "-input=false", ...plain, ...(plugins === undefined || plugins === "" ? [] : [`-plugin-dir=${plugins}`]));
      if (code !== 0) throw failed("init", "It could not bring the AWS provider, or reach its state. Nothing was changed.");
    },
    hasState: async () => {
      const answer = await execa("terraform", ["state", "list"], options);
      if (answer.failed && !answer.stderr.includes("No state file was found")) throw failed("state list", `${answer.stderr.trim()} Nothing was changed.`);
      return answer.stdout.trim() !== "";
    },
    plan: async ({ destroy = false } = {}) => {
      const code = await run("plan", "-input=false", ...plain, `-out=${PLAN}`, "-detailed-exitcode", ...(destroy ? ["-destroy"] : []));
      if (code === 0) return "nothing";
      if (code === 2) return "changes";
      throw failed("plan", "Nothing was changed.");
    },
    apply: async () => {
      const code = await run("apply", "-input=false", ...plain, PLAN);
      await rm(join(folder, PLAN), { force: true });
      if (code !== 0) throw failed("apply", "What it had made by then stands in its state: mend the cause above and run the same command again, it goes on from there.");
    },
    outputs: async () => {
      const answer = await execa("terraform", ["output", "-json"], options);
      if (answer.failed) throw failed("output", answer.stderr.trim());
      const values = z.record(z.string(), z.object({ value: z.unknown() })).parse(JSON.parse(answer.stdout));
      return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, String(value)]));
    },
  };
}

function failed(command: string, says: string): PermanentError {
  return new PermanentError("terraform-failed", `"terraform ${command}" failed. ${says}`);
}

/** It asks nobody and tells nobody. */
function quiet(environment: Environment): Record<string, string> {
  return { ...definedOnly(environment), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
}
