import type { Command } from "commander";
import { deploy } from "../deploy.ts";
import { makeCloudPorts, type CloudOptions } from "../make-cloud-ports.ts";

export function registerDeploy(program: Command): void {
  program
    .command("deploy")
    .description("make it, or bring it up to date, on AWS: checks first, shows the plan, asks (docs/deploy.md)")
    .option("--yes", "do not ask: for scripts")
    .option("--json", "the tools write to standard error, the result is one JSON object; needs --yes to change anything")
    .action(async (options: CloudOptions) => {
      const { outcome, outputs } = await deploy(makeCloudPorts(process.env, options, { parameters: true }));
      if (outcome === "declined") process.exitCode = 1;
      if (options.json === true) {
        console.log(JSON.stringify({ outcome, outputs }));
        return;
      }
      if (outcome === "declined") console.log("Nothing was changed.");
      else console.log(report(outcome, outputs));
    });
}

function report(outcome: "applied" | "unchanged", { next = "", ...outputs }: Readonly<Record<string, string>>): string {
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  const lines = Object.entries(outputs).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  return ["", outcome === "applied" ? "Deployed." : "It is up to date: nothing was changed.", "", ...lines, "", "What to do next:", next].join("\n");
}
