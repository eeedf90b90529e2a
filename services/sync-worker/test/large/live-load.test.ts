import { describe, expect, jest, test } from "@jest/globals";
import { play } from "../../../../packages/github-simulator/test/random-operations.ts";
import { differences, storedIn } from "../differences.ts";
import { makeJobWorld, type JobWorld } from "../job-world.ts";
import { randomOf } from "../records.ts";
import { simulateGitHub, type SimulatedGitHub, type SimulatedOptions } from "../simulated-github.ts";
import { makeWebhooks } from "../simulated-webhooks.ts";
import { ALL, audit, discovery, settle } from "./whole-load.ts";

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

describe("while an organisation is loaded it goes on working", () => {
  test.each([
    { repositories: 4, pullRequests: 60, seed: 1, perAnswer: 1 },
    { repositories: 3, pullRequests: 40, seed: 2, perAnswer: 2 },
    { repositories: 20, pullRequests: 400, seed: 3, perAnswer: 1 },
    { repositories: 20, pullRequests: 400, seed: 1, perAnswer: 2 },
  ])("$repositories repositories, $perAnswer events an answer, seed $seed: the end state is GitHub's", async ({ perAnswer, ...options }) => {
    const live = makeLive(options, perAnswer);
    const { simulated, world } = live;
    await world.send(discovery());
    await world.drain();
    const loadedWith = { requests: simulated.requests(), happened: live.happened(), webhooks: live.received() };
    live.stop();
    await settle(simulated, world);
    expect(world.parts().filter(({ state, gaps }) => state !== "done" || gaps > 0)).toEqual([]);
    expect(differences(simulated, storedIn(world.store), TOLD).filter((line) => !line.includes(": 0 missing, 0 surplus"))).toEqual([]);
    await audit(simulated, world);
    process.stderr.write(`${JSON.stringify({ title: `live load, seed ${options.seed}`, ...loadedWith, withAudit: simulated.requests(), violations: simulated.violations() })}\n`);
    expect(differences(simulated, storedIn(world.store), COMPARED)).toEqual([]);
    expect(loadedWith.happened).toBeGreaterThan(200);
    expect(simulated.violations()).toBe(0);
  });
});
