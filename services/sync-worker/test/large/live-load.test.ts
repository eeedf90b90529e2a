import { describe, expect, jest, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { toJobMessage } from "@octally/shared/sync-job";
import { play } from "../../../../packages/github-simulator/test/random-operations.ts";
import { differences, storedIn } from "../differences.ts";
import { makeJobWorld, type JobWorld } from "../job-world.ts";
import { randomOf } from "../records.ts";
import { simulateGitHub, type SimulatedGitHub, type SimulatedOptions } from "../simulated-github.ts";
import { makeWebhooks } from "../simulated-webhooks.ts";
import { ALL, discovery } from "./whole-load.ts";

jest.setTimeout(3_600_000);

/** Of a transfer there is the event alone; counts of the day are those of its first reading. */
const COMPARED = ALL.filter((name) => name !== "transfer" && name !== "repository-snapshot");
/** Of these every one that comes or goes is told by an event of its own. */
const TOLD = ["issue", "pull-request", "star", "release", "label", "milestone", "discussion"];

type Live = { readonly simulated: SimulatedGitHub; readonly world: JobWorld; readonly happened: () => number; readonly received: () => number };

/** Before each of GitHub's answers so much happens in the organisation, and is told by webhooks. */
function makeLive(options: SimulatedOptions & { readonly seed: number }, perAnswer: number): Live & { readonly stop: () => void } {
  const roll = randomOf(options.seed);
  const dice = (): number => Math.floor(roll() * 1000);
  const webhooks = makeWebhooks();
  let [happened, over] = [0, false];
  const simulated: SimulatedGitHub = simulateGitHub({
    ...options, richness: "full", receivers: webhooks.receivers,
    meanwhile: () => {
      const repositories = simulated.oracle.repositories().filter(({ owner, archived }) => owner === simulated.organization && !archived);
      for (let step = 0; step < (over ? 0 : perAnswer); step++) {
        happened += 1;
        play({ world: simulated.world, organization: simulated.organization, repositories, calm: true }, [dice(), dice(), dice()]);
      }
    },
  });
  const world = makeJobWorld(simulated);
  webhooks.connect(simulated, world);
  return { simulated, world, happened: () => happened, received: webhooks.received, stop: () => void (over = true) };
}

/** Until nothing is on its way any more. */
async function settle({ simulated, world, received }: Live): Promise<void> {
  for (let before = -1; before !== received(); ) {
    before = received();
    await simulated.settle();
    await world.drain();
  }
}

/** What the checker orders, of every kind that can be listed. */
async function audit({ simulated, world }: Live): Promise<void> {
  simulated.clock.moveTo(simulated.clock.now() + 60_000);
  const org = simulated.organization.login;
  const places = simulated.oracle.repositories().filter(({ owner }) => owner === simulated.organization).map(({ id, name }) => ({ org, repository: { id, name_with_owner: `${org}/${name}` } }));
  for (const { name, sources, scope } of kinds) {
    if (sources.inventory.by === "nothing") continue;
    const ofOrganization = name === "repository" || name === "team-repository" || scope === "organization";
    const order = { type: "inventory" as const, kind: name, reason: "audit", compares: "content" as const };
    await world.syncJobs.sendAll((ofOrganization ? [{ org, repository: null }] : places).map((place) => toJobMessage({ ...order, run: `audit ${name} ${place.repository?.id ?? ""}`, ...place })));
  }
  await world.drain();
}

describe("while an organisation is loaded it goes on working", () => {
  test.each([
    { repositories: 4, pullRequests: 60, seed: 1, perAnswer: 1 },
    { repositories: 3, pullRequests: 40, seed: 2, perAnswer: 2 },
    { repositories: 20, pullRequests: 400, seed: 3, perAnswer: 1 },
  ])("$repositories repositories, seed $seed: the end state is GitHub's", async ({ perAnswer, ...options }) => {
    const live = makeLive(options, perAnswer);
    const { simulated, world } = live;
    await world.send(discovery());
    await world.drain();
    const loadedWith = { requests: simulated.requests(), happened: live.happened(), webhooks: live.received() };
    live.stop();
    await settle(live);
    expect(world.parts().filter(({ state, gaps }) => state !== "done" || gaps > 0)).toEqual([]);
    expect(differences(simulated, storedIn(world.store), TOLD).filter((line) => !line.includes(": 0 missing, 0 surplus"))).toEqual([]);
    await audit(live);
    process.stderr.write(`${JSON.stringify({ title: `live load, seed ${options.seed}`, ...loadedWith, withAudit: simulated.requests(), violations: simulated.violations() })}\n`);
    expect(differences(simulated, storedIn(world.store), COMPARED)).toEqual([]);
    expect(loadedWith.happened).toBeGreaterThan(200);
    expect(simulated.violations()).toBe(0);
  });
});
