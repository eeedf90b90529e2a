import { describe, expect, jest, test } from "@jest/globals";
import type { Simulator } from "@octally/github-simulator/simulator";
import { privatizeRepository } from "@octally/github-simulator/operations/repository";
import type { Repository, User } from "@octally/github-simulator/world/entities";
import { kinds } from "@octally/model/registry";
import { reopenedPart } from "./core/part-state.ts";
import { differences, storedIn } from "../test/differences.ts";
import { makeJobWorld } from "../test/job-world.ts";
import { randomOf } from "../test/records.ts";
import { simulateGitHub } from "../test/simulated-github.ts";

jest.setTimeout(180_000);

type Scene = Simulator & { readonly owner: User; readonly ours: readonly Repository[]; readonly closed: Repository };
type Restriction = { readonly token: (scene: Scene) => string; readonly hidden: readonly string[]; /** Left out by GitHub without a word. */ readonly silent?: readonly string[]; /** The private repository is among those that it was given. */ readonly showsClosed?: true };

const RESTRICTIONS: Readonly<Record<string, Restriction>> = {
  "a fine-grained token for some repositories, without alerts, members and administration": {
    token: ({ server, owner, ours, closed }) => server.credentials.fineGrained(owner, { metadata: "read", contents: "read", pull_requests: "read", issues: "read" }, ours.filter((one) => one !== closed)),
    hidden: [
      "code-scanning-alert: security_events=read; classic token: repo",
      "dependabot-alert: vulnerability_alerts=read; classic token: repo",
      "outside-collaborator: members=read; classic token: read:org",
      "secret-scanning-alert: secret_scanning_alerts=read; classic token: repo",
      "team: members=read; classic token: read:org",
      "traffic: administration=read; classic token: repo",
    ],
  },
  "a fine-grained token that may read checks, but neither contents nor pull requests": {
    token: ({ server, owner }) => server.credentials.fineGrained(owner, { metadata: "read", checks: "read", issues: "read", actions: "read" }),
    showsClosed: true,
    hidden: [
      "branch: contents=read; classic token: repo",
      "check-run: contents=read; classic token: repo",
      "check-run: pull_requests=read; classic token: repo",
      "code-scanning-alert: security_events=read; classic token: repo",
      "commit-comment: contents=read; classic token: repo",
      "commit: contents=read; classic token: repo",
      "dependabot-alert: vulnerability_alerts=read; classic token: repo",
      "deployment-status: deployments=read; classic token: repo",
      "deployment: deployments=read; classic token: repo",
      "discussion: discussions=read; classic token: repo",
      "outside-collaborator: members=read; classic token: read:org",
      "pull-request-files: pull_requests=read; classic token: repo",
      "pull-request: pull_requests=read; classic token: repo",
      "release: contents=read; classic token: repo",
      "repository-snapshot: pull_requests=read; classic token: repo",
      "review-comment: pull_requests=read; classic token: repo",
      "review-thread: pull_requests=read; classic token: repo",
      "secret-scanning-alert: secret_scanning_alerts=read; classic token: repo",
      "security-advisory: repository_advisories=read; classic token: repo",
      "tag: contents=read; classic token: repo",
      "team: members=read; classic token: read:org",
      "timeline-event: pull_requests=read; classic token: repo",
      "traffic: administration=read; classic token: repo",
    ],
  },
  "a classic token of somebody who does not belong to the organisation": {
    token: ({ server, world, organization }) => server.credentials.classic([...world.users.values()].find((user) => user.type === "User" && user.id !== world.ghost.id && !user.deleted && !organization.members.some((member) => member.user === user))!, ["public_repo"]),
    hidden: [
      "code-scanning-alert: security_events=read; classic token: public_repo or repo or security_events",
      "collaborator: administration=read; classic token: repo",
      "dependabot-alert: vulnerability_alerts=read; classic token: public_repo or repo or security_events",
      "outside-collaborator: members=read; classic token: read:org",
      "secret-scanning-alert: secret_scanning_alerts=read; classic token: public_repo or repo or security_events",
      "team: members=read; classic token: read:org",
      "traffic: administration=read; classic token: repo",
    ],
    // Drafts are shown to those who look after the repository.
    silent: ["security-advisory"],
  },
};

describe("a token that may not see everything", () => {
  test.each(Object.entries(RESTRICTIONS))("%s: all that is visible is loaded, and what is not is named with the permission it takes", async (_, { token, hidden, silent = [], showsClosed = false }) => {
    let closed: Repository | undefined;
    const simulated = simulateGitHub({
      repositories: 5, pullRequests: 60, richness: "full", seed: 3,
      token: (simulator) => {
        const { world, organization, oracle } = simulator;
        const owner = organization.members[0]!.user;
        const ours = oracle.repositories().filter((one) => one.owner === organization);
        closed = ours[1]!;
        privatizeRepository(world, { actor: owner, repository: closed });
        return token({ ...simulator, owner, ours, closed });
      },
    });
    const world = makeJobWorld(simulated);
    const names = kinds.map(({ name }) => name);
    await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: names });
    await world.drain();
    const parts = world.parts().filter(({ state }) => state !== "done");
    expect(new Set(parts.map(({ state }) => state))).toEqual(new Set(["cannot-see"]));
    expect([...new Set(parts.map(({ kind, missing_permission: permission }) => `${kind ?? ""}: ${permission ?? ""}`))].toSorted()).toEqual(hidden);
    // Read to its end, but for one repository: it is read anew when the permission is there.
    for (const part of parts.filter(({ gaps }) => gaps > 0)) expect(reopenedPart(part)).toMatchObject({ state: "waiting", cursor: null, seen: 0, gaps: 0, missing_permission: null });
    const named = new Set(parts.flatMap(({ missing_kinds: missed }) => missed));
    expect(differences(simulated, storedIn(world.store), names.filter((name) => !named.has(name) && !silent.includes(name)))).toEqual([]);
    const ofClosed = names.flatMap((name) => world.store.observations(name)).filter(({ repository }) => repository?.id === closed?.id);
    expect(ofClosed.length > 0).toBe(showsClosed);
  });

  test.each([1, 5, 8, 27])("whatever it may read of private repositories, what is not loaded is named (seed %d)", async (seed) => {
    const roll = randomOf(seed);
    const granted = Object.fromEntries(["metadata" as const, ...GRANTABLE.filter(() => roll() < 0.6)].map((name) => [name, "read" as const]));
    const simulated = simulateGitHub({
      repositories: 3, pullRequests: 25, richness: "full", seed,
      token: ({ world, organization, oracle, server }) => {
        const owner = organization.members[0]!.user;
        for (const repository of oracle.repositories().filter((one) => one.owner === organization && one.visibility === "public")) privatizeRepository(world, { actor: owner, repository });
        return server.credentials.fineGrained(owner, granted);
      },
    });
    const world = makeJobWorld(simulated);
    const names = kinds.map(({ name }) => name);
    await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: names });
    await world.drain();
    const refused = world.parts().filter(({ state }) => state === "cannot-see");
    expect(world.parts().filter(({ state, gaps, refreshes }) => state !== "cannot-see" && (state !== "done" || gaps + refreshes > 0))).toEqual([]);
    expect(refused.filter(({ missing_permission: permission }) => permission === null || permission === "")).toEqual([]);
    const named = new Set(refused.flatMap(({ missing_kinds: missed }) => missed));
    expect(named.size).toBeGreaterThan(0);
    expect(differences(simulated, storedIn(world.store), names.filter((name) => !named.has(name) && !SHOWN_IN_PART.has(name)))).toEqual([]);
  });
});

const GRANTABLE = ["contents", "issues", "pull_requests", "discussions", "actions", "checks", "statuses", "deployments", "administration", "vulnerability_alerts", "security_events", "secret_scanning_alerts", "repository_advisories", "members", "organization_administration", "organization_projects"] as const;
/** GraphQL shows labels to whoever sees the repository; of a project it shows all items, those that may not be seen without what they are. */
const SHOWN_IN_PART: ReadonlySet<string> = new Set(["label", "project-item"]);
