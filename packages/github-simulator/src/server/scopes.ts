/** Scopes of classic tokens, in terms of the permissions that everything else here speaks of. */
import { PERMISSIONS, type Level, type Permission } from "../world/viewer.ts";

const REPOSITORY: readonly Permission[] = [
  "contents", "issues", "pull_requests", "discussions", "actions", "checks", "statuses", "deployments", "administration", "pages",
  "vulnerability_alerts", "security_events", "secret_scanning_alerts", "repository_advisories", "repository_hooks",
];

const GRANTS: Readonly<Record<string, readonly [Level, readonly Permission[]]>> = {
  repo: ["write", REPOSITORY],
  public_repo: ["write", REPOSITORY.filter((permission) => permission !== "secret_scanning_alerts")],
  "repo:status": ["write", ["statuses"]],
  repo_deployment: ["write", ["deployments"]],
  security_events: ["write", ["security_events", "secret_scanning_alerts", "vulnerability_alerts"]],
  "admin:repo_hook": ["write", ["repository_hooks"]],
  "write:repo_hook": ["write", ["repository_hooks"]],
  "read:repo_hook": ["read", ["repository_hooks"]],
  "admin:org": ["write", ["members", "organization_administration", "organization_plan"]],
  "write:org": ["write", ["members"]],
  "read:org": ["read", ["members"]],
  "admin:org_hook": ["write", ["organization_hooks"]],
  project: ["write", ["organization_projects"]],
  "read:project": ["read", ["organization_projects"]],
};

export function permissionsOfScopes(scopes: readonly string[]): Readonly<Partial<Record<Permission, Level>>> {
  const granted: Partial<Record<Permission, Level>> = { metadata: "read" };
  for (const scope of scopes) {
    const [level, permissions] = GRANTS[scope] ?? (["read", []] as const);
    for (const permission of permissions) if (granted[permission] !== "write") granted[permission] = level;
  }
  return granted;
}

/** Only `repo` opens private repositories. */
export function seesPrivate(scopes: readonly string[]): boolean {
  return scopes.includes("repo");
}

/** What a classic token would have to have for a permission: `x-accepted-oauth-scopes`. */
export function acceptedScopes(permission: Permission | null): string {
  if (permission === null || permission === "metadata") return "";
  if (permission === "members") return "admin:org, read:org, repo, user, write:org";
  if (permission === "organization_hooks") return "admin:org_hook";
  if (permission === "repository_hooks") return "admin:repo_hook, public_repo, read:repo_hook, repo, write:repo_hook";
  if (permission === "organization_administration" || permission === "organization_plan") return "admin:org";
  if (permission === "organization_projects") return "project, read:project";
  if (permission === "statuses") return "repo, repo:status";
  if (permission === "deployments") return "repo, repo_deployment";
  if (permission === "security_events" || permission === "secret_scanning_alerts" || permission === "vulnerability_alerts") return "public_repo, repo, security_events";
  return PERMISSIONS.includes(permission) ? "repo" : "";
}
