import { expect, jest, test } from "@jest/globals";
import { addRepository, renameRepository } from "@octally/github-simulator/operations/repository";
import type { Observation } from "@octally/model/observation";
import { toVersion } from "@octally/model/version";
import { makeMemoryReader } from "../../../packages/store/test/memory-reader.ts";
import { makeMemoryRuns } from "../../../packages/store/test/memory-runs.ts";
import { makeJobWorld, type JobWorld } from "../test/job-world.ts";
import { simulateGitHub, type SimulatedGitHub } from "../test/simulated-github.ts";
import { PART_KIND } from "./core/part-state.ts";
import { lookAgain, startNew, type DiscoveryPorts } from "./look-for-new.ts";

jest.setTimeout(60_000);

const KINDS = ["repository", "label", "issue", "star"];
const SOURCES = ["octo-demo"];

function discoveryPorts({ ports: { states, backfillJobs, clock }, states: all, store }: JobWorld): DiscoveryPorts {
  const parts = (): readonly string[] => all.all(PART_KIND).map(({ document }) => JSON.stringify(document));
  return { states, backfillJobs, clock, runs: makeMemoryRuns(all), kinds: KINDS, reader: makeMemoryReader({ sources: (kind) => (kind === PART_KIND ? parts() : store.sources(kind)) }) };
}

/** As a webhook would have told of it. */
function repositoryAt(id: number, name: string): Observation {
  const at = "2026-01-01T00:00:00Z";
  return { kind: "repository", id: String(id), org: "octo-demo", repository: { id, name_with_owner: name }, document: { id, full_name: name }, deletedAt: null, version: toVersion(at, at), observedAt: at, source: "webhook", archive: null };
}

function scene(): { simulated: SimulatedGitHub; world: JobWorld; ports: DiscoveryPorts } {
  const simulated = simulateGitHub({ repositories: 2, pullRequests: 10 });
  const world = makeJobWorld(simulated);
  return { simulated, world, ports: discoveryPorts(world) };
}

test("a source that was never loaded is loaded; while that goes on, nothing is begun and nothing is sent again", async () => {
  const { world, ports } = scene();
  expect(await startNew(ports, SOURCES)).toHaveLength(1);
  const sent = world.backfillJobs.sent();
  expect(await startNew(ports, ["Octo-Demo"])).toEqual([]);
  expect(world.backfillJobs.sent()).toBe(sent);
  // A queue that was emptied: the nudges come again.
  expect(await lookAgain(ports, SOURCES)).toEqual([]);
  expect(world.backfillJobs.sent()).toBe(sent + 1);
  await world.drain();
  expect(world.store.sources("label").length).toBeGreaterThan(10);
  expect(await startNew(ports, SOURCES)).toEqual([]);
});

test("what came while the first load goes on is left to it", async () => {
  const { world, ports } = scene();
  await startNew(ports, SOURCES);
  await world.ports.store.write([repositoryAt(4711, "octo-demo/early")]);
  expect(await startNew(ports, SOURCES)).toEqual([]);
  await world.drain();
  expect(await startNew(ports, SOURCES)).toHaveLength(1);
});

test("a repository that nobody told of is found, and loaded once; one that was renamed is followed", async () => {
  const { simulated, world, ports } = scene();
  const [founder] = simulated.organization.members;
  const renamed = simulated.oracle.repositories().find(({ owner }) => owner === simulated.organization);
  if (founder === undefined || renamed === undefined) throw new Error("too small");
  await startNew(ports, SOURCES);
  await world.drain();
  const old = renamed.name;
  const added = addRepository(simulated.world, { actor: founder.user, owner: simulated.organization, name: "silent" });
  renameRepository(simulated.world, { actor: founder.user, repository: renamed, name: "elsewhere" });

  expect(await startNew(ports, SOURCES)).toEqual([]);
  const [listing] = await lookAgain(ports, SOURCES);
  await world.drain();
  const labelsOf = (id: number): readonly string[] => world.store.sources("label").filter((line) => line.includes(`"repository":{"id":${id},`));
  expect(world.store.sources("repository").filter((line) => line.includes('"full_name":"octo-demo/silent"'))).toHaveLength(1);
  expect(labelsOf(added.id)).toEqual([]);
  expect(labelsOf(renamed.id).length).toBeGreaterThan(5);
  expect(labelsOf(renamed.id).filter((line) => line.includes(`octo-demo/${old}`))).toEqual([]);

  expect(await startNew(ports, SOURCES)).toHaveLength(1);
  await world.drain();
  expect(labelsOf(added.id)).toHaveLength([...simulated.oracle.things("label", added)].length);
  expect(await startNew(ports, SOURCES)).toEqual([]);
  expect(await lookAgain(ports, SOURCES)).not.toEqual([listing]);
});

test("a repository without anything in it has no parts, and is begun once all the same", async () => {
  const { world, ports } = scene();
  await startNew(ports, SOURCES);
  await world.drain();
  await world.ports.store.write([repositoryAt(4711, "octo-demo/gone")]);
  expect(await startNew(ports, SOURCES)).toHaveLength(1);
  await world.drain();
  expect(world.parts().filter(({ job }) => job.type === "backfill" && job.repository?.id === 4711)).toEqual([]);
  expect(await startNew(ports, SOURCES)).toEqual([]);
});
