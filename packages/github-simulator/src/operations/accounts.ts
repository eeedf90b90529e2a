/** People, bots and apps. GitHub sends no webhook for what they do to their own account. */
import { GHOST_LOGIN } from "../world/ghost.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { freshId } from "./first-ids.ts";
import { deleteRepository, moveName } from "./repository.ts";
import { touch } from "./touch.ts";

type Profile = Pick<E.User, "login" | "name" | "email" | "company" | "location" | "bio">;
type NewUser = Pick<Profile, "login"> & Partial<Profile> & { readonly id?: number; readonly createdAt?: E.Millis };

export function createUser(world: World, { login, id, createdAt, ...profile }: NewUser): E.User {
  return addUser(world, { type: "User", login, app: null, id: id ?? freshId(world, "account"), createdAt: createdAt ?? world.now(), profile });
}

/** An app and its bot, `slug[bot]`. */
export function createApp(world: World, { slug, name, owner, id, botId, checksPushes = false }: Pick<E.App, "slug" | "name" | "owner" | "checksPushes"> & { readonly id?: number; readonly botId?: number }): { readonly app: E.App; readonly bot: E.User } {
  const app: E.App = { id: id ?? freshId(world, "app"), slug, name, owner, createdAt: world.now(), checksPushes };
  world.journal.put(world.apps, app.id, app);
  return { app, bot: addUser(world, { type: "Bot", login: `${slug}[bot]`, app, id: botId ?? freshId(world, "account"), createdAt: world.now(), profile: {} }) };
}

export function editUser(world: World, { user, ...profile }: { readonly user: E.User } & Partial<Omit<Profile, "login">>): void {
  world.journal.assign(user, profile);
  touch(world, user);
}

export function renameUser(world: World, { user, login }: { readonly user: E.User; readonly login: string }): void {
  renameAccount(world, user, login);
}

/** Also of an organisation: its repositories' old names lead to the new ones. */
export function renameAccount(world: World, account: E.Account, login: string): void {
  world.journal.drop(world.accountsByLogin, account.login.toLowerCase());
  const owned = [...world.repositories.values()].filter(({ owner, deleted }) => owner === account && !deleted);
  for (const repository of owned) moveName(world, repository, { owner: login, name: repository.name });
  world.journal.set(account, "login", login);
  world.journal.put(world.accountsByLogin, login.toLowerCase(), account);
  touch(world, account);
}

/** What they wrote stays and is the ghost's; their relations, their repositories and their forks go. */
export function deleteUser(world: World, { user }: { readonly user: E.User }): void {
  const { journal } = world;
  for (const repository of world.repositories.values()) {
    if (repository.deleted) continue;
    if (repository.owner === user) deleteRepository(world, { actor: world.ghost, repository });
    else leave(world, repository, user);
  }
  for (const organization of world.organizations.values()) {
    dropOf(world, organization, "members", user);
    dropOf(world, organization, "invitations", user);
    journal.remove(organization, "blocked", user);
    for (const team of organization.teams) dropOf(world, team, "members", user);
  }
  journal.drop(world.accountsByLogin, user.login.toLowerCase());
  journal.set(user, "deleted", true);
  touch(world, user);
}

function leave(world: World, repository: E.Repository, user: E.User): void {
  const { journal } = world;
  dropOf(world, repository, "stars", user);
  dropOf(world, repository, "collaborators", user);
  journal.remove(repository, "watchers", user);
  for (const issue of repository.issues) journal.remove(issue, "assignees", user);
  for (const pullRequest of repository.pullRequests) {
    journal.remove(pullRequest, "assignees", user);
    journal.remove(pullRequest, "requestedReviewers", user);
  }
}

type Members<T> = { [K in keyof T]: T[K] extends readonly { readonly user: E.User }[] ? K : never }[keyof T] & string;

function dropOf<T extends object>(world: World, target: T, key: Members<T>, user: E.User): void {
  const list = target[key] as readonly { readonly user: E.User }[];
  if (list.some((item) => item.user === user)) world.journal.set(target, key, list.filter((item) => item.user !== user) as T[typeof key]);
}

type Account = { readonly type: E.User["type"]; readonly login: string; readonly app: E.App | null; readonly id: number; readonly createdAt: E.Millis; readonly profile: Partial<Omit<Profile, "login">> };

function addUser(world: World, { profile, ...account }: Account): E.User {
  if (account.login.toLowerCase() === GHOST_LOGIN) throw new Error("The login `ghost` is GitHub's own");
  const user: E.User = { name: null, email: null, company: null, location: null, bio: null, ...profile, ...account, updatedAt: account.createdAt, deleted: false };
  world.journal.put(world.users, user.id, user);
  world.journal.put(world.accountsByLogin, user.login.toLowerCase(), user);
  return user;
}
