import * as z from "zod";

/** What is counted of the report that `jest --json` writes. */
export const jestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  /** Suites that did not even run: their tests are not among the failed ones. */
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) })).default([]),
});
export type JestReport = z.output<typeof jestReport>;

export type TestRun = {
  readonly lintPassed: boolean;
  readonly typecheckPassed: boolean;
  /** Undefined when jest ended without a report. */
  readonly jest: JestReport | undefined;
  readonly jestExitCode: number | undefined;
};

export type TestSummary = { readonly passed: number; readonly failed: number };

/** Lint and type check count as one each. A run of jest that fails without a failed test, or that runs none, is a failure, too. */
export function summarizeTests({ lintPassed, typecheckPassed, jest, jestExitCode }: TestRun): TestSummary {
  const checks = [lintPassed, typecheckPassed];
  const passedTests = jest?.numPassedTests ?? 0;
  const failedTests = (jest?.numFailedTests ?? 0) + (jest?.numRuntimeErrorTestSuites ?? 0);
  const silentFailure = failedTests === 0 && (jestExitCode !== 0 || passedTests === 0);
  return {
    passed: checks.filter(Boolean).length + passedTests,
    failed: checks.filter((passed) => !passed).length + failedTests + (silentFailure ? 1 : 0),
  };
}

/** More files than this are no accident. */
const MOST_FILES_RUN_AGAIN = 6;

/** The files that failed, where they are few: on a machine that was too busy they pass when they run alone. */
export function filesToRunAgain(report: JestReport): readonly string[] {
  const files = report.testResults.filter(({ status }) => status === "failed").map(({ name }) => name);
  return files.length > MOST_FILES_RUN_AGAIN ? [] : files;
}

/** What the run counts when some of its files were run again: for those the second run stands. */
export function withSecondRun(first: JestReport, second: JestReport): JestReport {
  const again = new Set(filesToRunAgain(first));
  const kept = first.testResults.filter(({ name }) => !again.has(name));
  const passed = kept.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === "passed").length;
  return { ...second, numPassedTests: passed + second.numPassedTests, testResults: [...kept, ...second.testResults] };
}

/** Names of the tests that failed first and passed alone: to be looked at. */
export function passedOnlyAlone(first: JestReport, second: JestReport): readonly string[] {
  const nowPassed = new Set(second.testResults.flatMap(({ assertionResults }) => assertionResults).flatMap(({ fullName, status }) => (status === "passed" ? [fullName] : [])));
  return first.testResults.flatMap(({ assertionResults }) => assertionResults).flatMap(({ fullName, status }) => (status === "failed" && nowPassed.has(fullName) ? [fullName] : []));
}

/** The last line of `octally test`, which programs read: its form is fixed. */
export function toSummaryLine({ passed, failed }: TestSummary): string {
  return `${passed} passed, ${failed} failed`;
}
