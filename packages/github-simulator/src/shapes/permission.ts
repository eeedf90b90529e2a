/** A role in a repository as REST shows it: five flags, the new name and the old one. */
import type { RepositoryPermission } from "../world/entities.ts";

const RANK: readonly RepositoryPermission[] = ["pull", "triage", "push", "maintain", "admin"];

export type Permissions = { readonly admin: boolean; readonly maintain: boolean; readonly push: boolean; readonly triage: boolean; readonly pull: boolean };

export function toPermissions(permission: RepositoryPermission | null): Permissions {
  const rank = permission === null ? -1 : RANK.indexOf(permission);
  return { admin: rank >= 4, maintain: rank >= 3, push: rank >= 2, triage: rank >= 1, pull: rank >= 0 };
}

/** `read`, `triage`, `write`, `maintain`, `admin`. */
export function toRoleName(permission: RepositoryPermission | null): string {
  if (permission === null) return "none";
  return permission === "pull" ? "read" : permission === "push" ? "write" : permission;
}

/** The old four: maintain is write, triage is read. */
export function toLegacyPermission(permission: RepositoryPermission | null): "admin" | "write" | "read" | "none" {
  if (permission === null) return "none";
  return permission === "admin" ? "admin" : permission === "push" || permission === "maintain" ? "write" : "read";
}
