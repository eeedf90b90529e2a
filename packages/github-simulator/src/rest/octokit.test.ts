/** GitHub's own REST client, unmodified, reads a generated organisation to its end; the oracle says what that is. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { makeSimulator, type Simulator } from "../simulator.ts";
import type { Repository } from "../world/entities.ts";

let simulator: Simulator;
let octokit: Octokit;
let repository: Repository;

beforeAll(() => {
  simulator = makeSimulator({ seed: 5, repositories: 3, pullRequests: 120, richness: "full" });
  octokit = new Octokit({ auth: simulator.tokens.owner, request: { fetch: simulator.fetch } });
  repository = [...simulator.world.repositories.values()].filter(({ owner, deleted }) => owner === simulator.organization && !deleted).toSorted((a, b) => b.pullRequests.length - a.pullRequests.length)[0]!;
});
afterAll(() => simulator.close());

const at = () => ({ owner: repository.owner.login, repo: repository.name });
const sorted = (ids: readonly (number | string)[]) => [...ids].map(String).toSorted();

test.each<[string, () => Promise<readonly (number | string)[]>, () => readonly (number | string)[]]>([
  ["issues (by cursor)", async () => (await octokit.paginate(octokit.rest.issues.listForRepo, { ...at(), state: "all", per_page: 17 })).map(({ id }) => id), () => [...repository.issues.map(({ id }) => id), ...repository.pullRequests.map(({ issueId }) => issueId)]],
  ["pull requests (by page)", async () => (await octokit.paginate(octokit.rest.pulls.list, { ...at(), state: "all", per_page: 17 })).map(({ id }) => id), () => repository.pullRequests.map(({ id }) => id)],
  ["comments", async () => (await octokit.paginate(octokit.rest.issues.listCommentsForRepo, { ...at(), per_page: 17 })).map(({ id }) => id), () => repository.issueComments.map(({ id }) => id)],
  ["review comments", async () => (await octokit.paginate(octokit.rest.pulls.listReviewCommentsForRepo, { ...at(), per_page: 17 })).map(({ id }) => id), () => repository.reviewComments.map(({ id }) => id)],
  ["commits", async () => (await octokit.paginate(octokit.rest.repos.listCommits, { ...at(), per_page: 17 })).map(({ sha }) => sha), () => repository.commits.map(({ sha }) => sha)],
  ["workflow runs (in an object)", async () => (await octokit.paginate(octokit.rest.actions.listWorkflowRunsForRepo, { ...at(), per_page: 17 })).map(({ id }) => id), () => repository.workflowRuns.map(({ id }) => id)],
  ["stargazers", async () => (await octokit.paginate(octokit.rest.activity.listStargazersForRepo, { ...at(), per_page: 7 })).map((user) => (user as { id: number }).id), () => repository.stars.map(({ user }) => user.id)],
  ["Dependabot's alerts (by cursor only)", async () => (await octokit.paginate(octokit.rest.dependabot.listAlertsForRepo, { ...at(), per_page: 1 })).map(({ number }) => number), () => repository.dependabotAlerts.map(({ number }) => number)],
  ["members", async () => (await octokit.paginate(octokit.rest.orgs.listMembers, { org: at().owner, per_page: 2 })).map(({ id }) => id), () => simulator.organization.members.map(({ user }) => user.id)],
])("%s", async (_, read, truth) => {
  expect(truth().length).toBeGreaterThan(0);
  expect(sorted(await read())).toEqual(sorted(truth()));
});

test("and kept to every limit", () => {
  expect(Object.values(simulator.server.limits.violations).reduce((sum, count) => sum + count)).toBe(0);
});
