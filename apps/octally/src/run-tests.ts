/** `octally test`: lint, type check and jest, counted together. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { execa } from "execa";
import { filesToRunAgain, jestReport, passedOnlyAlone, summarizeTests, withSecondRun, type TestRun, type TestSummary } from "./core/test-summary.ts";
import { repositoryRoot } from "./repository-root.ts";

export type TestOptions = {
  /** Handed on to jest. */
  readonly jestArgs: readonly string[];
  /** Projects that jest's configuration leaves out unless they are asked for. */
  readonly onDemand: readonly string[];
  /** Where the tools' own output goes. */
  readonly output: 1 | 2;
  readonly say: (line: string) => void;
};

export async function runTests({ jestArgs, onDemand, output, say }: TestOptions): Promise<TestSummary> {
  say("Lint (oxlint, type-aware)");
  const lintPassed = (await runNode([binOf("oxlint", "bin/oxlint"), "--type-aware"], output)) === 0;
  say("Type check (tsc)");
  const typecheckPassed = (await runNode([binOf("typescript", "bin/tsc"), "--noEmit"], output)) === 0;
  say("Tests (jest)");
  const first = await runJest(jestArgs, output, { OCTALLY_TEST_ON_DEMAND: onDemand.join() });
  const files = jestArgs.length === 0 && first.jest !== undefined ? filesToRunAgain(first.jest) : [];
  if (first.jest === undefined || files.length === 0) return summarizeTests({ lintPassed, typecheckPassed, ...first });
  say(`Once more, alone, what failed: ${files.map((file) => relative(repositoryRoot, file)).join(", ")}`);
  const second = await runJest(["--runInBand", "--runTestsByPath", ...files], output);
  if (second.jest === undefined) return summarizeTests({ lintPassed, typecheckPassed, ...first });
  for (const name of passedOnlyAlone(first.jest, second.jest)) say(`Failed first, passed alone (it depends on how busy the machine is, which is a fault of the test): ${name}`);
  return summarizeTests({ lintPassed, typecheckPassed, jest: withSecondRun(first.jest, second.jest), jestExitCode: second.jestExitCode });
}

async function runJest(jestArgs: readonly string[], output: 1 | 2, env: Readonly<Record<string, string>> = {}): Promise<Pick<TestRun, "jest" | "jestExitCode">> {
  const folder = await mkdtemp(join(tmpdir(), "octally-test-"));
  const report = join(folder, "report.json");
  try {
    const jestExitCode = await runNode(["--experimental-vm-modules", "--disable-warning=ExperimentalWarning", binOf("jest", "bin/jest.js"), "--json", `--outputFile=${report}`, ...jestArgs], output, env);
    const text = await readFile(report, "utf8").catch(() => undefined);
    return { jestExitCode, jest: text === undefined ? undefined : jestReport.parse(JSON.parse(text)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runNode(args: readonly string[], output: 1 | 2, env: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  const stream = output === 1 ? process.stdout : process.stderr;
  const run = await execa(process.execPath, args, { env, cwd: repositoryRoot, preferLocal: true, localDir: repositoryRoot, reject: false, stdin: "ignore", stdout: stream, stderr: stream, buffer: false });
  return run.exitCode;
}

/** The file behind a tool's command, which Node runs without a shell on every system. */
function binOf(name: string, file: string): string {
  return join(createRequire(join(repositoryRoot, "package.json")).resolve(`${name}/package.json`), "..", file);
}
