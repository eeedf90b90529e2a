import type { Command } from "commander";
import { destroy, type Destroyed } from "../destroy.ts";
import { countMessages } from "../edges/aws-account.ts";
import { makeCloudPorts, type CloudOptions } from "../make-cloud-ports.ts";

const SAYS: Readonly<Record<Destroyed, string>> = {
  destroyed: "Taken down. The store and the archive are still there, and a later deploy finds them; a managed store goes on costing.",
  "data-destroyed": "Everything is destroyed. The SSM parameters are yours: aws ssm delete-parameter.",
  unchanged: "There was nothing to take down: nothing was changed.",
  declined: "Stopped: nothing more was changed.",
};

export function registerDestroy(program: Command): void {
  program
    .command("destroy")
    .description("take it down on AWS, but for the store and the archive: shows the plan, asks (docs/deploy.md)")
    .option("--data <words>", 'the store and the archive, too, for good: --data "destroy the store and the archive"')
    .option("--yes", "do not ask: for scripts")
    .option("--json", "the tools write to standard error, the result is one JSON object; needs --yes to change anything")
    .action(async (options: CloudOptions & { readonly data?: string }) => {
      const ports = makeCloudPorts(process.env, options, { parameters: false, unprotect: options.data });
      const outcome = await destroy({ ...ports, countMessages }, options.data);
      if (outcome === "declined") process.exitCode = 1;
      console.log(options.json === true ? JSON.stringify({ outcome }) : SAYS[outcome]);
    });
}
