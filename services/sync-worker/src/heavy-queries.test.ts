/** Queries that take GitHub seconds each: the client tells by its answers' time how much of a minute they took. */
import { expect, test } from "@jest/globals";
import { simulateGitHub } from "../test/simulated-github.ts";

const ALIASES = Array.from({ length: 20 }, (_, index) => `a${index}: labels(first: 1) { totalCount }`).join(" ");
const HEAVY = { name: "heavy", text: `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { pullRequests(first: 60) { nodes { ${ALIASES} } } } rateLimit { cost remaining resetAt limit nodeCount } }` };

test("a history of heavy queries keeps to the computing time of every minute", async () => {
  const simulated = simulateGitHub({ repositories: 1, pullRequests: 60 });
  const [repository] = simulated.oracle.repositories().toSorted((a, b) => b.pullRequests.length - a.pullRequests.length);
  const connected = await simulated.github.clientFor("octo-demo", { purpose: "backfill", kind: "label" });
  if (connected.is !== "connected") throw new Error(connected.message);
  const startMs = simulated.timing.nowMs();
  const ask = () => connected.github.graphql(HEAVY, { owner: "octo-demo", name: repository?.name }, { purpose: "backfill", kind: "label", maxWaitMs: 600_000 });
  const answers = await simulated.run(Promise.all(Array.from({ length: 45 }, ask)));
  expect(new Set(answers.map(({ is }) => is))).toEqual(new Set(["data"]));
  expect(simulated.server.limits.violations).toMatchObject({ cpu: 0, "retry-after-ignored": 0 });
  // Three at once would be through in one minute, with more than GitHub gives.
  expect(simulated.timing.nowMs() - startMs).toBeGreaterThan(120_000);
});
