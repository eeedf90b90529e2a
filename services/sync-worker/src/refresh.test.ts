import { describe, expect, jest, test } from "@jest/globals";
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
});
