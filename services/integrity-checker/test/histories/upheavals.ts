/** What happens in an organisation perhaps once in years, by dice: everything that an operation can do, on whatever is there. */
import { removeMember, addMember } from "@octally/github-simulator/operations/organization";
import { renameRepository, transferRepository } from "@octally/github-simulator/operations/repository";
import type { Simulator } from "@octally/github-simulator/simulator";
import type * as E from "@octally/github-simulator/world/entities";
import { play } from "../../../../packages/github-simulator/test/random-operations.ts";
import type { Upheaval } from "./plan.ts";

/** `founder`: whose token Octally has; they stay. */
export function upheave({ world, organization }: Pick<Simulator, "world" | "organization">, founder: E.User, { step }: Upheaval): void {
  const [operation, what, other] = step;
  // Every fourth is of those that a mirror finds hardest.
  if (operation % 4 !== 0) return play({ world, organization, ada: founder }, step);
  const ours = [...world.repositories.values()].filter(({ owner, deleted }) => owner === organization && !deleted);
  const away = [...world.repositories.values()].filter(({ owner, deleted, parent }) => owner !== organization && !deleted && parent === null);
  const repository = ours[what % Math.max(1, ours.length)];
  const actor = founder;
  const outsider = [...world.users.values()].find(({ type, deleted, id }) => type === "User" && !deleted && id !== world.ghost.id && !organization.members.some(({ user }) => user === actor && user.id === id));
  const choices: readonly (() => void)[] = [
    () => repository !== undefined && renameRepository(world, { actor, repository, name: `${repository.name.split("-x")[0] ?? ""}-x${other % 3}` }),
    // Somebody goes, and comes back another time.
    () => {
      const member = organization.members.filter(({ user }) => user !== actor && organization.members.length > 2)[other % Math.max(1, organization.members.length - 1)];
      if (member !== undefined) removeMember(world, { actor, organization, user: member.user });
    },
    () => {
      const gone = [...world.users.values()].filter(({ type, deleted, id }) => type === "User" && !deleted && id !== world.ghost.id && !organization.members.some(({ user }) => user.id === id));
      const user = gone[other % Math.max(1, gone.length)];
      if (user !== undefined) addMember(world, { actor, organization, user });
    },
    () => repository !== undefined && ours.length > 1 && outsider !== undefined && isFree(world, outsider, repository.name) && transferRepository(world, { actor, repository, owner: outsider }),
    () => {
      const lost = away[other % Math.max(1, away.length)];
      if (lost !== undefined && isFree(world, organization, lost.name)) transferRepository(world, { actor, repository: lost, owner: organization });
    },
  ];
  choices[(operation / 4) % choices.length]?.();
}

function isFree(world: Simulator["world"], owner: E.Account, name: string): boolean {
  const there = world.repositoriesByName.get(`${owner.login}/${name}`.toLowerCase());
  return there === undefined || there.deleted;
}
