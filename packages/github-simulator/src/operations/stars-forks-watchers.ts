/** What people do with a repository that is not theirs. */
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { addRepository } from "./repository.ts";
import { touch } from "./touch.ts";

type Of = { readonly actor: E.User; readonly repository: E.Repository };

/** GitHub tells it twice: as `star`, and as `watch`, which is what a star was called once. */
export function star(world: World, { actor, repository }: Of): void {
  if (stargazersOf(repository).has(actor)) return;
  const starredAt = world.now();
  const gazers = stargazersOf(repository);
  world.journal.push(repository, "stars", { user: actor, starredAt });
  // The list grew in place, or there is a new one, which gets its own set.
  gazers.add(actor);
  touch(world, repository);
  world.emit({ at: starredAt, actor, event: "star", action: "created", repository, starredAt });
  world.emit({ at: starredAt, actor, event: "watch", action: "started", repository });
}

const stargazers = new WeakMap<readonly E.Star[], Set<E.User>>();

/** The same as a set: looking through tens of thousands for each new star takes longer than everything else. Made anew with each new list. */
function stargazersOf({ stars }: E.Repository): Set<E.User> {
  let known = stargazers.get(stars);
  if (known?.size === stars.length && !Object.isFrozen(stars)) return known;
  known = new Set(stars.map(({ user }) => user));
  if (!Object.isFrozen(stars)) stargazers.set(stars, known);
  return known;
}

export function unstar(world: World, { actor, repository }: Of): void {
  const taken = repository.stars.find(({ user }) => user === actor);
  if (taken === undefined) return;
  world.journal.remove(repository, "stars", taken);
  touch(world, repository);
  world.emit({ at: world.now(), actor, event: "star", action: "deleted", repository, starredAt: null });
}

/** A subscription: no webhook tells of it. */
export function watch(world: World, { actor, repository }: Of): void {
  if (!repository.watchers.includes(actor)) world.journal.push(repository, "watchers", actor);
}

export function unwatch(world: World, { actor, repository }: Of): void {
  world.journal.remove(repository, "watchers", actor);
}

/** Its commits are the origin's, its branch of its own. Into an organisation it is a new repository there as well. */
export function fork(world: World, { actor, repository, owner = actor, name = repository.name }: Of & { readonly owner?: E.Account; readonly name?: string }): E.Repository {
  const { journal } = world;
  const { description, homepage, visibility, language, license, defaultBranch, sizeKb } = repository;
  const made = addRepository(world, { actor, owner, name, parent: repository, description, homepage, visibility, language, license, defaultBranch, sizeKb, hasIssues: false });
  const head = repository.branches.find((branch) => branch.name === defaultBranch)?.head;
  if (head !== undefined) {
    journal.set(made, "commits", [...repository.commits]);
    journal.push(made, "branches", { repository: made, name: defaultBranch, head, protected: false });
  }
  journal.set(made, "pushedAt", repository.pushedAt);
  journal.push(repository, "forks", made);
  touch(world, repository);
  world.emit({ at: world.now(), actor, event: "fork", action: null, repository, fork: made });
  if (owner.type === "Organization") world.emit({ at: world.now(), actor, event: "repository", action: "created", repository: made });
  return made;
}
