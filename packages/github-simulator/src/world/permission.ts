/** What somebody may do in a repository, and through what: the one answer behind REST and GraphQL. */
import type * as E from "./entities.ts";

const RANKS: readonly E.RepositoryPermission[] = ["pull", "triage", "push", "maintain", "admin"];
/** What every member of an organisation may do in its repositories: GitHub's default. */
const BASE: E.RepositoryPermission = "pull";

export type PermissionSource = { readonly by: E.Organization | E.Team | E.Repository; readonly permission: E.RepositoryPermission };

/** The organisation, then teams (a team has what its parents were granted, by these), then what was granted by name. */
export function permissionSources(repository: E.Repository, user: E.User): readonly PermissionSource[] {
  const { owner } = repository;
  const direct = repository.collaborators.filter((collaborator) => collaborator.user === user).map(({ permission }): PermissionSource => ({ by: repository, permission }));
  if (owner.type !== "Organization") return owner === user ? [{ by: repository, permission: "admin" }, ...direct] : direct;
  const membership = owner.members.find((member) => member.user === user);
  // Whoever is no member is in no team.
  if (membership === undefined) return direct;
  const granted = teamsOf(owner, user).flatMap((team) => team.repositories.filter((grant) => grant.repository === repository).map(({ permission }): PermissionSource => ({ by: team, permission })));
  return [{ by: owner, permission: membership.role === "admin" ? "admin" : BASE }, ...granted, ...direct];
}

/** With their parents, each once. */
function teamsOf(organization: E.Organization, user: E.User): readonly E.Team[] {
  const teams = new Set<E.Team>();
  for (const team of organization.teams) {
    if (!team.members.some((member) => member.user === user)) continue;
    for (let at: E.Team | null = team; at !== null; at = at.parent) teams.add(at);
  }
  return [...teams];
}

export function highest(sources: readonly PermissionSource[]): E.RepositoryPermission | null {
  return sources.reduce<E.RepositoryPermission | null>((best, { permission }) => (best === null || RANKS.indexOf(permission) > RANKS.indexOf(best) ? permission : best), null);
}

/** Null: nothing was granted, though everybody may read what is public. */
export function grantedTo(repository: E.Repository, user: E.User): E.RepositoryPermission | null {
  return highest(permissionSources(repository, user));
}

export function permissionOf(repository: E.Repository, user: E.User): E.RepositoryPermission | null {
  return grantedTo(repository, user) ?? (repository.visibility === "public" ? "pull" : null);
}

export function isAtLeast(permission: E.RepositoryPermission | null, least: E.RepositoryPermission): boolean {
  return permission !== null && RANKS.indexOf(permission) >= RANKS.indexOf(least);
}
