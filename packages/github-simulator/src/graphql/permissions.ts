/** What somebody may do in a repository, and through what. */
import type * as E from "../world/entities.ts";

const RANKS: readonly E.RepositoryPermission[] = ["pull", "triage", "push", "maintain", "admin"];
/** What every member of an organisation may do in its repositories: GitHub's default. */
const BASE: E.RepositoryPermission = "pull";

export type Source = { readonly by: E.Organization | E.Team | E.Repository; readonly permission: E.RepositoryPermission };

export function permissionSources(repository: E.Repository, user: E.User): readonly Source[] {
  const sources: Source[] = [];
  const { owner } = repository;
  if (owner.type === "Organization") {
    const membership = owner.members.find((member) => member.user === user);
    if (membership !== undefined) sources.push({ by: owner, permission: membership.role === "admin" ? "admin" : BASE });
    for (const team of owner.teams) {
      const granted = team.repositories.find((grant) => grant.repository === repository);
      if (granted !== undefined && team.members.some((member) => member.user === user)) sources.push({ by: team, permission: granted.permission });
    }
  } else if (owner === user) sources.push({ by: repository, permission: "admin" });
  const direct = repository.collaborators.find((collaborator) => collaborator.user === user);
  if (direct !== undefined) sources.push({ by: repository, permission: direct.permission });
  return sources;
}

export function highest(sources: readonly Source[]): E.RepositoryPermission | null {
  return sources.reduce<E.RepositoryPermission | null>((best, { permission }) => (best === null || RANKS.indexOf(permission) > RANKS.indexOf(best) ? permission : best), null);
}

export function permissionOf(repository: E.Repository, user: E.User): E.RepositoryPermission | null {
  return highest(permissionSources(repository, user)) ?? (repository.visibility === "public" ? "pull" : null);
}

export function isAtLeast(permission: E.RepositoryPermission | null, least: E.RepositoryPermission): boolean {
  return permission !== null && RANKS.indexOf(permission) >= RANKS.indexOf(least);
}

/** `affiliation`: outside = not in the organisation, direct = granted to them by name. */
export function collaborators(repository: E.Repository, affiliation: "ALL" | "DIRECT" | "OUTSIDE"): readonly E.User[] {
  const { owner } = repository;
  const direct = repository.collaborators.map(({ user }) => user);
  if (owner.type !== "Organization") return affiliation === "OUTSIDE" ? direct : [...new Set([owner, ...direct])];
  const members = new Set(owner.members.map(({ user }) => user));
  if (affiliation === "OUTSIDE") return direct.filter((user) => !members.has(user));
  if (affiliation === "DIRECT") return direct;
  return [...new Set([...members, ...direct])];
}

/** GraphQL's RepositoryPermission. */
export const PERMISSION_NAMES = { pull: "READ", triage: "TRIAGE", push: "WRITE", maintain: "MAINTAIN", admin: "ADMIN" } as const;
/** GraphQL's DefaultRepositoryPermissionField knows three. */
export const BASIC_NAMES = { pull: "READ", triage: "READ", push: "WRITE", maintain: "WRITE", admin: "ADMIN" } as const;
export const ROLE_NAMES = { pull: "read", triage: "triage", push: "write", maintain: "maintain", admin: "admin" } as const;
