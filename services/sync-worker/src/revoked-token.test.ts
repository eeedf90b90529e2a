import { expect, jest, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { OWNER_SCOPES } from "@octally/github-simulator/simulator";
import { differences, storedIn } from "../test/differences.ts";
import { makeMemoryRuns } from "../../../packages/store/test/memory-runs.ts";
import { makeJobWorld, type JobWorld } from "../test/job-world.ts";
import { simulateGitHub, type SimulatedGitHub } from "../test/simulated-github.ts";
import { startRun } from "./start-run.ts";

jest.setTimeout(180_000);

const names = kinds.map(({ name }) => name);
const size = { repositories: 3, pullRequests: 40, richness: "full" } as const;
const specification = { sources: ["octo-demo"], kinds: names, since: null, until: null };

const begin = (world: JobWorld): ReturnType<typeof startRun> => startRun({ ...world.ports, runs: makeMemoryRuns(world.states) }, specification, "test");

async function load(simulated: SimulatedGitHub, meanwhile: (world: JobWorld) => Promise<void> = async () => {}): Promise<JobWorld> {
  const world = makeJobWorld(simulated);
  await begin(world);
  await world.drain();
  await meanwhile(world);
  return world;
}

test("a token that is revoked in the middle of a load: what it could not read says so, and is read when it is put right", async () => {
  const undisturbed = simulateGitHub(size);
  await load(undisturbed);

  let answered = 0;
  const simulated: SimulatedGitHub = simulateGitHub({
    ...size,
    meanwhile: () => {
      answered += 1;
      if (answered === 60) simulated.server.credentials.revoke(simulated.tokens.owner);
    },
  });
  const world = await load(simulated, async (midway) => {
    const failed = midway.parts().filter(({ state }) => state !== "done");
    expect(new Set(failed.map(({ state, reason }) => `${state} ${reason?.split(":")[0] ?? ""}`))).toEqual(new Set(["failed github-unauthorized"]));
    expect(failed.length).toBeGreaterThan(20);
    expect(midway.parts().length).toBeGreaterThan(failed.length);
    const refused = simulated.uses.filter(({ outcome }) => outcome === "unauthorized").length;
    // Those that were under way; the others know it without asking.
    expect(refused).toBeLessThan(failed.length / 2);
    simulated.clock.moveTo(simulated.clock.now() + 60_000);
    const [owner] = simulated.organization.members;
    simulated.server.credentials.classic(owner!.user, OWNER_SCOPES, simulated.tokens.owner);
    const again = await begin(midway);
    expect(again).toMatchObject({ resumed: true, reopened: failed.length });
    await midway.drain();
  });
  expect(world.parts().filter(({ state }) => state !== "done")).toEqual([]);
  expect(differences(simulated, storedIn(world.store), names)).toEqual([]);
  // Nothing that was stored is read again.
  expect(simulated.requests() - undisturbed.requests()).toBeLessThanOrEqual(world.parts().length / 2);
});
