import { toUser } from "../shapes/account.ts";
import { toInvitation, toMembership } from "../shapes/people.ts";
import { toLegacyPermission, toPermissions, toRoleName } from "../shapes/permission.ts";
import { toWebhookRepository } from "../shapes/repository.ts";
import { type Json, type Shaping, without } from "../shapes/shaping.ts";
import { toTeam, toTeamOfRepository } from "../shapes/team.ts";
import type { Repository, Team } from "../world/entities.ts";
import type { HappeningOf } from "../world/happening.ts";
import { toChanges } from "./payload-changes.ts";

/** The old permission knows four words; the role's own name comes beside it. */
export function memberBody(s: Shaping, { action, member, permission }: HappeningOf<"member">): Json {
  return { member: toUser(s, member), ...(permission === undefined || action === "removed" ? {} : { changes: memberChanges(action, permission) }) };
}

function memberChanges(action: string, { from, to }: NonNullable<HappeningOf<"member">["permission"]>): Json {
  if (action === "added") return { permission: { to: toLegacyPermission(to) }, role_name: { to: toRoleName(to) } };
  return { old_permission: { from: toLegacyPermission(from) }, permission: { from: toLegacyPermission(from), to: toLegacyPermission(to) } };
}

export function membershipBody(s: Shaping, { team, member }: HappeningOf<"membership">): Json {
  return { scope: "team", member: toUser(s, member), team: toTeam(s, team) };
}

export function organizationBody(s: Shaping, happening: HappeningOf<"organization">): Json {
  const { organization, membership, invitation } = happening;
  return {
    ...toChanges(happening),
    ...(membership === undefined ? {} : { membership: without(toMembership(s, organization, membership), "organization") }),
    ...(invitation === undefined ? {} : { invitation: toInvitation(s, organization, invitation), user: toUser(s, invitation.user) }),
  };
}

export function orgBlockBody(s: Shaping, { blocked }: HappeningOf<"org_block">): Json {
  return { blocked_user: toUser(s, blocked) };
}

export function teamBody(s: Shaping, happening: HappeningOf<"team">): Json {
  const { team, repository, fromPermission } = happening;
  const { changes } = toChanges(happening);
  const permissions = fromPermission === undefined ? {} : { repository: { permissions: { from: oldFlags(fromPermission) } } };
  return {
    team: repository === undefined ? toTeam(s, team) : teamIn(s, team, repository),
    ...(changes === undefined && fromPermission === undefined ? {} : { changes: { ...changes, ...permissions } }),
  };
}

export function teamAddBody(s: Shaping, { team, repository }: HappeningOf<"team_add">): Json {
  return { team: teamIn(s, team, repository) };
}

/** With a repository the team has the permission that it has there; `permissions` is REST's alone. */
function teamIn(s: Shaping, team: Team, repository: Repository): Json {
  const grant = team.repositories.find((one) => one.repository === repository);
  return grant === undefined ? toTeam(s, team) : without(toTeamOfRepository(s, team, grant), "permissions");
}

/** What the team may do there; once it was removed, nothing. */
export function repositoryOfTeam(s: Shaping, team: Team, repository: Repository): Json {
  const permission = team.repositories.find((one) => one.repository === repository)?.permission ?? null;
  return { ...toWebhookRepository(s, repository), permissions: toPermissions(permission), role_name: permission === null ? null : toRoleName(permission) };
}

function oldFlags(permission: Parameters<typeof toPermissions>[0]): Json {
  const { admin, push, pull } = toPermissions(permission);
  return { admin, push, pull };
}
