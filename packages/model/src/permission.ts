/**
 * What may be done in a repository, in one vocabulary for people and teams: REST's `pull`, `triage`, `push`, `maintain`,
 * `admin`. Webhooks and GraphQL call two of them `read` and `write`.
 */
import type { JsonObject } from "@octally/shared/json";

const ASCENDING = ["pull", "triage", "push", "maintain", "admin"] as const;
export type Permission = (typeof ASCENDING)[number];

/** Of REST's `permissions`, where each includes those below it. */
export function highestPermission(permissions: JsonObject | undefined): Permission | undefined {
  return permissions === undefined ? undefined : ASCENDING.findLast((permission) => Object.hasOwn(permissions, permission) && permissions[permission] === true);
}

/** Undefined for an organisation's own role, whose name does not tell what it may. */
export function permissionOfRole(role: string): Permission | undefined {
  const name = role.toLowerCase();
  if (name === "read") return "pull";
  if (name === "write") return "push";
  return ASCENDING.find((permission) => permission === name);
}
