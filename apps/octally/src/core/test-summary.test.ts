import { expect, test } from "@jest/globals";
import { summarizeTests, toSummaryLine } from "./test-summary.ts";

const report = (numPassedTests: number, numFailedTests = 0, numRuntimeErrorTestSuites = 0) => ({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites });

test.each([
  ["all is well", { lintPassed: true, typecheckPassed: true, jest: report(10), jestExitCode: 0 }, "12 passed, 0 failed"],
  ["lint fails", { lintPassed: false, typecheckPassed: true, jest: report(10), jestExitCode: 0 }, "11 passed, 1 failed"],
  ["tests fail", { lintPassed: true, typecheckPassed: true, jest: report(8, 2), jestExitCode: 1 }, "10 passed, 2 failed"],
  ["a suite does not run", { lintPassed: true, typecheckPassed: true, jest: report(8, 0, 1), jestExitCode: 1 }, "10 passed, 1 failed"],
  ["the servers do not start, so there is no report", { lintPassed: true, typecheckPassed: true, jest: undefined, jestExitCode: 1 }, "2 passed, 1 failed"],
  ["no test is found", { lintPassed: true, typecheckPassed: true, jest: report(0), jestExitCode: 0 }, "2 passed, 1 failed"],
  ["jest fails for another reason", { lintPassed: true, typecheckPassed: true, jest: report(5), jestExitCode: 1 }, "7 passed, 1 failed"],
  ["jest is killed", { lintPassed: true, typecheckPassed: true, jest: report(5), jestExitCode: undefined }, "7 passed, 1 failed"],
])("%s", (_name, run, line) => {
  expect(toSummaryLine(summarizeTests(run))).toBe(line);
});
