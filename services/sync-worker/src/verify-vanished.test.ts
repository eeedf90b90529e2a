import { describe, expect, jest, test } from "@jest/globals";
import { deleteRepository, privatizeRepository, renameRepository, transferRepository } from "@octally/github-simulator/operations/repository";
import { OWNER_SCOPES } from "@octally/github-simulator/simulator";
import { kinds } from "@octally/model/registry";
import { makeJobWorld, type JobWorld } from "../test/job-world.ts";
import { simulateGitHub, type SimulatedGitHub } from "../test/simulated-github.ts";

jest.setTimeout(180_000);

const KINDS = ["repository", "pull-request", "review", "label", "star", "release"];
const TOKEN = "ghp_seeing";

async function load({ simulated, world }: Scene, run: string, names: readonly string[] = KINDS): Promise<void> {
  simulated.clock.moveTo(simulated.clock.now() + 3_600_000);
  await world.send({ type: "discover", run, part: `${run}:octo-demo`, turn: 0, source: "octo-demo", since: null, until: null, kinds: [...names] });
  await world.drain();
}

type Scene = { readonly simulated: SimulatedGitHub; readonly world: JobWorld };

async function openScene(repositories: number): Promise<Scene & { readonly ours: ReturnType<SimulatedGitHub["oracle"]["repositories"]>; readonly founder: SimulatedGitHub["organization"]["members"][number]["user"] }> {
  const simulated = simulateGitHub({ repositories, pullRequests: 12, token: ({ server, organization }) => server.credentials.classic(organization.members[0]!.user, OWNER_SCOPES, TOKEN) });
  const scene = { simulated, world: makeJobWorld(simulated) };
  await load(scene, "r1");
  // The public ones first: a private one that is transferred is hidden.
  const ours = simulated.oracle.repositories().filter(({ owner }) => owner === simulated.organization).toSorted((a, b) => Number(a.visibility === "private") - Number(b.visibility === "private"));
  return { ...scene, ours, founder: simulated.organization.members[0]!.user };
}

/** Every document of a repository, by what it says of its place: "o/r", "o/r deleted". */
function placesOf({ world }: Scene, id: number): ReadonlyMap<string, number> {
  const found = kinds.flatMap(({ name }) => world.store.sources(name)).filter((line) => line.includes(`"repository":{"id":${id},`));
  const places = found.map((line) => {
    const { org, repository, octally } = JSON.parse(line.slice(line.indexOf("{"))) as { org: string; repository: { name_with_owner: string }; octally: { deleted: boolean } };
    return `${org} ${repository.name_with_owner}${octally.deleted ? " deleted" : ""}`;
  });
  return new Map([...Map.groupBy(places, (place) => place)].map(([place, some]) => [place, some.length]));
}

function discoveryOf({ world }: Scene, run: string) {
  return world.parts().find((part) => part.run === run && part.type === "discover");
}

describe("what the store has and GitHub's list does not", () => {
  test("is followed where it moved, and kept where GitHub does not say that it is deleted", async () => {
    const scene = await openScene(5);
    const { simulated, ours, founder } = scene;
    const [renamed, transferred, deleted, still] = ours;
    const other = simulated.organization.members.at(-1)!.user;
    const before = ours.map(({ id }) => [...placesOf(scene, id).values()].reduce((sum, count) => sum + count, 0));
    renameRepository(simulated.world, { actor: founder, repository: renamed!, name: "elsewhere" });
    transferRepository(simulated.world, { actor: founder, repository: transferred!, owner: other });
    deleteRepository(simulated.world, { actor: founder, repository: deleted! });
    // Of the renamed one nothing but the repositories is read again: what hangs from it follows all the same.
    await load(scene, "r2", ["repository"]);
    expect(placesOf(scene, renamed!.id)).toEqual(new Map([["octo-demo octo-demo/elsewhere", before[0]]]));
    expect(placesOf(scene, transferred!.id)).toEqual(new Map([[`${other.login} ${other.login}/${transferred!.name}`, before[1]]]));
    expect(placesOf(scene, deleted!.id)).toEqual(new Map([[`octo-demo octo-demo/${deleted!.name}`, before[2]]]));
    expect(placesOf(scene, still!.id)).toEqual(new Map([[`octo-demo octo-demo/${still!.name}`, before[3]]]));
    expect(before.every((count) => count > 5)).toBe(true);
    expect(discoveryOf(scene, "r2")).toMatchObject({ state: "done", reason: expect.stringContaining(`octo-demo/${deleted!.name}: it is kept`) });
    expect(discoveryOf(scene, "r2")?.reason).not.toContain(transferred!.name);
  });

  test("is left alone by a token that sees one repository, though it asks for all of them, some at a time and killed in between", async () => {
    const scene = await openScene(14);
    const { simulated, ours, founder, world } = scene;
    for (const repository of ours) privatizeRepository(simulated.world, { actor: founder, repository });
    await load(scene, "r2", ["repository"]);
    const stored = ours.map(({ id }) => placesOf(scene, id));
    const { credentials } = simulated.server;
    credentials.revoke(TOKEN);
    credentials.fineGrained(founder, { metadata: "read" }, ours.slice(0, 1), TOKEN);
    const asked = simulated.requests();
    let invocations = 0;
    await world.send({ type: "discover", run: "r3", part: "r3:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: ["repository"] });
    await world.drain({ lanes: 1, batchSize: 1, timeMs: 3000, killAfter: () => ((invocations += 1) % 2 === 0 ? undefined : 5) });
    expect(discoveryOf(scene, "r3")).toMatchObject({ state: "done", seen: 1, reason: expect.stringContaining("it is kept") });
    expect(ours.slice(1).every(({ name }) => discoveryOf(scene, "r3")?.reason?.includes(`octo-demo/${name}`) === true)).toBe(true);
    expect(simulated.requests() - asked).toBeGreaterThan(13);
    expect(ours.map(({ id }) => placesOf(scene, id))).toEqual(stored);
    expect(world.syncJobs.size()).toBe(0);
  });
});
