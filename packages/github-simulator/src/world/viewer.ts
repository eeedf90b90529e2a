/** Who asks, and what they may see: the same for REST and GraphQL. */
import type * as E from "./entities.ts";

/** Permissions of GitHub Apps and fine-grained tokens, by the names GitHub uses in `x-accepted-github-permissions`. */
export const PERMISSIONS = [
  "metadata", "contents", "issues", "pull_requests", "discussions", "actions", "checks", "statuses", "deployments", "administration", "pages",
  "vulnerability_alerts", "security_events", "secret_scanning_alerts", "repository_advisories", "repository_hooks",
  "members", "organization_administration", "organization_hooks", "organization_projects", "organization_plan",
] as const;
export type Permission = (typeof PERMISSIONS)[number];
export type Level = "read" | "write";

export type Viewer = {
  readonly is: "user" | "installation" | "app" | "anonymous";
  /** Of a token its owner, of an installation the app's bot. */
  readonly user: E.User | null;
  readonly app: E.App | null;
  /** What is granted; "all" for a classic token of an owner. */
  readonly permissions: "all" | Readonly<Partial<Record<Permission, Level>>>;
  /** Of a classic token what it may (`repo`, `read:org`); undefined: everything. GraphQL refuses by them. */
  readonly scopes?: readonly string[];
  /** Repositories that the grant was limited to, by id; null: no limit. */
  readonly repositoryIds: ReadonlySet<number> | null;
  /** What limits are counted by: the token's owner or the installation. */
  readonly budget: string;
};

export function mayUse(viewer: Viewer, permission: Permission, level: Level = "read"): boolean {
  if (viewer.permissions === "all") return true;
  if (permission === "metadata" && level === "read") return true;
  const granted = viewer.permissions[permission];
  return granted === "write" || granted === level;
}

/** Whether the repository exists for this viewer: public ones for everybody, others for those it was granted to. */
export function canSee(viewer: Viewer, repository: E.Repository): boolean {
  if (repository.deleted) return false;
  if (repository.visibility === "public") return true;
  if (viewer.is === "anonymous" || viewer.is === "app") return false;
  return viewer.repositoryIds === null ? belongs(viewer, repository) : viewer.repositoryIds.has(repository.id);
}

function belongs(viewer: Viewer, repository: E.Repository): boolean {
  if (viewer.is === "installation") return true;
  if (viewer.user === null) return false;
  const { owner } = repository;
  if (owner.type !== "Organization") return owner === viewer.user || repository.collaborators.some(({ user }) => user === viewer.user);
  return owner.members.some(({ user }) => user === viewer.user) || repository.collaborators.some(({ user }) => user === viewer.user);
}
