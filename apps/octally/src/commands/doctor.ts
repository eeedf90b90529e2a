import type { Command } from "commander";
import { withoutAws } from "../core/handler-environment.ts";
import { problemsOf } from "../core/finding.ts";
import { examine } from "../doctor.ts";

export function registerDoctor(program: Command): void {
  program
    .command("doctor")
    .description("check everything a start needs, and say what to do about what is missing")
    .option("--json", "one JSON object a line")
    .action(async (options: { readonly json?: boolean }) => {
      const findings = await examine(withoutAws(process.env));
      for (const finding of findings) {
        if (options.json === true) console.log(JSON.stringify(finding));
        else console.log(finding.ok ? `ok       ${finding.name}: ${finding.detail}` : `problem  ${finding.name}: ${finding.problem}`);
      }
      if (problemsOf(findings).length > 0) process.exitCode = 1;
    });
}
