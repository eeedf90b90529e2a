/** A repository's own life: made, edited, renamed, moved, archived, shown, hidden, deleted. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { freshId } from "./first-ids.ts";
import { takeFromProjects } from "./projects.ts";
import { edit, isEmpty, listOf, touch } from "./touch.ts";

type By = { readonly actor: E.User };
type Of = By & { readonly repository: E.Repository };
type Settings = Pick<E.Repository, "description" | "homepage" | "visibility" | "isTemplate" | "language" | "license" | "defaultBranch" | "sizeKb" | "hasIssues" | "hasProjects" | "hasWiki" | "hasDiscussions" | "hasPages" | "webCommitSignoffRequired">;
type NewRepository = By & Partial<Settings> & { readonly owner: E.Account; readonly name: string; readonly topics?: readonly string[]; readonly parent?: E.Repository | null; readonly id?: number };

const DEFAULT_LABELS: readonly (readonly [name: string, color: string, description: string])[] = [
  ["bug", "d73a4a", "Something isn't working"],
  ["documentation", "0075ca", "Improvements or additions to documentation"],
  ["duplicate", "cfd3d7", "This issue or pull request already exists"],
  ["enhancement", "a2eeef", "New feature or request"],
  ["good first issue", "7057ff", "Good for newcomers"],
  ["help wanted", "008672", "Extra attention is needed"],
  ["invalid", "e4e669", "This doesn't seem right"],
  ["question", "d876e3", "Further information is requested"],
  ["wontfix", "ffffff", "This will not be worked on"],
];

export function createRepository(world: World, order: NewRepository): E.Repository {
  const repository = addRepository(world, order);
  world.emit({ at: world.now(), actor: order.actor, event: "repository", action: "created", repository });
  return repository;
}

/** Without telling anybody: what a fork begins with. */
export function addRepository(world: World, { actor, owner, name, topics, parent, id, ...settings }: NewRepository): E.Repository {
  const now = world.now();
  const repository: E.Repository = {
    id: id ?? freshId(world, "repository"), name, owner,
    description: null, homepage: null, visibility: "public", isTemplate: false, language: null, license: null, defaultBranch: "main", sizeKb: 0,
    hasIssues: true, hasProjects: true, hasWiki: true, hasDiscussions: false, hasPages: false, webCommitSignoffRequired: false, ...settings,
    archived: false, disabled: false, deleted: false, topics: listOf(topics), createdAt: now, updatedAt: now, pushedAt: null,
    parent: parent ?? null, forks: NONE, formerNames: NONE, nextNumber: 1, numbered: NONE, movedTo: new Map(), goneNumbers: new Map(),
    issues: NONE, pullRequests: NONE, discussions: NONE, discussionCategories: NONE, labels: NONE, milestones: NONE, branches: NONE, tags: NONE, releases: NONE,
    commits: NONE, commitComments: NONE, issueComments: NONE, reviewComments: NONE, issueEvents: NONE, stars: NONE, watchers: NONE, collaborators: NONE,
    workflows: NONE, workflowRuns: NONE, checkSuites: NONE, statuses: NONE, deployments: NONE, dependabotAlerts: NONE, codeScanningAlerts: NONE, secretScanningAlerts: NONE,
    advisories: NONE, hooks: NONE, deployKeys: NONE, branchProtectionRules: NONE, traffic: NONE, nextAlertNumber: 1, nextMilestoneNumber: 1,
  };
  world.journal.put(world.repositories, repository.id, repository);
  world.journal.put(world.repositoriesByName, keyOf(owner.login, name), repository);
  if (owner.type === "User") world.journal.push(repository, "watchers", owner);
  else if (actor.type === "User") world.journal.push(repository, "watchers", actor);
  for (const [labelName, color, description] of DEFAULT_LABELS) addLabel(world, { repository, name: labelName, color, description, isDefault: true });
  return repository;
}

/** Without telling anybody: GitHub sends no `label` for those that a repository begins with. */
export function addLabel(world: World, { repository, ...label }: Pick<E.Label, "repository" | "name" | "color" | "description" | "isDefault">): E.Label {
  const added: E.Label = { id: freshId(world, "label"), repository, ...label, createdAt: world.now(), updatedAt: world.now() };
  world.journal.push(repository, "labels", added);
  world.register("Label", added.id, added);
  return added;
}

export function editRepository(world: World, { actor, repository, topics, ...wanted }: Of & Partial<Omit<Settings, "visibility">> & { readonly topics?: readonly string[] }): void {
  const formerTopics = repository.topics;
  const { description, homepage, defaultBranch } = edit(world, repository, wanted);
  if (topics !== undefined) world.journal.set(repository, "topics", listOf(topics));
  touch(world, repository);
  const changes = { ...(description && { description }), ...(homepage && { homepage }), ...(defaultBranch && { default_branch: defaultBranch }) };
  const told = topics === undefined ? { changes } : { changes, formerTopics };
  if (topics !== undefined || !isEmpty(changes)) world.emit({ at: world.now(), actor, event: "repository", action: "edited", repository, ...told });
}

export function renameRepository(world: World, { actor, repository, name }: Of & { readonly name: string }): void {
  const from = repository.name;
  moveName(world, repository, { owner: repository.owner.login, name });
  touch(world, repository);
  world.emit({ at: world.now(), actor, event: "repository", action: "renamed", repository, changes: { "repository.name": { from } } });
}

/** To another account; what the old organisation's teams were granted ends. */
export function transferRepository(world: World, { actor, repository, owner }: Of & { readonly owner: E.Account }): void {
  const formerOwner = repository.owner;
  moveName(world, repository, { owner: owner.login, name: repository.name });
  world.journal.set(repository, "owner", owner);
  if (formerOwner.type === "Organization") dropFromTeams(world, formerOwner, repository);
  touch(world, repository);
  world.emit({ at: world.now(), actor, event: "repository", action: "transferred", repository, formerOwner });
}

export function archiveRepository(world: World, { actor, repository }: Of): void {
  world.journal.set(repository, "archived", true);
  touch(world, repository);
  world.emit({ at: world.now(), actor, event: "repository", action: "archived", repository });
}

export function unarchiveRepository(world: World, { actor, repository }: Of): void {
  world.journal.set(repository, "archived", false);
  touch(world, repository);
  world.emit({ at: world.now(), actor, event: "repository", action: "unarchived", repository });
}

export function publicizeRepository(world: World, { actor, repository }: Of): void {
  world.journal.set(repository, "visibility", "public");
  touch(world, repository);
  world.emit({ at: world.now(), actor, event: "public", action: null, repository });
  world.emit({ at: world.now(), actor, event: "repository", action: "publicized", repository });
}

/** Stars and watchers are gone for good, except those of people who still see it; its forks become a network of their own. */
export function privatizeRepository(world: World, { actor, repository }: Of): void {
  const { journal } = world;
  journal.set(repository, "visibility", "private");
  const { owner, collaborators } = repository;
  const stay = (user: E.User): boolean =>
    user === owner || collaborators.some((collaborator) => collaborator.user === user) || (owner.type === "Organization" && owner.members.some((member) => member.user === user));
  journal.set(repository, "stars", listOf(repository.stars.filter(({ user }) => stay(user))));
  journal.set(repository, "watchers", listOf(repository.watchers.filter(stay)));
  detachForks(world, repository);
  touch(world, repository);
  world.emit({ at: world.now(), actor, event: "repository", action: "privatized", repository });
}

/** Pull requests from it stay where they went, without their head repository. */
export function deleteRepository(world: World, { actor, repository }: Of): void {
  const { journal } = world;
  const { owner, parent } = repository;
  journal.set(repository, "deleted", true);
  for (const name of [keyOf(owner.login, repository.name), ...repository.formerNames]) {
    if (world.repositoriesByName.get(name) === repository) journal.drop(world.repositoriesByName, name);
  }
  if (owner.type === "Organization") dropFromTeams(world, owner, repository);
  takeFromProjects(world, (content) => content.type !== "draft-issue" && content.repository === repository);
  if (parent !== null) journal.remove(parent, "forks", repository);
  for (const [head, pullRequests] of world.pullRequestsByHead) {
    if (head.startsWith(`${repository.id}:`)) for (const pullRequest of pullRequests) if (pullRequest.repository !== repository) journal.set(pullRequest, "headRepository", null);
  }
  detachForks(world, repository);
  touch(world, repository);
  world.emit({ at: world.now(), actor, event: "repository", action: "deleted", repository });
}

export function recordTraffic(world: World, { repository, day }: { readonly repository: E.Repository; readonly day: E.TrafficDay }): void {
  world.journal.push(repository, "traffic", day);
}

/** The old name leads to the new one, until somebody takes it. */
export function moveName(world: World, repository: E.Repository, to: { readonly owner: string; readonly name: string }): void {
  const { journal } = world;
  const [before, after] = [keyOf(repository.owner.login, repository.name), keyOf(to.owner, to.name)];
  journal.set(repository, "name", to.name);
  if (before === after) return;
  journal.set(repository, "formerNames", [...repository.formerNames.filter((name) => name !== before && name !== after), before]);
  journal.put(world.repositoriesByName, after, repository);
}

function keyOf(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase();
}

/** The oldest fork takes the others over, as on GitHub. */
function detachForks(world: World, repository: E.Repository): void {
  const [oldest, ...others] = repository.forks;
  if (oldest === undefined) return;
  world.journal.set(oldest, "parent", null);
  for (const fork of others) {
    world.journal.set(fork, "parent", oldest);
    world.journal.push(oldest, "forks", fork);
  }
  world.journal.set(repository, "forks", NONE);
}

function dropFromTeams(world: World, organization: E.Organization, repository: E.Repository): void {
  for (const team of organization.teams) {
    const grant = team.repositories.find((other) => other.repository === repository);
    if (grant !== undefined) world.journal.remove(team, "repositories", grant);
  }
}
