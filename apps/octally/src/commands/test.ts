import type { Command } from "commander";
import { toSummaryLine } from "../core/test-summary.ts";
import { runTests } from "../run-tests.ts";

export function registerTest(program: Command): void {
  program
    .command("test")
    .description('run lint, type check and all tests; the last line is "N passed, N failed"')
    .argument("[arguments...]", "handed on to jest: a folder or file, -t NAME, ...")
    .option("--unit", "only the unit tests, which need no servers")
    .option("--peers", "only the runs of clients that others wrote (Perceval, tap-github) against the simulated GitHub; needs Python 3 and PyPI")
    .option("--large", "only the large runs: whole organisations and thousands of histories; up to an hour")
    .option("--json", "the tools write to standard error, the sum is one JSON object")
    .allowUnknownOption()
    .action(async (given: readonly string[], options: { readonly unit?: boolean; readonly peers?: boolean; readonly large?: boolean; readonly json?: boolean }) => {
      const json = options.json === true;
      // At the end: jest takes every word after --selectProjects as a project.
      const onDemand = [...(options.peers === true ? ["peers"] : []), ...(options.large === true ? ["large"] : [])];
      const projects = [...(options.unit === true ? ["unit"] : []), ...onDemand];
      const jestArgs = [...given, ...(projects.length > 0 ? ["--selectProjects", ...projects] : [])];
      const say = (line: string): void => (json ? console.error(line) : console.log(line));
      const summary = await runTests({ jestArgs, onDemand, output: json ? 2 : 1, say });
      console.log(json ? JSON.stringify(summary) : toSummaryLine(summary));
      if (summary.failed > 0) process.exitCode = 1;
    });
}
