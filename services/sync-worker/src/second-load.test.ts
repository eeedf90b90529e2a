import { expect, jest, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { makeJobWorld, type JobWorld } from "../test/job-world.ts";
import { simulateGitHub } from "../test/simulated-github.ts";

jest.setTimeout(180_000);

async function load(world: JobWorld, run: string): Promise<void> {
  await world.send({ type: "discover", run, part: `${run}:octo-demo`, turn: 0, source: "octo-demo", since: null, until: null, kinds: kinds.map(({ name }) => name) });
  await world.drain();
}

test("a second load of everything, with nothing changed, writes nothing and asks no more than the first", async () => {
  const simulated = simulateGitHub({ richness: "full", repositories: 2, pullRequests: 16 });
  const world = makeJobWorld(simulated);
  await load(world, "r1");
  const stored = kinds.map(({ name }) => world.store.sources(name));
  const asked = simulated.requests();
  simulated.clock.moveTo(simulated.clock.now() + 3_600_000);
  await load(world, "r2");
  const ofSecond = world.parts().filter(({ run }) => run === "r2");
  expect(ofSecond.filter(({ state, written }) => state !== "done" || written > 0).map(({ id, state, written }) => ({ id, state, written }))).toEqual([]);
  expect(kinds.map(({ name }) => world.store.sources(name))).toEqual(stored);
  expect(ofSecond.reduce((sum, { superseded }) => sum + superseded, 0)).toBeGreaterThan(400);
  expect(simulated.requests() - asked).toBeLessThanOrEqual(asked);
});
