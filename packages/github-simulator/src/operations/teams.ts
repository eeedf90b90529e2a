/** Teams of an organisation: who is in them and what they may do. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { freshId } from "./first-ids.ts";
import { edit, isEmpty, touch } from "./touch.ts";

type Of = { readonly actor: E.User; readonly team: E.Team };
type Grant = Of & { readonly repository: E.Repository };

export function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9_]+/g, "-").replaceAll(/^-+|-+$/g, "");
}

export function createTeam(world: World, { actor, organization, name, description = null, privacy = "closed", parent = null }: { readonly actor: E.User; readonly organization: E.Organization } & Pick<E.Team, "name"> & Partial<Pick<E.Team, "description" | "privacy" | "parent">>): E.Team {
  const now = world.now();
  const team: E.Team = { id: freshId(world, "team"), organization, name, slug: slugOf(name), description, privacy, parent, members: NONE, repositories: NONE, createdAt: now, updatedAt: now };
  world.journal.push(organization, "teams", team);
  world.register("Team", team.id, team);
  world.emit({ at: now, actor, event: "team", action: "created", organization, team });
  return team;
}

export function editTeam(world: World, { actor, team, ...wanted }: Of & Partial<Pick<E.Team, "name" | "description" | "privacy">>): void {
  const changes = edit(world, team, wanted);
  if (isEmpty(changes)) return;
  if (wanted.name !== undefined) world.journal.set(team, "slug", slugOf(wanted.name));
  touch(world, team);
  world.emit({ at: world.now(), actor, event: "team", action: "edited", organization: team.organization, team, changes });
}

/** Its child teams go with it, and the requests for its review. */
export function deleteTeam(world: World, { actor, team }: Of): void {
  const { organization } = team;
  for (const child of organization.teams) if (child.parent === team) deleteTeam(world, { actor, team: child });
  world.journal.remove(organization, "teams", team);
  world.forget("Team", team.id);
  for (const { repository } of team.repositories) for (const pullRequest of repository.pullRequests) world.journal.remove(pullRequest, "requestedTeams", team);
  world.emit({ at: world.now(), actor, event: "team", action: "deleted", organization, team });
}

export function addTeamMember(world: World, { actor, team, user, role = "member" }: Of & { readonly user: E.User; readonly role?: E.TeamMembership["role"] }): void {
  if (team.members.some((member) => member.user === user)) return;
  world.journal.push(team, "members", { user, role, since: world.now() });
  world.emit({ at: world.now(), actor, event: "membership", action: "added", organization: team.organization, team, member: user });
}

/** No webhook tells of it. */
export function changeTeamMemberRole(world: World, { team, user, role }: Omit<Of, "actor"> & { readonly user: E.User; readonly role: E.TeamMembership["role"] }): void {
  const membership = team.members.find((member) => member.user === user);
  if (membership !== undefined) world.journal.set(membership, "role", role);
}

export function removeTeamMember(world: World, { actor, team, user }: Of & { readonly user: E.User }): void {
  const membership = team.members.find((member) => member.user === user);
  if (membership === undefined) return;
  world.journal.remove(team, "members", membership);
  world.emit({ at: world.now(), actor, event: "membership", action: "removed", organization: team.organization, team, member: user });
}

export function addTeamRepository(world: World, { actor, team, repository, permission = "pull" }: Grant & { readonly permission?: E.RepositoryPermission }): void {
  // GitHub refuses those of others.
  if (repository.owner !== team.organization || team.repositories.some((grant) => grant.repository === repository)) return;
  world.journal.push(team, "repositories", { repository, permission });
  world.emit({ at: world.now(), actor, event: "team_add", action: null, repository, team });
  world.emit({ at: world.now(), actor, event: "team", action: "added_to_repository", organization: team.organization, team, repository });
}

export function changeTeamRepository(world: World, { actor, team, repository, permission }: Grant & { readonly permission: E.RepositoryPermission }): void {
  const grant = team.repositories.find((other) => other.repository === repository);
  if (grant === undefined || grant.permission === permission) return;
  const fromPermission = grant.permission;
  world.journal.set(grant, "permission", permission);
  world.emit({ at: world.now(), actor, event: "team", action: "edited", organization: team.organization, team, repository, fromPermission });
}

export function removeTeamRepository(world: World, { actor, team, repository }: Grant): void {
  const grant = team.repositories.find((other) => other.repository === repository);
  if (grant === undefined) return;
  world.journal.remove(team, "repositories", grant);
  world.emit({ at: world.now(), actor, event: "team", action: "removed_from_repository", organization: team.organization, team, repository });
}
