import { expect, jest, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { PERMISSIONS } from "@octally/github-simulator/world/viewer";
import type { DiscoverJob } from "@octally/shared/sync-job";
import { differences, storedIn } from "../test/differences.ts";
import { makeJobWorld } from "../test/job-world.ts";
import { simulateGitHub } from "../test/simulated-github.ts";

jest.setTimeout(180_000);

const ALL = kinds.map(({ name }) => name);
const discovery = (run: string, since: string | null = null, until: string | null = null): DiscoverJob => ({ type: "discover", run, part: `${run}:octo-demo`, turn: 0, source: "octo-demo", since, until, kinds: ALL });

test("four quarters are together the whole history, and none holds what came after it", async () => {
  const simulated = simulateGitHub({ repositories: 3, pullRequests: 40, richness: "full" });
  const world = makeJobWorld(simulated);
  const { start, end } = simulated.options;
  const at = (quarter: number): string | null => (quarter === 0 || quarter === 4 ? null : new Date(start + ((end - start) * quarter) / 4).toISOString());
  for (const quarter of [0, 1, 2, 3]) {
    const until = at(quarter + 1);
    await world.send(discovery(`quarter ${quarter}`, at(quarter), until));
    await world.drain();
    const before = [...simulated.oracle.things("pull-request")].filter(({ record, repository }) => repository?.owner === simulated.organization && record.createdAt < Date.parse(until ?? "9999-01-01"));
    expect(world.store.observations("pull-request")).toHaveLength(before.length);
  }
  expect(world.parts().filter(({ state, gaps }) => state !== "done" || gaps > 0)).toEqual([]);
  expect(differences(simulated, storedIn(world.store), ALL)).toEqual([]);
});

test("an App that may read everything loads the same as an owner's token", async () => {
  const everything = Object.fromEntries(PERMISSIONS.map((permission) => [permission, "read" as const]));
  const simulated = simulateGitHub({ repositories: 3, pullRequests: 40, richness: "full", end: Date.now(), app: everything });
  const world = makeJobWorld(simulated);
  await world.send(discovery("r1"));
  await world.drain();
  expect(world.parts().filter(({ state, gaps }) => state !== "done" || gaps > 0)).toEqual([]);
  expect(differences(simulated, storedIn(world.store), ALL)).toEqual([]);
  expect(simulated.violations()).toBe(0);
});
