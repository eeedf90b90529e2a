import { describe, expect, test } from "@jest/globals";
import { OWNER_SCOPES, type Simulator } from "@octally/github-simulator/simulator";
import type { User } from "@octally/github-simulator/world/entities";
import { PERMISSIONS } from "@octally/github-simulator/world/viewer";
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

const HIDDEN = { id: 4712, name_with_owner: "octo-demo/hidden" };

/** A label and a repository that GitHub does not have, last seen so long ago. */
async function invent(simulated: SimulatedGitHub, world: JobWorld, repository: InventoryJob["repository"], agoMs = 3_600_000): Promise<void> {
  const at = new Date(simulated.clock.now() - agoMs).toISOString();
  const invented = { org: "octo-demo", deletedAt: null, version: toVersion(at, at), observedAt: at, source: "rest" as const, archive: null };
  await world.store.write([
    { ...invented, repository, kind: "label", id: "4711", document: { id: 4711, name: "invented" } },
    { ...invented, repository: HIDDEN, kind: "repository", id: "4712", document: { id: 4712, name: "hidden", full_name: "octo-demo/hidden", node_id: "R_kgDOLDo" } },
    { ...invented, repository: HIDDEN, kind: "label", id: "4713", document: { id: 4713, name: "of the hidden one" } },
  ]);
}

test("buries what GitHub does not have", async () => {
  const { simulated, world, place } = await loaded();
  await invent(simulated, world, place.repository);
  expect(await take(world, { kind: "label", ...place })).toMatchObject({ state: "done", surplus: 1 });
  expect(world.store.sourceOf("label", "4711")).toMatchObject({ octally: { deleted: true } });
}, 60_000);

const READ = Object.fromEntries(PERMISSIONS.map((permission) => [permission, "read" as const]));
const owner = ({ organization }: Simulator): User => organization.members[0]!.user;

describe("a repository that GitHub shows no more is gone, with all that was in it, to those alone from whom none can be hidden", () => {
  test.each<[string, boolean, SimulatedOptions]>([
    ["an owner's classic token", true, {}],
    ["an owner's classic token without the scope repo", false, { token: (simulator) => simulator.server.credentials.classic(owner(simulator), OWNER_SCOPES.filter((scope) => scope !== "repo")) }],
    ["a member's token", false, { token: ({ tokens }) => tokens.member }],
    ["an owner's fine-grained token", false, { token: (simulator) => simulator.server.credentials.fineGrained(owner(simulator), READ) }],
    ["an App that is installed on all repositories", true, { app: READ, end: Date.now() }],
    ["an App that is installed on some", false, { app: READ, end: Date.now(), installedOn: ({ oracle, organization }) => oracle.repositories().filter((one) => one.owner === organization) }],
  ])("%s: %s", async (_, isGone, options) => {
    const { simulated, world, place } = await loaded({ ...options, pullRequests: 5 });
    await invent(simulated, world, place.repository);
    expect(await take(world, { kind: "repository", org: "octo-demo", repository: null })).toMatchObject({ state: "done", surplus: 1 });
    for (const [kind, id] of [["repository", "4712"], ["label", "4713"]] as const) expect({ kind, document: world.store.sourceOf(kind, id) }).toMatchObject({ kind, document: { octally: { deleted: isGone } } });
  }, 60_000);

  test("but one that was seen a moment ago may be new", async () => {
    const { simulated, world, place } = await loaded({ pullRequests: 5 });
    await invent(simulated, world, place.repository, 10 * 60_000);
    expect(await take(world, { kind: "repository", org: "octo-demo", repository: null })).toMatchObject({ state: "done", surplus: 1 });
    expect(world.store.sourceOf("repository", "4712")).toMatchObject({ octally: { deleted: false } });
  }, 60_000);
});
