import { describe, expect, jest, test } from "@jest/globals";
import { push } from "@octally/github-simulator/operations/branches-and-commits";
import { createRepository, deleteRepository, renameRepository, transferRepository } from "@octally/github-simulator/operations/repository";
import { kinds } from "@octally/model/registry";
import { toJobMessage } from "@octally/shared/sync-job";
import { differences, storedIn } from "../test/differences.ts";
import { makeJobWorld } from "../test/job-world.ts";
import { simulateGitHub, type SimulatedOptions } from "../test/simulated-github.ts";
import { relocate } from "./relocate.ts";

jest.setTimeout(60_000);

const KINDS = ["repository", "pull-request", "review", "review-comment", "issue-comment", "issue", "label", "commit", "star", "release", "workflow-run"];

describe("a repository that moves while it is read", () => {
  test("renamed: it goes on under its new name, and what was stored follows; deleted: its parts end with the reason", async () => {
    const simulated = simulateGitHub({ repositories: 3, pullRequests: 90, latencyMs: 2000 });
    const world = makeJobWorld(simulated);
    const [renamed, deleted] = simulated.oracle.repositories().filter(({ owner }) => owner === simulated.organization);
    const [founder] = simulated.organization.members;
    if (renamed === undefined || deleted === undefined || founder === undefined) throw new Error("too small");
    await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: KINDS });
    let calls = 0;
    const write = world.ports.store.write.bind(world.store);
    Object.assign(world.ports, {
      store: {
        write: async (observations: Parameters<typeof write>[0]) => {
          calls += 1;
          if (calls === 4) {
            renameRepository(simulated.world, { actor: founder.user, repository: renamed, name: "elsewhere" });
            deleteRepository(simulated.world, { actor: founder.user, repository: deleted });
          }
          return write(observations);
        },
      },
    });
    await world.drain();
    const byState = Map.groupBy(world.parts(), ({ state }) => state);
    expect([...byState.keys()].toSorted()).toEqual(["done", "gone"]);
    expect(byState.get("gone")?.every(({ job, reason }) => job.type === "backfill" && job.repository?.id === deleted.id && reason?.includes("no longer shows the repository"))).toBe(true);
    const stored = kinds.flatMap(({ name }) => world.store.sources(name)).filter((line) => line.includes(`"repository":{"id":${renamed.id},`));
    expect(stored.length).toBeGreaterThan(50);
    expect(stored.filter((line) => !line.includes('"name_with_owner":"octo-demo/elsewhere"'))).toEqual([]);
    const own = world.store.observations("repository").find(({ id }) => id === String(renamed.id));
    expect(own?.document).toMatchObject({ name: "elsewhere", full_name: "octo-demo/elsewhere", updated_at: `${new Date(renamed.updatedAt).toISOString().slice(0, 19)}Z` });
    for (const kind of ["pull-request", "issue", "review-comment", "issue-comment", "label", "commit"] as const) {
      const truth = [...simulated.oracle.things(kind, renamed)].length;
      expect({ kind, stored: world.store.sources(kind).filter((line) => line.includes(`"repository":{"id":${renamed.id},`)).length }).toEqual({ kind, stored: truth });
    }
  });

  test("renamed while the jobs of each run are asked for: none is passed over", async () => {
    const kind = "workflow-job";
    const simulated = simulateGitHub({ repositories: 1, pullRequests: 60, richness: "full", ratios: { runsPerPush: 2 } });
    const [founder] = simulated.organization.members;
    const [renamed] = simulated.oracle.repositories().filter(({ owner }) => owner === simulated.organization).toSorted((a, b) => b.pullRequests.length - a.pullRequests.length);
    if (founder === undefined || renamed === undefined) throw new Error("The organisation is too small.");
    const world = makeJobWorld(simulated);
    await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: [kind] });
    const write = world.ports.store.write.bind(world.store);
    Object.assign(world.ports, {
      store: {
        write: async (observations: Parameters<typeof write>[0]) => {
          if (renamed.name !== "elsewhere" && observations.some((one) => one.kind === kind && one.repository?.id === renamed.id)) renameRepository(simulated.world, { actor: founder.user, repository: renamed, name: "elsewhere" });
          return write(observations);
        },
      },
    });
    await world.drain();
    expect(renamed.name).toBe("elsewhere");
    expect(world.parts().filter(({ state }) => state !== "done")).toEqual([]);
    expect(differences(simulated, storedIn(world.store), [kind])).toEqual([]);
  });

  test("deleted when the jobs of its runs are to be asked for: its part says so", async () => {
    const simulated = simulateGitHub({ repositories: 2, pullRequests: 20, richness: "full" });
    const [founder] = simulated.organization.members;
    const [deleted] = simulated.oracle.repositories().filter(({ owner }) => owner === simulated.organization).toSorted((a, b) => b.workflowRuns.length - a.workflowRuns.length);
    if (founder === undefined || deleted === undefined) throw new Error("The organisation is too small.");
    const world = makeJobWorld(simulated);
    await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: ["workflow-job"] });
    const { clientFor } = world.ports.github;
    // After the page of runs, before their jobs.
    Object.assign(world.ports, {
      github: {
        ...world.ports.github,
        clientFor: async (...args: Parameters<typeof clientFor>) => {
          const connected = await clientFor(...args);
          if (connected.is === "not-installed") return connected;
          const { list } = connected.github;
          const deleting: typeof list = async function* (request, call) {
            for await (const answer of list(request, call)) {
              if (!deleted.deleted && answer.is === "page" && answer.url.includes(`/${deleted.name}/actions/runs`)) deleteRepository(simulated.world, { actor: founder.user, repository: deleted });
              yield answer;
            }
          };
          return { ...connected, github: { ...connected.github, list: deleting } };
        },
      },
    });
    await world.drain();
    expect(deleted.deleted).toBe(true);
    expect(world.parts().filter(({ job }) => job.type === "backfill" && job.repository?.id === deleted.id).map(({ state }) => state)).toEqual(["gone"]);
  });

  test.each(["deleted", "renamed"] as const)("%s while its last page is on its way to the store: the page follows all the same", async (change) => {
    const simulated = simulateGitHub({ repositories: 2, pullRequests: 20 });
    const world = makeJobWorld(simulated);
    const [founder] = simulated.organization.members;
    const [moved] = simulated.oracle.repositories().filter(({ owner }) => owner === simulated.organization).toSorted((a, b) => b.pullRequests.length - a.pullRequests.length);
    if (founder === undefined || moved === undefined) throw new Error("The organisation is too small.");
    const write = world.ports.store.write.bind(world.store);
    let held = 0;
    Object.assign(world.ports, {
      store: {
        write: async (observations: Parameters<typeof write>[0]) => {
          if (held === 0 && observations.some(({ kind, repository }) => kind === "label" && repository?.id === moved.id)) {
            held = observations.length;
            const from = `octo-demo/${moved.name}`;
            if (change === "deleted") deleteRepository(simulated.world, { actor: founder.user, repository: moved });
            else renameRepository(simulated.world, { actor: founder.user, repository: moved, name: "elsewhere" });
            const at = new Date(simulated.clock.now() + 1000).toISOString();
            await relocate({ ...world.ports, store: { write } }, { type: "relocate-repository", org: "octo-demo", repository: { id: moved.id, name_with_owner: `octo-demo/${moved.name}` }, from, change, at });
          }
          return write(observations);
        },
      },
    });
    await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: ["repository", "label"] });
    await world.drain();
    expect(held).toBeGreaterThan(0);
    expect(differences(simulated, storedIn(world.store), ["label"])).toEqual([]);
  });

  test.each(["code-scanning-alert", "collaborator"])("transferred to somebody who shows us less: the list that is refused there is gone, not kept from us: %s", async (kind) => {
    const { simulated, world, moved, actor, begin } = await unread(kind);
    const owner = simulated.organization.members.find(({ user }) => user !== actor)?.user;
    if (owner === undefined) throw new Error("The organisation is too small.");
    transferRepository(simulated.world, { actor, repository: moved, owner });
    await begin();
    expect(world.parts().map(({ job, state, reason }) => [job.type === "backfill" && job.list.kind, state, reason])).toEqual([[kind, "gone", `The repository was transferred to ${owner.login}/${moved.name}.`]]);
    await world.syncJobs.sendAll([toJobMessage({ type: "refresh", kind: "collaborator", org: "octo-demo", repository: { id: moved.id, name_with_owner: `octo-demo/${moved.name}` }, subjects: [{}], reason: "test" })]);
    await world.drain();
    expect(world.parts().map(({ state }) => state).filter((state) => state !== "gone")).toEqual([]);
  });

  test("where another repository has its name and shows us less, the list is read where the store knows its own to be", async () => {
    const { simulated, world, moved, actor, begin } = await unread("code-scanning-alert", { app: { metadata: "read", contents: "read" }, end: Date.now() });
    const former = moved.name;
    renameRepository(simulated.world, { actor, repository: moved, name: "elsewhere" });
    createRepository(simulated.world, { actor, owner: simulated.organization, name: former });
    await world.send({ type: "discover", run: "r0", part: "r0:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: ["repository"] });
    await world.drain();
    await begin();
    expect(world.parts().filter(({ run }) => run === "r1").map(({ job, state }) => [job.type === "backfill" && job.repository?.name_with_owner, state])).toEqual([["octo-demo/elsewhere", "cannot-see"]]);
  });

  test("a refresh that was ordered under its former name asks for it where it is today, whoever has that name by now", async () => {
    const { simulated, world, moved, actor, order } = await refreshed();
    const former = moved.name;
    renameRepository(simulated.world, { actor, repository: moved, name: "elsewhere" });
    await relocate(world.ports, { type: "relocate-repository", org: "octo-demo", repository: { id: moved.id, name_with_owner: "octo-demo/elsewhere" }, from: `octo-demo/${former}`, change: "renamed", at: new Date(simulated.clock.now()).toISOString() });
    const other = createRepository(simulated.world, { actor, owner: simulated.organization, name: former });
    push(simulated.world, { actor, repository: other, branch: moved.defaultBranch, commits: [{ message: "Another one", files: [{ path: "README.md", status: "added", additions: 1, deletions: 0 }] }] });
    simulated.clock.moveTo(simulated.clock.now() + 60_000);
    await order();
    expect(world.store.sourceOf("branch", `${moved.id}:${moved.defaultBranch}`)).toMatchObject({ sha: moved.branches.find(({ name }) => name === moved.defaultBranch)?.head.sha, repository: { id: moved.id, name_with_owner: "octo-demo/elsewhere" } });
  });

  test("a refresh that a move overtook follows it", async () => {
    const { simulated, world, moved, order } = await refreshed();
    const repository = { id: moved.id, name_with_owner: "octo-demo/elsewhere" };
    const { write } = world.ports.store;
    let isMoved = false;
    Object.assign(world.ports, {
      store: {
        write: async (observations: Parameters<typeof write>[0]) => {
          if (!isMoved && observations.some(({ kind }) => kind === "branch")) {
            isMoved = true;
            await relocate(world.ports, { type: "relocate-repository", org: "octo-demo", repository, from: `octo-demo/${moved.name}`, change: "renamed", at: new Date(simulated.clock.now() - 30_000).toISOString() });
          }
          return write(observations);
        },
      },
    });
    await order();
    expect(isMoved).toBe(true);
    expect(world.store.sourceOf("branch", `${moved.id}:${moved.defaultBranch}`)).toMatchObject({ repository });
  });
});

/** A loaded repository, and the order to refresh its default branch under the name that it had then. */
async function refreshed() {
  const simulated = simulateGitHub({ repositories: 1, pullRequests: 5 });
  const world = makeJobWorld(simulated);
  const [founder] = simulated.organization.members;
  const moved = simulated.oracle.repositories().find(({ owner }) => owner === simulated.organization);
  if (founder === undefined || moved === undefined) throw new Error("The organisation is too small.");
  await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: ["repository", "branch"] });
  await world.drain();
  simulated.clock.moveTo(simulated.clock.now() + 60_000);
  push(simulated.world, { actor: founder.user, repository: moved, branch: moved.defaultBranch, commits: [{ message: "One more", files: [{ path: "README.md", status: "modified", additions: 1, deletions: 0 }] }] });
  const job = { type: "refresh" as const, kind: "branch", org: "octo-demo", repository: { id: moved.id, name_with_owner: `octo-demo/${moved.name}` }, subjects: [{ key: moved.defaultBranch }], reason: "test" };
  const order = async (): Promise<void> => {
    await world.syncJobs.sendAll([toJobMessage(job)]);
    await world.drain();
  };
  return { simulated, world, moved, actor: founder.user, order };
}

/** A repository of which one list is to be read, under the name that it has now. */
async function unread(kind: string, options: SimulatedOptions = {}) {
  const simulated = simulateGitHub({ repositories: 1, pullRequests: 5, ...options });
  const world = makeJobWorld(simulated);
  const [founder] = simulated.organization.members;
  const moved = simulated.oracle.repositories().find(({ owner }) => owner === simulated.organization);
  if (founder === undefined || moved === undefined) throw new Error("The organisation is too small.");
  const repository = { id: moved.id, name_with_owner: `octo-demo/${moved.name}` };
  const job = { type: "backfill" as const, run: "r1", part: "r1:list", turn: 0, source: "octo-demo", since: null, until: null, org: "octo-demo", org_id: null, repository, list: { kind, way: 0, with: [] }, expected: null };
  const begin = async (): Promise<void> => {
    await world.send(job);
    await world.drain();
  };
  return { simulated, world, moved, actor: founder.user, begin };
}
