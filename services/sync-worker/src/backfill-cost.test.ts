import { describe, expect, jest, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { push } from "@octally/github-simulator/operations/branches-and-commits";
import { comment } from "@octally/github-simulator/operations/conversations";
import { openPullRequest } from "@octally/github-simulator/operations/pull-requests";
import { submitReview } from "@octally/github-simulator/operations/reviews";
import { makeJobWorld } from "../test/job-world.ts";
import { simulateGitHub, type SimulatedGitHub } from "../test/simulated-github.ts";

jest.setTimeout(300_000);

const PULL_REQUESTS = 400;
const WORKLOAD = ["repository", "issue", "pull-request", "review", "review-comment", "pull-request-commit", "issue-comment"];

/** Each with 2 reviews, 3 review comments, 3 comments, 3 commits. */
function addWorkload({ world, clock, organization, oracle }: SimulatedGitHub): void {
  const [repository] = oracle.repositories();
  const [ada, ben] = organization.members.map(({ user }) => user);
  if (repository === undefined || ada === undefined || ben === undefined) throw new Error("The organisation is too small.");
  for (let number = 0; number < PULL_REQUESTS; number++) {
    clock.moveTo(clock.now() + 60_000);
    const branch = `topic-${number}`;
    const files = [{ path: `src/${number}.ts`, status: "added", additions: 3, deletions: 0 }] as const;
    push(world, { actor: ben, repository, branch, commits: [1, 2, 3].map((step) => ({ message: `Step ${step} of ${branch}`, files })) });
    const pullRequest = openPullRequest(world, { actor: ben, repository, title: `Better by ${number}`, head: { repository, branch } });
    const onLine = (line: number) => ({ body: "Why?", path: `src/${number}.ts`, line });
    submitReview(world, { actor: ada, pullRequest, state: "changes_requested", body: "Not yet", comments: [onLine(1), onLine(2)] });
    submitReview(world, { actor: ada, pullRequest, state: "approved", comments: [onLine(3)] });
    for (const body of ["One", "Two", "Three"]) comment(world, { actor: ben, on: pullRequest, body });
  }
}

describe("what a backfill costs", () => {
  test("at most ten requests for a hundred pull requests with what hangs from them, and no limit is overstepped", async () => {
    const simulated = simulateGitHub({ repositories: 1, pullRequests: 0 });
    addWorkload(simulated);
    const world = makeJobWorld(simulated);
    await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: WORKLOAD });
    await world.drain();
    expect(world.parts().filter(({ state }) => state !== "done")).toEqual([]);
    expect(["pull-request", "review", "review-comment", "issue-comment", "pull-request-commit"].map((kind) => world.store.sources(kind).length)).toEqual([1, 2, 3, 3, 3].map((each) => each * PULL_REQUESTS));
    const lists = world.parts().filter(({ type }) => type === "backfill");
    const sum = (of: "requests" | "points", api: (kind: string | null) => boolean): number => (lists.filter(({ kind }) => api(kind)).reduce((all, part) => all + part[of], 0) * 100) / PULL_REQUESTS;
    const byGraphql = (kind: string | null): boolean => kind === "pull-request";
    const cost = { requests: sum("requests", () => true), restRequests: sum("requests", (kind) => !byGraphql(kind)), graphqlPoints: sum("points", byGraphql) };
    expect(cost).toEqual({ requests: 9.5, restRequests: 7, graphqlPoints: 5 });
    // Nine tenths of 5,000 an hour, of each budget.
    const perHour = Math.min(4500 / cost.restRequests, 4500 / cost.graphqlPoints) * 100;
    expect(perHour).toBeGreaterThan(50_000);
    expect(simulated.violations()).toBe(0);
  });

  /** Requests by kind, of all kinds. */
  async function costOf(simulated: SimulatedGitHub): Promise<{ readonly all: number; readonly of: (...names: readonly string[]) => number }> {
    const world = makeJobWorld(simulated);
    await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: kinds.map(({ name }) => name) });
    await world.drain();
    expect(world.parts().filter(({ state, gaps }) => state !== "done" || gaps > 0)).toEqual([]);
    expect(simulated.violations()).toBe(0);
    const parts = world.parts();
    return { all: simulated.requests(), of: (...names) => parts.filter(({ kind }) => names.includes(kind ?? "")).reduce((sum, { requests }) => sum + requests, 0) };
  }

  test("three repositories with a hundred pull requests each, all kinds: 1,322 requests before checks came by their commits", async () => {
    const cost = await costOf(simulateGitHub({ repositories: 3, pullRequests: 300, richness: "full" }));
    // Before: 708, 420, 13.
    expect(cost.of("check-run", "status")).toBeLessThanOrEqual(30);
    // 396 runs; where an invocation's time ends among a page of them, those it had asked for are asked again.
    expect(cost.of("workflow-job")).toBeLessThanOrEqual(425);
    expect(cost.of("deployment-status")).toBe(1);
    expect(cost.all).toBeLessThanOrEqual(620);
  });

  test("sixty small repositories, all kinds: what GraphQL lists of them costs a few requests for all of them together", async () => {
    const cost = await costOf(simulateGitHub({ repositories: 60, pullRequests: 120, richness: "full" }));
    // Before: 909, one for each repository and kind at least.
    const lists = ["pull-request", "pull-request-files", "timeline-event", "star", "watcher", "fork", "branch", "tag", "collaborator", "discussion", "deployment-status", "check-run", "status", "label"];
    expect(cost.of(...lists)).toBeLessThanOrEqual(55);
    // Before: 2,063.
    expect(cost.all).toBeLessThanOrEqual(1165);
  });

  test("an hour's budget that is spent is waited for, and everything comes all the same", async () => {
    const simulated = simulateGitHub({ repositories: 2, pullRequests: 60 });
    const owner = simulated.organization.members[0]?.user;
    const world = makeJobWorld(simulated);
    // Somebody else has spent all of it.
    simulated.server.limits.charge(`user:${owner?.id ?? 0}`, "core", 5000, 4900);
    const beganAt = simulated.clock.now();
    await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: WORKLOAD });
    await world.drain();
    expect(world.parts().filter(({ state }) => state !== "done")).toEqual([]);
    expect(world.store.sources("pull-request")).toHaveLength(60);
    expect(simulated.clock.now() - beganAt).toBeGreaterThan(60 * 60_000);
    expect(simulated.violations()).toBe(0);
  });

  test("a token that lacks permissions loads what it may, and what it may not see says which permission it takes", async () => {
    const token = ({ server, organization }: { readonly server: SimulatedGitHub["server"]; readonly organization: SimulatedGitHub["organization"] }): string => {
      const [owner] = organization.members;
      if (owner === undefined) throw new Error("No members");
      return server.credentials.fineGrained(owner.user, { metadata: "read", contents: "read", pull_requests: "read", issues: "read" });
    };
    const simulated = simulateGitHub({ repositories: 2, pullRequests: 30, token });
    const world = makeJobWorld(simulated);
    await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: kinds.map(({ name }) => name) });
    await world.drain();
    expect(world.store.sources("pull-request")).toHaveLength(30);
    const hidden = world.parts().filter(({ state }) => state !== "done");
    expect(hidden.filter(({ state }) => state !== "cannot-see").map(({ id, reason }) => `${id} ${reason ?? ""}`)).toEqual([]);
    expect(new Set(hidden.map(({ kind, missing_permission: permission }) => `${kind ?? ""}: ${permission ?? ""}`))).toEqual(
      new Set([
        "code-scanning-alert: security_events=read; classic token: repo",
        "dependabot-alert: vulnerability_alerts=read; classic token: repo",
        "outside-collaborator: members=read; classic token: read:org",
        "secret-scanning-alert: secret_scanning_alerts=read; classic token: repo",
        "team: members=read; classic token: read:org",
        "traffic: administration=read; classic token: repo",
      ]),
    );
  });
});
