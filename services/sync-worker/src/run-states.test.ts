import { describe, expect, jest, test } from "@jest/globals";
import { OWNER_SCOPES } from "@octally/github-simulator/simulator";
import { PERMISSIONS, type Permission } from "@octally/github-simulator/world/viewer";
import { TransientError } from "@octally/shared/errors";
import { toJobMessage } from "@octally/shared/sync-job";
import { makeMemoryRuns } from "../../../packages/store/test/memory-runs.ts";
import { makeJobWorld, type JobWorld } from "../test/job-world.ts";
import { simulateGitHub, type SimulatedGitHub, type SimulatedOptions } from "../test/simulated-github.ts";
import { closeRun } from "./close-run.ts";
import type { PartState } from "./core/part-state.ts";
import type { RunSpecification } from "./core/run.ts";
import { startRun, type StartedRun, type StartOptions } from "./start-run.ts";

jest.setTimeout(180_000);

const WANTED: RunSpecification = { sources: ["octo-demo"], kinds: ["repository", "pull-request", "review", "label", "traffic", "member", "secret-scanning-alert"], since: null, until: null };
const DAY_MS = 86_400_000;
const TOKEN = "ghp_mended";

type Scene = { readonly simulated: SimulatedGitHub; readonly world: JobWorld; readonly start: (options?: StartOptions) => Promise<StartedRun>; readonly work: (options?: StartOptions) => Promise<string> };

function openScene(options: SimulatedOptions = {}): Scene {
  const simulated = simulateGitHub({ repositories: 2, pullRequests: 10, latencyMs: 1000, richness: "full", ...options });
  const world = makeJobWorld(simulated);
  const start = (how?: StartOptions): Promise<StartedRun> => startRun({ ...world.ports, runs: makeMemoryRuns(world.states) }, WANTED, "test", how);
  return {
    simulated,
    world,
    start,
    async work(how) {
      const { run } = await start(how);
      await world.drain();
      return run;
    },
  };
}

async function documentOf({ world }: Scene, run: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  return (await world.states.read("sync-run", [run])).get(run)?.document;
}

function sum(parts: readonly PartState[], name: "seen" | "written" | "requests" | "points" | "superseded"): number {
  return parts.reduce((all, part) => all + part[name], 0);
}

/** The same token, which GitHub now takes for an owner's. */
function mend({ simulated }: Scene): void {
  // Refused twice in a row GitHub is left alone for a minute.
  simulated.clock.moveTo(simulated.clock.now() + 60_000);
  simulated.server.credentials.classic(simulated.organization.members[0]!.user, OWNER_SCOPES, TOKEN);
}

describe("a run's end", () => {
  test("is written by whoever ends its last part, with the sums of all, and once", async () => {
    const scene = openScene();
    const run = (await scene.start()).run;
    expect(await documentOf(scene, run)).toMatchObject({ state: "running", finished_at: null });
    await scene.world.drain();
    const parts = scene.world.parts();
    const ended = await documentOf(scene, run);
    expect(ended).toMatchObject({ state: "done", done: sum(parts, "seen"), written: sum(parts, "written"), unchanged: sum(parts, "superseded"), failed: 0, requests: sum(parts, "requests"), points: sum(parts, "points") });
    expect(ended?.["requests"]).toBeGreaterThan(5);
    expect(Date.parse(String(ended?.["finished_at"]))).toBeGreaterThanOrEqual(Math.max(...parts.map((part) => Date.parse(part.finished_at ?? ""))));
    const before = scene.world.states.all("sync-run");
    scene.simulated.clock.moveTo(scene.simulated.clock.now() + DAY_MS);
    await closeRun(scene.world.ports, run);
    await scene.world.backfillJobs.sendAll(parts.map(({ job, turn }) => toJobMessage({ ...job, turn })));
    await scene.world.drain();
    expect(scene.world.states.all("sync-run")).toEqual(before);
  });

  test.each([3, 5, 6, 7, 8])("comes also where every other worker is killed after its call %d", async (call) => {
    const scene = openScene();
    let invocations = 0;
    const { run } = await scene.start();
    await scene.world.drain({ lanes: 1, batchSize: 1, killAfter: () => ((invocations += 1) % 2 === 0 || invocations > 60 ? undefined : call) });
    expect(await documentOf(scene, run)).toMatchObject({ state: "done", written: sum(scene.world.parts(), "written"), requests: sum(scene.world.parts(), "requests") });
  });

  test("comes also where the worker is killed that ended the last part", async () => {
    const scene = openScene();
    const { states } = scene.world;
    let kills = 0;
    const put: typeof states.put = async (observation, replaces) => {
      const done = await states.put(observation, replaces);
      const isLast = observation.kind === "sync-part" && scene.world.parts().every(({ state }) => state === "done");
      if (isLast && (kills += 1) === 1) throw new TransientError("killed", "The worker was killed.");
      return done;
    };
    Object.assign(scene.world.ports, { states: { ...states, put } });
    const run = await scene.work();
    expect(kills).toBeGreaterThan(0);
    expect(await documentOf(scene, run)).toMatchObject({ state: "done" });
  });

  test("is not there while a part is open, whoever looks", async () => {
    const scene = openScene();
    const { run } = await scene.start();
    await closeRun(scene.world.ports, run);
    expect(await documentOf(scene, run)).toMatchObject({ state: "running" });
  });
});

describe("what could not be read is tried again", () => {
  const narrow = (permissions: readonly Permission[]): SimulatedOptions => ({
    token: ({ server, organization }) => server.credentials.fineGrained(organization.members[0]!.user, Object.fromEntries(PERMISSIONS.filter((name) => permissions.includes(name)).map((name) => [name, "read"])), null, TOKEN),
  });

  test("once the permission is there: the same run, from where it stopped, and nothing that was read is read again", async () => {
    const scene = openScene(narrow(["metadata", "pull_requests", "members", "issues"]));
    const first = await scene.work();
    const before = scene.world.parts();
    const unseen = before.filter(({ state }) => state === "cannot-see");
    expect(new Set(unseen.map(({ kind }) => kind))).toEqual(new Set(["traffic", "secret-scanning-alert"]));
    expect(await documentOf(scene, first)).toMatchObject({ state: "cannot-see", reason: expect.stringContaining(`${unseen.length} cannot be seen`) });
    mend(scene);
    expect(await scene.start()).toEqual({ run: first, resumed: true, reopened: unseen.length });
    expect(await documentOf(scene, first)).toMatchObject({ state: "running", finished_at: null });
    await scene.world.drain();
    expect(scene.world.parts().filter(({ state }) => state !== "done")).toEqual([]);
    const read = (parts: readonly PartState[]): readonly unknown[] => parts.filter(({ id }) => !unseen.some((part) => part.id === id));
    expect(read(scene.world.parts())).toEqual(read(before));
    expect(await documentOf(scene, first)).toMatchObject({ state: "done", written: sum(scene.world.parts(), "written") });
    // Complete now: whoever asks again wants it again.
    scene.simulated.clock.moveTo(scene.simulated.clock.now() + 60_000);
    expect((await scene.start()).run).not.toBe(first);
  });

  test("a token that is revoked in the middle: the lists fail, and go on from their cursors with the next one", async () => {
    const scene = openScene({ repositories: 1, pullRequests: 90, latencyMs: 2000, richness: "plain", token: ({ server, organization }) => server.credentials.classic(organization.members[0]!.user, OWNER_SCOPES, TOKEN) });
    const write = scene.world.store.write;
    let calls = 0;
    Object.assign(scene.world.ports, {
      store: {
        write: (observations: Parameters<typeof write>[0]) => {
          if ((calls += 1) === 6) scene.simulated.server.credentials.revoke(TOKEN);
          return write(observations);
        },
      },
    });
    const first = await scene.work();
    const failed = scene.world.parts().filter(({ state }) => state === "failed");
    expect(failed.every(({ reason }) => reason?.startsWith("github-unauthorized") === true)).toBe(true);
    expect(failed.some(({ cursor }) => cursor !== null)).toBe(true);
    expect(await documentOf(scene, first)).toMatchObject({ state: "failed" });
    mend(scene);
    expect(await scene.start({ again: false })).toMatchObject({ run: first, resumed: true, reopened: failed.length });
    await scene.world.drain();
    expect(scene.world.parts().filter(({ state }) => state !== "done")).toEqual([]);
    const whole = openScene({ repositories: 1, pullRequests: 90, richness: "plain" });
    await whole.work();
    for (const kind of WANTED.kinds) expect({ kind, stored: scene.world.store.sources(kind).length }).toEqual({ kind, stored: whole.world.store.sources(kind).length });
    // No page before the cursors is asked for again: what failed is all that it cost more.
    expect(sum(scene.world.parts(), "seen")).toBe(sum(whole.world.parts(), "seen"));
  });

  test("for a week from its beginning; then, or where one says so, everything is read anew", async () => {
    const scene = openScene(narrow(["metadata", "pull_requests", "members", "issues"]));
    const pass = (days: number): void => scene.simulated.clock.moveTo(scene.simulated.clock.now() + days * DAY_MS);
    const first = await scene.work();
    pass(4);
    expect(await scene.work()).toBe(first);
    pass(2.9);
    // What a token may not see is not asked for again at each start.
    expect(await scene.start({ again: false })).toEqual({ run: first, resumed: true, reopened: 0 });
    expect(await scene.start()).toMatchObject({ run: first, reopened: 4 });
    await scene.world.drain();
    pass(0.2);
    const second = await scene.work();
    expect(second).not.toBe(first);
    pass(0.1);
    expect((await scene.start({ fresh: true })).run).not.toBe(second);
  });

  test("a discovery whose state was never made begins with the next call", async () => {
    const scene = openScene();
    const put = scene.world.states.put;
    Object.assign(scene.world.ports, { states: { ...scene.world.states, put: (...given: Parameters<typeof put>) => (given[0].kind === "sync-part" ? Promise.reject(new Error("killed")) : put(...given)) } });
    await expect(scene.start()).rejects.toThrow("killed");
    Object.assign(scene.world.ports, { states: scene.world.states });
    const run = await scene.work();
    expect(await documentOf(scene, run)).toMatchObject({ state: "done" });
    expect(scene.world.states.all("sync-run")).toHaveLength(1);
  });
});
