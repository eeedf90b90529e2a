/** An organisation with two repositories and some people, and what happened in it so far, as `event.action`. */
import { VirtualClock } from "../src/clock.ts";
import { createUser } from "../src/operations/accounts.ts";
import { push } from "../src/operations/branches-and-commits.ts";
import { addMember, createOrganization } from "../src/operations/organization.ts";
import { openPullRequest } from "../src/operations/pull-requests.ts";
import { createRepository } from "../src/operations/repository.ts";
import type * as E from "../src/world/entities.ts";
import type { Happening } from "../src/world/happening.ts";
import { World } from "../src/world/world.ts";

export function smallWorld() {
  const clock = new VirtualClock(Date.UTC(2026, 0, 5, 9));
  const world = new World(clock.now);
  const [ada, ben, cleo] = ["ada", "ben", "cleo"].map((login) => createUser(world, { login })) as [E.User, E.User, E.User];
  const organization = createOrganization(world, { login: "octo", owner: ada });
  addMember(world, { actor: ada, organization, user: ben });
  const repository = createRepository(world, { actor: ada, owner: organization, name: "engine" });
  const other = createRepository(world, { actor: ada, owner: organization, name: "docs" });
  for (const one of [repository, other]) push(world, { actor: ada, repository: one, branch: "main", commits: [{ message: "Initial commit", files: [{ path: "README.md", status: "added", additions: 1, deletions: 0 }] }] });
  const happenings: Happening[] = [];
  world.listen((happening) => happenings.push(happening));
  return {
    clock, world, ada, ben, cleo, organization, repository, other, happenings,
    later: (ms = 60_000) => clock.moveTo(clock.now() + ms),
    /** What was told since this was asked last. */
    told: () => happenings.splice(0).map(({ event, action }) => (action === null ? event : `${event}.${action}`)),
    pullRequest: (branch = "topic", body: string | null = null) => {
      push(world, { actor: ben, repository, branch, commits: [{ message: `Work on ${branch}`, files: [{ path: "src/a.ts", status: "modified", additions: 3, deletions: 1 }] }] });
      return openPullRequest(world, { actor: ben, repository, title: "Better", body, head: { repository, branch } });
    },
  };
}

export type SmallWorld = ReturnType<typeof smallWorld>;
