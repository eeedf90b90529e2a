/** What it costs to count all kinds of 10, 100 and 1,000 repositories, as GitHub itself bills it; the plan alone: src/core/plan-counts.test.ts. */
import { expect, test } from "@jest/globals";
import { makeMirror } from "../mirror.ts";

const NOTHING = { issuesPerPullRequest: 0, starsPerPullRequest: 0, forksPerPullRequest: 0, commentsPerPullRequest: 0, reviewsPerPullRequest: 0, alertsPerRepository: 0, releasesPerRepositoryAndYear: 0, runsPerPush: 0 };

test.each([[10, 2], [100, 3], [1000, 21]])("%i repositories: %i requests", async (repositories, requests) => {
  const mirror = makeMirror({ repositories, pullRequests: repositories, richness: "plain", seed: 3, ratios: NOTHING });
  await mirror.load(["repository"]);
  const { uses } = mirror.simulated;
  const from = uses.length;
  const report = await mirror.check(["counts"]);
  const graphql = uses.slice(from).filter(({ resource }) => resource === "graphql");
  const points = graphql.reduce((sum, use) => sum + use.points, 0);
  process.stderr.write(`${JSON.stringify({ repositories, requests: graphql.length, points, places: report.coverages?.length })}\n`);
  expect(graphql).toHaveLength(requests);
  expect([report.requests, report.points]).toEqual([requests, points]);
  expect(points).toBeLessThanOrEqual(Math.ceil(repositories * 0.161) + 1);
  // One more says what the organisation is called today.
  expect(uses.length - from).toBe(requests + 1);
  expect(report.coverages?.filter(({ expected, status }) => expected === null && status === "unknown")).toEqual([]);
}, 1_800_000);
