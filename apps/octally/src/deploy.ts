/** `octally deploy`: look at the ground, show the plan, ask, apply. Until the answer is yes nothing changes on AWS. */
import type { CloudGround } from "./check-cloud-ground.ts";
import { requireGround } from "./core/require-ground.ts";
import type { Synthesis } from "./edges/infra-package.ts";
import type { Terraform } from "./edges/terraform.ts";

export type CloudPorts = {
  readonly checkGround: () => Promise<CloudGround>;
  readonly build: () => Promise<void>;
  readonly synthesize: (synthesis: Synthesis) => Promise<void>;
  readonly terraform: Terraform;
  /** @throws ConfigError when nobody is there to answer */
  readonly confirm: (question: string) => Promise<boolean>;
  readonly say: (line: string) => void;
};

export type Deployed = { readonly outcome: "applied" | "unchanged" | "declined"; readonly outputs: Readonly<Record<string, string>> };

/** @throws ConfigError, PermanentError that say what is wrong, and whether anything was changed */
export async function deploy({ checkGround, build, synthesize, terraform, confirm, say }: CloudPorts): Promise<Deployed> {
  requireGround(await checkGround());
  say("Building the bundles ...");
  await build();
  say("Synthesising the stack ...");
  await synthesize({ parts: "everything" });
  say("Planning ...");
  await terraform.init();
  if ((await terraform.plan()) === "nothing") return { outcome: "unchanged", outputs: await terraform.outputs() };
  if (!(await confirm("Make these changes?"))) return { outcome: "declined", outputs: {} };
  await terraform.apply();
  return { outcome: "applied", outputs: await terraform.outputs() };
}
