/** People in their relation to an organisation or a repository. */
import type { Invitation, Membership, Organization, RepositoryPermission, Star, User } from "../world/entities.ts";
import { toOrganization, toUser } from "./account.ts";
import { toLegacyPermission, toPermissions, toRoleName } from "./permission.ts";
import { iso, type Json, type Shaping } from "./shaping.ts";

/** Lists of members, watchers, assignees and plain stargazers are plain users. */
export const toMember = (s: Shaping, membership: Membership): Json => toUser(s, membership.user);

/** `GET /orgs/{org}/memberships/{user}`, and `membership` in the `organization` event. */
export function toMembership(s: Shaping, organization: Organization, membership: Membership): Json {
  return {
    url: `${s.base.api}/orgs/${organization.login}/memberships/${membership.user.login}`,
    state: "active",
    role: membership.role,
    organization_url: `${s.base.api}/orgs/${organization.login}`,
    direct_membership: true,
    enterprise_teams_providing_indirect_membership: [],
    user: toUser(s, membership.user),
    organization: toOrganization(s, organization),
  };
}

export function toInvitation(s: Shaping, organization: Organization, invitation: Invitation): Json {
  return {
    id: invitation.id,
    node_id: Buffer.from(`022:OrganizationInvitation${invitation.id}`).toString("base64"),
    login: invitation.user.login,
    email: null,
    role: invitation.role,
    created_at: iso(invitation.createdAt),
    failed_at: null,
    failed_reason: null,
    inviter: toUser(s, invitation.inviter),
    team_count: 0,
    invitation_teams_url: `${s.base.api}/organizations/${organization.id}/invitations/${invitation.id}/teams`,
    invitation_source: "member",
  };
}

/** `permission`: what the person may do in all: direct grant, teams and the role in the organisation together. */
export function toCollaborator(s: Shaping, user: User, permission: RepositoryPermission): Json {
  return { ...toUser(s, user), permissions: toPermissions(permission), role_name: toRoleName(permission) };
}

/** `GET …/collaborators/{user}/permission`: `permission` knows only the old four, `role_name` tells the truth. */
export function toCollaboratorPermission(s: Shaping, user: User, permission: RepositoryPermission | null): Json {
  return { permission: toLegacyPermission(permission), user: { ...toUser(s, user), permissions: toPermissions(permission), role_name: toRoleName(permission) }, role_name: toRoleName(permission) };
}

/** With `Accept: application/vnd.github.star+json`; without it a plain user. */
export function toStargazer(s: Shaping, star: Star): Json {
  return { starred_at: iso(star.starredAt), user: toUser(s, star.user) };
}

/** Anonymous ones (`anon=true`) are the addresses that no account has. */
export function toContributor(s: Shaping, user: User, contributions: number): Json {
  return { ...toUser(s, user), contributions };
}

export function toAnonymousContributor(name: string, email: string, contributions: number): Json {
  return { email, name, type: "Anonymous", contributions };
}
