import { describe, expect, test } from "@jest/globals";
import { digest } from "./digest.ts";
import { editRepository } from "./operations/repository.ts";
import { makeSimulator, type SimulatorOptions } from "./simulator.ts";

const SMALL = { repositories: 2, pullRequests: 30, seed: 4 } satisfies SimulatorOptions;

describe("the simulator", () => {
  test("answers REST and GraphQL for its organisation", async () => {
    const { fetch, tokens, oracle, organization, close } = makeSimulator(SMALL);
    const headers = { authorization: `Bearer ${tokens.owner}` };
    const repositories = (await (await fetch(`https://api.github.com/orgs/${organization.login}/repos`, { headers })).json()) as readonly { full_name: string; id: number }[];
    expect(repositories.map(({ full_name }) => full_name).toSorted()).toEqual(["octo-demo/dashboards", "octo-demo/query"]);
    const query = `{ organization(login: "${organization.login}") { repositories(first: 10) { nodes { databaseId pullRequests { totalCount } } } } rateLimit { cost } }`;
    const { data } = (await (await fetch("https://api.github.com/graphql", { method: "POST", headers, body: JSON.stringify({ query }) })).json()) as { data: { organization: { repositories: { nodes: { databaseId: number; pullRequests: { totalCount: number } }[] } } } };
    const { nodes } = data.organization.repositories;
    expect(nodes.reduce((sum, { pullRequests }) => sum + pullRequests.totalCount, 0)).toBe(30);
    expect(new Set(nodes.map(({ databaseId }) => databaseId))).toEqual(new Set(repositories.map(({ id }) => id)));
    for (const repository of oracle.repositories()) expect(oracle.count("pull-request", repository)).toBe(repository.pullRequests.length);
    await close();
  });

  test("the same options give the same webhooks, byte for byte, whatever the steps in which time passes", async () => {
    const play = async (steps: number): Promise<{ readonly count: number; readonly fingerprint: string }> => {
      const received: string[] = [];
      const receivers = new Map([["http://hook.test/", ({ headers, body }: { headers: Readonly<Record<string, string>>; body: string }) => {
        received.push(`${headers["X-GitHub-Delivery"]} ${headers["X-Hub-Signature-256"]} ${body}`);
        return { status: 202 };
      }]]);
      const simulator = makeSimulator({ ...SMALL, repositories: 1, pullRequests: 8, from: "beginning", receivers });
      const { start, end } = simulator.options;
      simulator.addHook("http://hook.test/", "secret");
      for (let step = 1; step <= steps; step++) {
        simulator.playTo(start + ((end - start) * step) / steps);
        await simulator.settle();
      }
      await simulator.close();
      return { count: received.length, fingerprint: digest(received.toSorted()) };
    };
    const once = await play(1);
    expect(once.count).toBeGreaterThan(100);
    expect(await play(9)).toEqual(once);
  });

  test("every webhook of a full world can be rendered, and says who sent it and for which organisation", async () => {
    const seen = new Set<string>();
    const nameless: string[] = [];
    const receivers = new Map([["http://hook.test/", ({ headers, body }: { headers: Readonly<Record<string, string>>; body: string }) => {
      const payload = JSON.parse(body) as { readonly action?: string; readonly sender?: { readonly login?: string }; readonly organization?: { readonly login?: string } };
      const name = `${headers["X-GitHub-Event"]}.${payload.action ?? ""}`;
      seen.add(name);
      if (payload.sender?.login === undefined || (payload.organization?.login !== "octo-demo" && name !== "ping.")) nameless.push(name);
      return { status: 202 };
    }]]);
    const simulator = makeSimulator({ repositories: 20, pullRequests: 200, from: "beginning", receivers });
    simulator.addHook("http://hook.test/");
    const { start, end } = simulator.options;
    for (let step = 1; step <= 100; step++) {
      simulator.playTo(start + ((end - start) * step) / 100);
      await simulator.settle();
    }
    await simulator.close();
    expect(seen.size).toBeGreaterThan(175);
    // A repository that went to a person's account is no organisation's any more.
    expect([...new Set(nameless)]).toEqual(["repository.transferred"]);
  }, 60_000);

  test("with stale reads the past is as quick to make and the same, and the last minute can be read", () => {
    const plain = makeSimulator(SMALL);
    const stale = makeSimulator({ ...SMALL, faults: { "stale-read": 0.5 } });
    expect(digest(stale.world.repositories)).toBe(digest(plain.world.repositories));
    const [repository] = stale.oracle.repositories();
    const before = repository!.description;
    stale.advance(30_000);
    editRepository(stale.world, { actor: stale.organization.members[0]!.user, repository: repository!, description: "Something else" });
    expect(stale.world.journal.asOf(stale.world.now() - 10_000, () => repository!.description)).toBe(before);
    expect(repository!.description).toBe("Something else");
  });

  test("live: who has caught up with the present stays with it", async () => {
    const { live, clock, options, close } = makeSimulator(SMALL);
    const present = options.end + 60_000;
    const stop = live({ eventsPerMinute: 1_000_000, notAfter: () => present });
    while (clock.now() < present) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(clock.now()).toBe(present);
    stop();
    await close();
  });

  test("live: as busy as was asked for, and nothing any more once it is stopped", async () => {
    const { world, live, clock, options, close } = makeSimulator(SMALL);
    let happened = 0;
    world.listen(() => happened++);
    const stop = live({ eventsPerMinute: 6000 });
    await new Promise((resolve) => setTimeout(resolve, 700));
    stop();
    const after = { happened, now: clock.now() };
    expect(after.happened).toBeGreaterThan(20);
    expect(after.happened).toBeLessThan(200);
    expect(after.now).toBeGreaterThan(options.end);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect({ happened, now: clock.now() }).toEqual(after);
    await close();
  });
});
