import { describe, expect, jest, test } from "@jest/globals";
import { forcePush, push } from "@octally/github-simulator/operations/branches-and-commits";
import { openPullRequest } from "@octally/github-simulator/operations/pull-requests";
import { kinds } from "@octally/model/registry";
import { refreshSubjectOf } from "@octally/model/refresh-subject";
import { isNoWay } from "@octally/model/sources";
import { toJobMessage, type RefreshJob } from "@octally/shared/sync-job";
import { makeMemoryLibrary } from "../../../packages/store/test/memory-library.ts";
import { makeJobWorld, type JobWorld } from "../test/job-world.ts";
import { simulateGitHub } from "../test/simulated-github.ts";

jest.setTimeout(60_000);

async function loaded(): Promise<{ readonly simulated: ReturnType<typeof simulateGitHub>; readonly world: JobWorld }> {
  const simulated = simulateGitHub({ richness: "full", pullRequests: 30, repositories: 2 });
  const world = makeJobWorld(simulated);
  await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: kinds.map(({ name }) => name) });
  await world.drain();
  return { simulated, world };
}

const fieldsOf = (text: string): unknown => {
  const { octally: _, ...fields } = JSON.parse(/^\S+ .*? (\{.*)$/s.exec(text)?.[1] ?? "{}") as Record<string, unknown>;
  return fields;
};

describe("a refresh", () => {
  test("gives the same document again, of every kind that can be asked for by itself", async () => {
    const { simulated, world } = await loaded();
    const again = makeJobWorld(simulated);
    const library = makeMemoryLibrary(world.store);
    const asked = new Map<string, Set<string>>();
    for (const kind of kinds) {
      if (isNoWay(kind.sources.one) || kind.sources.one[0].by === "list") continue;
      for await (const some of library.scan(kind.name, { org: "octo-demo" })) {
        for (const { id, org, repository, document } of some.slice(0, 3)) {
          const subject = refreshSubjectOf(kind, id, document);
          if (subject === undefined) continue;
          const job: RefreshJob = { type: "refresh", kind: kind.name, org, repository, subjects: [subject], reason: "test" };
          await again.syncJobs.sendAll([toJobMessage(job)]);
          asked.set(kind.name, (asked.get(kind.name) ?? new Set<string>()).add(id));
        }
      }
    }
    await again.drain();
    expect(asked.size).toBeGreaterThan(20);
    for (const [kind, ids] of asked) {
      const [before, after] = [world, again].map(({ store }) => new Map(store.sources(kind).map((line) => [/^\S+ (.*?) \{/.exec(line)?.[1] ?? "", fieldsOf(line)])));
      for (const id of ids) expect({ kind, id, document: after?.get(id) }).toEqual({ kind, id, document: before?.get(id) });
    }
  });

  test("a repository that was renamed takes what is stored of it along; what is gone stays gone", async () => {
    const { simulated, world } = await loaded();
    const [repository] = simulated.oracle.repositories();
    const at = new Date(simulated.clock.now() + 60_000).toISOString();
    const ref = { id: repository?.id ?? 0, name_with_owner: "octo-demo/another-name" };
    await world.syncJobs.sendAll([toJobMessage({ type: "relocate-repository", org: "octo-demo", repository: ref, change: "renamed", at })]);
    await world.drain();
    const left = kinds.flatMap(({ name }) => world.store.sources(name)).filter((line) => line.includes(`"repository":{"id":${ref.id},`) && !line.includes(`"name_with_owner":"octo-demo/another-name"}`));
    expect(left).toEqual([]);
    expect(world.store.sources("pull-request").some((line) => line.includes("another-name"))).toBe(true);
    await world.syncJobs.sendAll([toJobMessage({ type: "relocate-repository", org: "octo-demo", repository: ref, change: "deleted", at: new Date(simulated.clock.now() + 120_000).toISOString() })]);
    await world.drain();
    const alive = kinds.flatMap(({ name }) => world.store.sources(name)).filter((line) => line.includes(`"repository":{"id":${ref.id},`) && line.includes(`"deleted":false`));
    expect(alive).toEqual([]);
  });

  test("after a forced push the commits that it took away are gone; those of others, and those beyond the end of REST's list, stay", async () => {
    const { simulated, world } = await loaded();
    const [repository] = simulated.oracle.repositories().toSorted((a, b) => b.pullRequests.length - a.pullRequests.length);
    const [member] = simulated.organization.members;
    if (repository === undefined || member === undefined) throw new Error("The organisation is too small.");
    const { user: actor } = member;
    const branch = "work";
    push(simulated.world, { actor, repository, branch, commits: [{ message: "one" }, { message: "two" }] });
    const pullRequest = openPullRequest(simulated.world, { actor, repository, head: { repository, branch }, title: "Work" });
    const { number } = pullRequest;
    const ref = { id: repository.id, name_with_owner: `octo-demo/${repository.name}` };
    const storedAt = (wanted: number): readonly string[] =>
      world.store.observations("pull-request-commit").flatMap(({ document, deletedAt, repository: at }) => (deletedAt === null && at?.id === ref.id && JSON.stringify(document["pull_request"]).includes(`"number":${wanted}}`) ? [String(document["sha"])] : []));
    const others = repository.pullRequests.filter((one) => one !== pullRequest && one.commits.length > 0).map((one) => [one.number, storedAt(one.number)]);
    const ask = async (): Promise<void> => {
      simulated.playTo(simulated.clock.now() + 5000);
      await world.syncJobs.sendAll([toJobMessage({ type: "refresh", kind: "pull-request-commit", org: "octo-demo", repository: ref, subjects: [{ key: String(number) }], reason: "pull_request.synchronize" })]);
      await world.drain();
    };
    const shas = (): readonly string[] => pullRequest.commits.map(({ sha }) => sha).toSorted();
    await ask();
    const before = shas();
    expect(storedAt(number).toSorted()).toEqual(before);
    forcePush(simulated.world, { actor, repository, branch, commits: [{ message: "squashed" }] });
    await ask();
    expect(shas().some((sha) => before.includes(sha))).toBe(false);
    expect(storedAt(number)).toEqual(shas());
    push(simulated.world, { actor, repository, branch, commits: Array.from({ length: 260 }, (_, index) => ({ message: `step ${index}` })) });
    await ask();
    expect(storedAt(number).toSorted()).toEqual(shas());
    expect(shas()).toHaveLength(261);
    expect(others.map(([wanted]) => [wanted, storedAt(Number(wanted))])).toEqual(others);
    expect(others.length).toBeGreaterThan(3);
  });
});
