import * as z from "zod";

/** What is counted of the report that `jest --json` writes. */
export const jestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  /** Suites that did not even run: their tests are not among the failed ones. */
  numRuntimeErrorTestSuites: z.number(),
});

export type TestRun = {
  readonly lintPassed: boolean;
  readonly typecheckPassed: boolean;
  /** Undefined when jest ended without a report. */
  readonly jest: z.output<typeof jestReport> | undefined;
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

/** The last line of `octally test`, which programs read: its form is fixed. */
export function toSummaryLine({ passed, failed }: TestSummary): string {
  return `${passed} passed, ${failed} failed`;
}
