import { expect, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { toVersion } from "@octally/model/version";
import { toJobMessage, type InventoryJob } from "@octally/shared/sync-job";
import { makeJobWorld, type JobWorld } from "../test/job-world.ts";
import { simulateGitHub, type SimulatedGitHub, type SimulatedOptions } from "../test/simulated-github.ts";

async function loaded(options: SimulatedOptions = {}): Promise<{ readonly simulated: SimulatedGitHub; readonly world: JobWorld; readonly place: Pick<InventoryJob, "org" | "repository"> }> {
  const simulated = simulateGitHub({ repositories: 2, pullRequests: 20, ...options });
  const world = makeJobWorld(simulated);
  await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: kinds.map(({ name }) => name) });
  await world.drain();
  const first = simulated.oracle.repositories().find(({ owner }) => owner === simulated.organization);
  simulated.clock.moveTo(simulated.clock.now() + 60_000);
  return { simulated, world, place: { org: "octo-demo", repository: { id: first!.id, name_with_owner: `octo-demo/${first!.name}` } } };
}

async function take(world: JobWorld, job: Omit<InventoryJob, "type" | "run" | "reason">): Promise<Readonly<Record<string, unknown>>> {
  await world.syncJobs.sendAll([toJobMessage({ type: "inventory", run: `run ${job.kind}`, reason: "test", ...job })]);
  await world.drain();
  return (await world.states.read("sync-run", [`run ${job.kind}`])).get(`run ${job.kind}`)?.document ?? {};
}

test("of what is right finds nothing and writes nothing, of every kind that has a list", async () => {
  const { world, place } = await loaded();
  for (const { name, sources, scope } of kinds) {
    if (sources.inventory.by === "nothing") continue;
    const org = name === "repository" || scope === "organization" || ["team-repository"].includes(name);
    const before = world.store.sources(name);
    const run = await take(world, { kind: name, ...(org ? { org: "octo-demo", repository: null } : place) });
    expect({ name, state: run["state"], missing: run["missing"], surplus: run["surplus"], stale: run["stale"] }).toEqual({ name, state: "done", missing: 0, surplus: 0, stale: 0 });
    expect(world.store.sources(name)).toEqual(before);
  }
}, 60_000);

test("buries what GitHub does not have, and never a repository that it only does not show", async () => {
  const { simulated, world, place } = await loaded();
  const at = new Date(simulated.clock.now() - 3_600_000).toISOString();
  const invented = { org: place.org, repository: place.repository, deletedAt: null, version: toVersion(at, at), observedAt: at, source: "rest" as const, archive: null };
  await world.store.write([
    { ...invented, kind: "label", id: "4711", document: { id: 4711, name: "invented" } },
    { ...invented, kind: "repository", id: "4712", repository: { id: 4712, name_with_owner: "octo-demo/hidden" }, document: { id: 4712, name: "hidden", full_name: "octo-demo/hidden", node_id: "R_kgDOLDo" } },
  ]);
  expect(await take(world, { kind: "label", ...place })).toMatchObject({ state: "done", surplus: 1 });
  expect(world.store.sourceOf("label", "4711")).toMatchObject({ octally: { deleted: true } });
  expect(await take(world, { kind: "repository", org: "octo-demo", repository: null })).toMatchObject({ surplus: 1 });
  expect(world.store.sourceOf("repository", "4712")).toMatchObject({ octally: { deleted: false } });
}, 60_000);
