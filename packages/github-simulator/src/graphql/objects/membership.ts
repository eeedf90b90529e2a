/** What a viewer is to an organisation or a repository. */
import type * as E from "../../world/entities.ts";
import { mayUse } from "../../world/viewer.ts";
import type { Context } from "../context.ts";
import { isAtLeast, permissionOf } from "../../world/permission.ts";

/** Members see members; others only those who said so. */
export function seesMembers({ viewer }: Context, organization: E.Organization): boolean {
  if (viewer.is === "installation") return mayUse(viewer, "members");
  return viewer.user !== null && organization.members.some(({ user }) => user === viewer.user) && mayUse(viewer, "members");
}

export function isAdmin({ viewer }: Context, organization: E.Organization): boolean {
  return viewer.is === "user" && organization.members.some(({ user, role }) => user === viewer.user && role === "admin");
}

export function viewerIsAtLeast({ viewer }: Context, repository: E.Repository, least: E.RepositoryPermission): boolean {
  return viewer.is === "user" && viewer.user !== null && isAtLeast(permissionOf(repository, viewer.user), least);
}
