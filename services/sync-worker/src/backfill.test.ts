import { describe, expect, jest, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { TransientError } from "@octally/shared/errors";
import type { DiscoverJob } from "@octally/shared/sync-job";
import type { Store } from "@octally/store/write";
import { differences, storedIn } from "../test/differences.ts";
import { makeJobWorld, type JobWorld } from "../test/job-world.ts";
import { simulateGitHub, type SimulatedGitHub } from "../test/simulated-github.ts";

jest.setTimeout(60_000);

const CORE = ["repository", "pull-request", "review", "review-comment", "pull-request-commit", "issue-comment", "issue"];
const ALL = kinds.map(({ name }) => name);

const discovery = (names: readonly string[]): DiscoverJob => ({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: [...names] });

const notAsAtGitHub = (simulated: SimulatedGitHub, world: JobWorld, names: readonly string[]): readonly string[] => differences(simulated, storedIn(world.store), names);

describe("a backfill of an organisation", () => {
  test("loads pull requests with what hangs from them", async () => {
    const simulated = simulateGitHub();
    const world = makeJobWorld(simulated);
    await world.send(discovery(CORE));
    await world.drain();
    expect(world.parts().filter(({ state }) => state !== "done")).toEqual([]);
    expect(notAsAtGitHub(simulated, world, CORE)).toEqual([]);
    expect(simulated.violations()).toBe(0);
  });

  test("loads everything of every kind", async () => {
    const simulated = simulateGitHub({ richness: "full" });
    const world = makeJobWorld(simulated);
    await world.send(discovery(ALL));
    await world.drain();
    expect(world.parts().filter(({ state, gaps, refreshes }) => state !== "done" || gaps > 0 || refreshes > 0)).toEqual([]);
    expect(notAsAtGitHub(simulated, world, ALL)).toEqual([]);
    expect(simulated.violations()).toBe(0);
  });

  const dice = (seed: number): (() => number) => {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
  };
  /** Lists of several pages, of which a slice holds two or three. */
  const long = { pullRequests: 160, repositories: 1, latencyMs: 2000 };
  const slice = { timeMs: 9000 };

  test.each([1, 2, 3, 4, 5, 6])("comes to the same end where workers are killed at any call (seed %d)", async (seed) => {
    const simulated = simulateGitHub(long);
    const world = makeJobWorld(simulated);
    const roll = dice(seed);
    await world.send(discovery(CORE));
    await world.drain({ ...slice, killAfter: () => (roll() < 0.5 ? 1 + Math.floor(roll() * 12) : undefined) });
    expect(world.parts().filter(({ state }) => state !== "done")).toEqual([]);
    expect(notAsAtGitHub(simulated, world, CORE)).toEqual([]);
  });

  test.each(Array.from({ length: 10 }, (_, index) => index + 1))("comes to the same end where every other worker is killed after its call %d", async (call) => {
    const simulated = simulateGitHub(long);
    const world = makeJobWorld(simulated);
    let invocations = 0;
    await world.send(discovery(["pull-request", "issue-comment"]));
    await world.drain({ ...slice, lanes: 1, batchSize: 1, killAfter: () => ((invocations += 1) % 2 === 0 || invocations > 40 ? undefined : call) });
    expect(world.parts().filter(({ state }) => state !== "done")).toEqual([]);
    expect(notAsAtGitHub(simulated, world, ["pull-request", "issue-comment"])).toEqual([]);
  });

  test.each([1, 2, 3])("comes to the same end where the store refuses one write of three (seed %d)", async (seed) => {
    const simulated = simulateGitHub(long);
    const world = makeJobWorld(simulated);
    const roll = dice(seed);
    const store: Store = {
      write: async (observations) => {
        if (roll() < 0.33) throw new TransientError("store-unavailable", "The store is away.");
        return world.store.write(observations);
      },
    };
    Object.assign(world.ports, { store });
    await world.send(discovery(CORE));
    await world.drain(slice);
    expect(world.parts().filter(({ state }) => state !== "done")).toEqual([]);
    expect(notAsAtGitHub(simulated, world, CORE)).toEqual([]);
  });

  test("comes to the same end where every message comes twice, and doubled nudges become one again", async () => {
    const simulated = simulateGitHub(long);
    const world = makeJobWorld(simulated, { doubles: () => true });
    await world.send(discovery(CORE));
    await world.drain(slice);
    expect(world.parts().filter(({ state }) => state !== "done")).toEqual([]);
    expect(world.parts().some(({ turn }) => turn > 0)).toBe(true);
    expect(notAsAtGitHub(simulated, world, CORE)).toEqual([]);
    const once = simulateGitHub(long);
    const other = makeJobWorld(once);
    await other.send(discovery(CORE));
    await other.drain(slice);
    expect(simulated.requests()).toBe(once.requests());
    expect(world.backfillJobs.sent()).toBe(other.backfillJobs.sent());
  });

  test.each([1, 2, 3])("comes to the same end where GitHub fails at one request of twenty (seed %d)", async (seed) => {
    const faults = { "rest-error": 0.05, "graphql-error": 0.05, "connection-reset": 0.05, "graphql-timeout": 0.5, "secondary-limit": 0.01 };
    const simulated = simulateGitHub({ repositories: 2, pullRequests: 30, seed, faults });
    const world = makeJobWorld(simulated);
    await world.send(discovery(ALL));
    await world.drain();
    expect(world.parts().filter(({ state, gaps }) => state !== "done" || gaps > 0)).toEqual([]);
    expect(notAsAtGitHub(simulated, world, ALL)).toEqual([]);
  });
});
