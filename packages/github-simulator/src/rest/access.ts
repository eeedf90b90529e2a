/** Who may do what in a repository or an organisation, and what GitHub says to those who may not. */
import { ApiError, notFound, requiresAuthentication } from "../server/api-error.ts";
import type * as E from "../world/entities.ts";
import { isAtLeast, permissionOf } from "../world/permission.ts";
import { canSee, mayUse, type Viewer } from "../world/viewer.ts";
import type { Need } from "./call.ts";

/** What the caller may do there, for the `permissions` of a repository; null for those who are nobody. */
export function roleOfViewer(viewer: Viewer, repository: E.Repository): E.RepositoryPermission | null {
  if (viewer.is === "user" && viewer.user !== null) return permissionOf(repository, viewer.user);
  if (viewer.is !== "installation") return null;
  return mayUse(viewer, "administration", "write") ? "admin" : mayUse(viewer, "contents", "write") ? "push" : "pull";
}

/** Throws unless the caller sees the repository and may have what the endpoint gives. */
export function mustReach(viewer: Viewer, repository: E.Repository, need: Need | null): void {
  if (!canSee(viewer, repository)) throw notFound();
  if (need === null) return;
  const open = repository.visibility === "public" && need.always !== true && (need.level ?? "read") === "read";
  if (open) return;
  if (viewer.is === "anonymous") throw requiresAuthentication();
  // A public repository is seen by all, but what is not public of it belongs to those it was granted to.
  if (viewer.repositoryIds !== null && !viewer.repositoryIds.has(repository.id)) throw need.always === true ? refused(viewer) : notFound();
  if (viewer.is === "user" && viewer.user !== null && need.role !== undefined && !isAtLeast(permissionOf(repository, viewer.user), need.role)) {
    throw need.refusal === undefined ? notFound() : new ApiError(403, need.refusal);
  }
  if (!mayUse(viewer, need.permission, need.level ?? "read")) throw refused(viewer);
}

/** `role`: what a person must be in the organisation. */
export function mustReachOrganization(viewer: Viewer, organization: E.Organization, need: Need | null, role: "member" | "admin" | null): void {
  if (need === null) return;
  if (viewer.is === "anonymous") throw requiresAuthentication();
  if (role !== null && viewer.is === "user") {
    const membership = membershipOf(viewer, organization);
    if (membership === undefined) throw notFound();
    if (role === "admin" && membership.role !== "admin") throw need.refusal === undefined ? notFound() : new ApiError(403, need.refusal);
  }
  if (!mayUse(viewer, need.permission, need.level ?? "read")) throw refused(viewer);
}

export function membershipOf(viewer: Viewer, organization: E.Organization): E.Membership | undefined {
  return viewer.user === null ? undefined : organization.members.find(({ user }) => user === viewer.user);
}

export function refused(viewer: Viewer): ApiError {
  return new ApiError(403, `Resource not accessible by ${viewer.is === "user" ? "personal access token" : "integration"}`);
}
