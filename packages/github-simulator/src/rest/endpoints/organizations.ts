/** Organisations, their people and teams. */
import type * as E from "../../world/entities.ts";
import { mayUse } from "../../world/viewer.ts";
import { toFullOrganization, toOrganization, toUser } from "../../shapes/account.ts";
import { toInvitation, toMembership } from "../../shapes/people.ts";
import { toPermissions, toRoleName } from "../../shapes/permission.ts";
import { toListedRepository, toRepository } from "../../shapes/repository.ts";
import { toFullTeam, toRepositoryOfTeam, toTeam, toTeamMembership } from "../../shapes/team.ts";
import { ApiError, notFound } from "../../server/api-error.ts";
import { membershipOf } from "../access.ts";
import { NO_CONTENT, ok, type Answer, type Call, type Endpoint, type Need } from "../call.ts";
import { found, onOrganization, plain, reads, userNamed } from "../define.ts";
import { page, sincePage } from "../paging.ts";
import { sortRepositories } from "../repository-lists.ts";
import { ownedBy, permissions } from "./users.ts";

const MEMBERS: Need = reads("members");
const ADMINISTRATION: Need = reads("organization_administration");

export const ORGANIZATIONS: readonly Endpoint[] = [
  plain("GET", "/organizations", "orgs/orgs#list-organizations", (call) => sincePage(call, [...call.world.organizations.values()].filter(({ login }) => call.world.accountsByLogin.has(login.toLowerCase())), ({ id }) => id, (organization) => toOrganization(call.s, organization))),
  onOrganization("", "orgs/orgs#get-an-organization", null, null, (call, organization) => {
    const owned = ownedBy(call, organization);
    const publicRepositories = owned.filter(({ visibility }) => visibility === "public").length;
    return ok(toFullOrganization(call.s, organization, { publicRepositories, privateRepositories: owned.length - publicRepositories }, isInside(call, organization)), organization.updatedAt);
  }),
  onOrganization("/repos", "repos/repos#list-organization-repositories", null, null, repositories),
  onOrganization("/members", "orgs/members#list-organization-members", null, null, members),
  onOrganization("/members/:username", "orgs/members#check-organization-membership-for-a-user", null, null, checkMember),
  onOrganization("/public_members", "orgs/members#list-public-organization-members", null, null, (call, organization) => page(call, organization.members.filter((membership) => membership.public), ({ user }) => toUser(call.s, user))),
  onOrganization("/public_members/:username", "orgs/members#check-public-organization-membership-for-a-user", null, null, (call, organization) => {
    const user = userNamed(call, call.params["username"] ?? "");
    if (!organization.members.some((membership) => membership.user === user && membership.public)) throw notFound();
    return NO_CONTENT;
  }),
  onOrganization("/memberships/:username", "orgs/members#get-organization-membership-for-a-user", MEMBERS, "member", (call, organization) => {
    const user = userNamed(call, call.params["username"] ?? "");
    const membership = organization.members.find((one) => one.user === user);
    if (membership !== undefined) return ok(toMembership(call.s, organization, membership));
    const invitation = found(organization.invitations.find((one) => one.user === user));
    return ok({ ...toMembership(call.s, organization, { user, role: invitation.role === "admin" ? "admin" : "member", since: invitation.createdAt, public: false }), state: "pending" });
  }),
  onOrganization("/outside_collaborators", "orgs/outside-collaborators#list-outside-collaborators-for-an-organization", MEMBERS, "member", (call, organization) => page(call, outsideCollaborators(call, organization), (user) => toUser(call.s, user))),
  onOrganization("/invitations", "orgs/members#list-pending-organization-invitations", MEMBERS, "admin", (call, organization) => page(call, organization.invitations, (invitation) => toInvitation(call.s, organization, invitation))),
  onOrganization("/failed_invitations", "orgs/members#list-failed-organization-invitations", MEMBERS, "admin", (call) => page(call, [], () => null)),
  onOrganization("/blocks", "orgs/blocking#list-users-blocked-by-an-organization", ADMINISTRATION, "admin", (call, organization) => page(call, organization.blocked, (user) => toUser(call.s, user))),
  onOrganization("/blocks/:username", "orgs/blocking#check-if-a-user-is-blocked-by-an-organization", ADMINISTRATION, "admin", (call, organization) => {
    if (!organization.blocked.includes(userNamed(call, call.params["username"] ?? ""))) throw notFound();
    return NO_CONTENT;
  }),
  onOrganization("/properties/schema", "orgs/custom-properties#get-all-custom-properties-for-an-organization", ADMINISTRATION, "member", () => ok([])),
  onOrganization("/properties/values", "orgs/custom-properties#list-custom-property-values-for-organization-repositories", ADMINISTRATION, "member", (call, organization) =>
    page(call, ownedBy(call, organization), ({ id, name, owner }) => ({ repository_id: id, repository_name: name, repository_full_name: `${owner.login}/${name}`, properties: [] }))),
  onOrganization("/teams", "teams/teams#list-teams", MEMBERS, "member", (call, organization) => page(call, teamsFor(call, organization), (team) => toTeam(call.s, team))),
  onOrganization("/teams/:team", "teams/teams#get-a-team-by-name", MEMBERS, "member", (call, organization) => ok(toFullTeam(call.s, teamNamed(call, organization)))),
  onOrganization("/teams/:team/members", "teams/members#list-team-members", MEMBERS, "member", (call, organization) => {
    const role = call.query.get("role") ?? "all";
    return page(call, teamNamed(call, organization).members.filter((member) => role === "all" || member.role === role), ({ user }) => toUser(call.s, user));
  }),
  onOrganization("/teams/:team/memberships/:username", "teams/members#get-team-membership-for-a-user", MEMBERS, "member", (call, organization) => {
    const [team, user] = [teamNamed(call, organization), userNamed(call, call.params["username"] ?? "")];
    return ok(toTeamMembership(call.s, team, found(team.members.find((member) => member.user === user))));
  }),
  onOrganization("/teams/:team/invitations", "teams/members#list-pending-team-invitations", MEMBERS, "member", (call) => page(call, [], () => null)),
  onOrganization("/teams/:team/repos", "teams/teams#list-team-repositories", MEMBERS, "member", (call, organization) =>
    page(call, teamNamed(call, organization).repositories.filter(({ repository }) => !repository.deleted), (grant) => toRepositoryOfTeam(call.s, grant))),
  onOrganization("/teams/:team/repos/:owner/:repo", "teams/teams#check-team-permissions-for-a-repository", MEMBERS, "member", (call, organization) => {
    const repository = call.world.repositoriesByName.get(`${call.params["owner"]}/${call.params["repo"]}`.toLowerCase());
    const grant = found(teamNamed(call, organization).repositories.find((one) => one.repository === repository));
    if (!(call.incoming.headers["accept"] ?? "").includes("v3.repository+json")) return NO_CONTENT;
    return ok({ ...toRepository(call.s, grant.repository), permissions: toPermissions(grant.permission), role_name: toRoleName(grant.permission) });
  }),
  onOrganization("/teams/:team/teams", "teams/teams#list-child-teams", MEMBERS, "member", (call, organization) => {
    const team = teamNamed(call, organization);
    return page(call, organization.teams.filter(({ parent }) => parent === team), (child) => toTeam(call.s, child));
  }),
];

export function isInside(call: Call, organization: E.Organization): boolean {
  if (call.viewer.is === "installation") return mayUse(call.viewer, "members");
  return membershipOf(call.viewer, organization) !== undefined && mayUse(call.viewer, "members");
}

function repositories(call: Call, organization: E.Organization): Answer {
  const type = call.query.get("type") ?? "all";
  const wanted = ownedBy(call, organization).filter(({ visibility, parent }) => {
    if (type === "public") return visibility === "public";
    if (type === "private") return visibility !== "public";
    if (type === "internal") return visibility === "internal";
    if (type === "forks") return parent !== null;
    return type === "sources" ? parent === null : true;
  });
  return page(call, sortRepositories(call, wanted, "created"), (repository) => toListedRepository(call.s, repository, permissions(call, repository)));
}

/** Outsiders see the public members, without being told that there are others. */
function members(call: Call, organization: E.Organization): Answer {
  const [filter, role] = [call.query.get("filter") ?? "all", call.query.get("role") ?? "all"];
  const inside = isInside(call, organization);
  if (filter !== "all" && filter !== "2fa_disabled" && filter !== "2fa_insecure") throw new ApiError(422, "Validation Failed", { errors: [{ resource: "Organization", field: "filter", code: "invalid" }] });
  const wanted = organization.members.filter((membership) => (inside || membership.public) && (role === "all" || membership.role === role) && filter === "all");
  return page(call, wanted, ({ user }) => toUser(call.s, user));
}

function checkMember(call: Call, organization: E.Organization): Answer {
  const user = userNamed(call, call.params["username"] ?? "");
  if (!isInside(call, organization)) return { status: 302, body: null, headers: { location: `${call.s.base.api}/orgs/${organization.login}/public_members/${user.login}` } };
  if (!organization.members.some((membership) => membership.user === user)) throw notFound();
  return NO_CONTENT;
}

export function outsideCollaborators(call: Call, organization: E.Organization): readonly E.User[] {
  const inside = new Set(organization.members.map(({ user }) => user));
  const outside = new Set<E.User>();
  for (const repository of ownedBy(call, organization)) for (const { user } of repository.collaborators) if (!inside.has(user)) outside.add(user);
  return [...outside].toSorted((a, b) => a.id - b.id);
}

/** Secret teams are seen by their members and by owners. */
function teamsFor(call: Call, organization: E.Organization): readonly E.Team[] {
  const membership = membershipOf(call.viewer, organization);
  return organization.teams.filter(({ privacy, members: inside }) => privacy === "closed" || call.viewer.is === "installation" || membership?.role === "admin" || inside.some(({ user }) => user === call.viewer.user));
}

function teamNamed(call: Call, organization: E.Organization): E.Team {
  return found(teamsFor(call, organization).find(({ slug }) => slug === call.params["team"]));
}
