import { expect, test } from "@jest/globals";
import { filesToRunAgain, passedOnlyAlone, summarizeTests, toSummaryLine, withSecondRun, type JestReport } from "./test-summary.ts";

const report = (numPassedTests: number, numFailedTests = 0, numRuntimeErrorTestSuites = 0) => ({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults: [] });

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

const file = (name: string, ...statuses: readonly string[]): JestReport["testResults"][number] => ({
  name,
  status: statuses.every((status) => status === "passed") && statuses.length > 0 ? "passed" : "failed",
  assertionResults: statuses.map((status, index) => ({ fullName: `${name} ${index}`, status })),
});
const reportOf = (...testResults: JestReport["testResults"]): JestReport => {
  const count = (wanted: string): number => testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === wanted).length;
  return { numPassedTests: count("passed"), numFailedTests: count("failed"), numRuntimeErrorTestSuites: testResults.filter(({ assertionResults }) => assertionResults.length === 0).length, testResults };
};

test("the few files that failed are run again, and the second run stands for them", () => {
  const first = reportOf(file("a", "passed", "passed"), file("b", "passed", "failed"), file("c"));
  expect(filesToRunAgain(first)).toEqual(["b", "c"]);
  const second = reportOf(file("b", "passed", "passed"), file("c", "failed", "passed"));
  expect(passedOnlyAlone(first, second)).toEqual(["b 1"]);
  const run = { lintPassed: true, typecheckPassed: true, jest: withSecondRun(first, second), jestExitCode: 1 };
  expect(toSummaryLine(summarizeTests(run))).toBe("7 passed, 1 failed");
});

test("many failed files are no accident, and are not run again", () => {
  expect(filesToRunAgain(reportOf(...["a", "b", "c", "d", "e", "f", "g"].map((name) => file(name, "failed"))))).toEqual([]);
});
