import { isDeepStrictEqual } from "node:util";
import { expect, jest, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { PERMISSIONS } from "@octally/github-simulator/world/viewer";
import type { DiscoverJob } from "@octally/shared/sync-job";
import { differences, storedIn } from "../test/differences.ts";
import { makeJobWorld } from "../test/job-world.ts";
import { randomOf } from "../test/records.ts";
import { simulateGitHub } from "../test/simulated-github.ts";

jest.setTimeout(180_000);

const ALL = kinds.map(({ name }) => name);
const discovery = (run: string, since: string | null = null, until: string | null = null): DiscoverJob => ({ type: "discover", run, part: `${run}:octo-demo`, turn: 0, source: "octo-demo", since, until, kinds: ALL });

test("four quarters are together the whole history, none holds what came after it, and together they cost less than two and a half times as much", async () => {
  const simulated = simulateGitHub({ repositories: 2, pullRequests: 150, richness: "full" });
  const atOnce = makeJobWorld(simulated);
  await atOnce.send(discovery("all"));
  await atOnce.drain();
  const whole = simulated.requests();
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
  expect(simulated.requests() - whole).toBeLessThan(2.5 * whole);
  expect(world.parts().filter(({ state, gaps, expected }) => state !== "done" || gaps > 0 || expected !== null)).toEqual([]);
  expect(differences(simulated, storedIn(world.store), ALL)).toEqual([]);
  // What changed lately, with all that hangs from it, is no more than that.
  const before = simulated.requests();
  const late = makeJobWorld(simulated);
  await late.send(discovery("late", new Date(end - (end - start) / 50).toISOString()));
  await late.drain();
  expect(simulated.requests() - before).toBeLessThan(whole / 2);
  expect(late.store.observations("review-thread").length).toBeGreaterThan(0);
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

test.each([1, 2, 3, 4, 5, 6])("of some kinds: those, whole, and no others, whatever fails meanwhile (seed %d)", async (seed) => {
  const roll = randomOf(seed);
  const wanted = ALL.filter(() => roll() < [0.05, 0.15, 0.4][seed % 3]!);
  const simulated = simulateGitHub({ repositories: seed, pullRequests: 10 + 10 * seed, richness: "full", seed, faults: { "graphql-timeout": 0.2, "rest-error": 0.05, "connection-reset": 0.03 } });
  const world = makeJobWorld(simulated);
  await world.send({ ...discovery("r1"), kinds: wanted });
  await world.drain({ killAfter: () => (roll() < 0.03 ? 1 + Math.floor(roll() * 30) : undefined) });
  expect(wanted.length).toBeGreaterThan(0);
  expect(world.parts().filter(({ state }) => state !== "done")).toEqual([]);
  expect(differences(simulated, storedIn(world.store), wanted)).toEqual([]);
  expect(ALL.filter((name) => !wanted.includes(name) && world.store.observations(name).length > 0)).toEqual([]);
});

test("one repository by itself is loaded as it is with its organisation, and a user's repositories too", async () => {
  const simulated = simulateGitHub({ repositories: 3, pullRequests: 40, richness: "full" });
  const loaded = async (...sources: readonly string[]): Promise<(kind: string) => ReadonlyMap<string, string>> => {
    const world = makeJobWorld(simulated);
    for (const [index, source] of sources.entries()) await world.send({ ...discovery(`r${index}`), part: `r${index}:${source}`, source });
    await world.drain();
    const stored = storedIn(world.store);
    return (kind) => new Map([...stored(kind)].flatMap(([id, source]) => (source["repository"] === null ? [] : [[id, JSON.stringify({ ...source, octally: undefined })] as const])));
  };
  const all = simulated.oracle.repositories();
  const organisation = await loaded("octo-demo");
  const oneByOne = await loaded(...all.filter(({ owner }) => owner === simulated.organization).map(({ name }) => `octo-demo/${name}`));
  // Which teams have it is asked of the organisation's teams.
  const different = ALL.filter((kind) => kind !== "team-repository" && !isDeepStrictEqual(organisation(kind), oneByOne(kind)));
  expect(different).toEqual([]);
  expect(oneByOne("repository-snapshot").size).toBe(3);
  const other = all.find(({ owner }) => owner !== simulated.organization)?.owner;
  const own = await loaded(other?.login ?? "");
  expect(own("repository-snapshot").size).toBe(all.filter(({ owner }) => owner === other).length);
});
