import { expect, jest, test } from "@jest/globals";
import { makeJobWorld } from "../job-world.ts";
import { randomOf } from "../records.ts";
import { simulateGitHub } from "../simulated-github.ts";
import { addHardThings, SMALL } from "./hard-things.ts";
import { ALL, loadWhole, report } from "./whole-load.ts";

jest.setTimeout(3_600_000);

const size = { repositories: 20, pullRequests: 400, richness: "full" } as const;
const faults = { "rest-error": 0.05, "graphql-error": 0.05, "connection-reset": 0.03, "graphql-timeout": 1, "secondary-limit": 0.003 };

test.each([1, 2, 3])("GitHub fails at one request of twelve, refuses and breaks off, workers are killed: the same documents (seed %d)", async (seed) => {
  const calm = simulateGitHub({ ...size, seed });
  addHardThings(calm, SMALL);
  const without = await loadWhole(calm, makeJobWorld(calm));

  let asked = 0;
  // GitHub's own time-outs come with the weight of a query, its refusals seldom: some more, whatever the luck.
  const meanwhile = (): void => {
    asked += 1;
    if (asked % 40 === 0) simulated.server.faults.force("graphql-timeout");
    if (asked % 300 === 0) simulated.server.faults.force("secondary-limit");
  };
  const simulated = simulateGitHub({ ...size, seed, faults, meanwhile });
  addHardThings(simulated, SMALL);
  const world = makeJobWorld(simulated);
  const roll = randomOf(seed);
  let kills = 0;
  const killAfter = (): number | undefined => {
    if (roll() >= 0.05) return undefined;
    kills += 1;
    return 1 + Math.floor(roll() * 40);
  };
  const outcome = await loadWhole(simulated, world, { names: ALL, killAfter });
  const { counts } = simulated.server.faults;
  report(`faults, seed ${seed}`, outcome, { without: without.cost.requests, factor: Math.round((100 * outcome.cost.requests) / without.cost.requests) / 100, kills, timeouts: counts["graphql-timeout"], limits: counts["secondary-limit"] });
  expect(outcome.differences).toEqual([]);
  expect(world.parts().filter(({ state }) => state !== "done")).toEqual([]);
  expect(outcome.cost.documents).toBe(without.cost.documents);
  expect([kills > 10, counts["graphql-timeout"] > 10, counts["secondary-limit"] > 0]).toEqual([true, true, true]);
  // What was on its way when GitHub said to wait arrives all the same: at most three others.
  const { "retry-after-ignored": onTheirWay, ...violations } = simulated.server.limits.violations;
  expect(onTheirWay).toBeLessThanOrEqual(3 * counts["secondary-limit"]);
  expect(Object.values(violations).every((count) => count === 0)).toBe(true);
});
