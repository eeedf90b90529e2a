import type { Organization, Team, TeamMembership, TeamRepository } from "../world/entities.ts";
import { toOrganization } from "./account.ts";
import { toPermissions, toRoleName } from "./permission.ts";
import { toRepository } from "./repository.ts";
import { iso, type Json, type Shaping } from "./shaping.ts";

/** Without its parent, as parents and requested teams are given. */
export function toSimpleTeam(s: Shaping, team: Team): Json {
  const { organization } = team;
  const url = `${s.base.api}/organizations/${organization.id}/team/${team.id}`;
  return {
    name: team.name,
    id: team.id,
    node_id: s.nodeId("Team", organization.id, team.id),
    slug: team.slug,
    description: team.description,
    privacy: team.privacy,
    notification_setting: "notifications_enabled",
    url,
    html_url: `${s.base.html}/orgs/${organization.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    permission: "pull",
    type: "organization",
    organization_id: organization.id,
  };
}

export function toTeam(s: Shaping, team: Team): Json {
  return { ...toSimpleTeam(s, team), parent: team.parent === null ? null : toSimpleTeam(s, team.parent) };
}

/** Among the teams of a repository: with what the team may do there. */
export function toTeamOfRepository(s: Shaping, team: Team, grant: TeamRepository): Json {
  return { ...toTeam(s, team), permission: grant.permission, permissions: toPermissions(grant.permission) };
}

export function toFullTeam(s: Shaping, team: Team): Json {
  return {
    ...toTeam(s, team),
    created_at: iso(team.createdAt),
    updated_at: iso(team.updatedAt),
    members_count: team.members.length,
    repos_count: team.repositories.length,
    organization: toTeamOrganization(s, team.organization),
  };
}

function toTeamOrganization(s: Shaping, organization: Organization): Json {
  return {
    ...toOrganization(s, organization),
    name: organization.name,
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${s.base.html}/${organization.login}`,
    created_at: iso(organization.createdAt),
    updated_at: iso(organization.updatedAt),
    archived_at: null,
    type: "Organization",
  };
}

/** Among the repositories of a team. */
export function toRepositoryOfTeam(s: Shaping, grant: TeamRepository): Json {
  return { ...toRepository(s, grant.repository), permissions: toPermissions(grant.permission), role_name: toRoleName(grant.permission) };
}

/** `GET /orgs/{org}/teams/{slug}/memberships/{user}`. */
export function toTeamMembership(s: Shaping, team: Team, membership: TeamMembership): Json {
  return { state: "active", role: membership.role, url: `${s.base.api}/organizations/${team.organization.id}/team/${team.id}/memberships/${membership.user.login}` };
}
