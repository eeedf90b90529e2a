/** How GraphQL lists and names who may do what in a repository. */
import type * as E from "../world/entities.ts";

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
