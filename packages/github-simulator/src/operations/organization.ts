/** An organisation and who belongs to it. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { renameAccount } from "./accounts.ts";
import { removeCollaborator } from "./collaborators.ts";
import { freshId } from "./first-ids.ts";
import { deleteRepository } from "./repository.ts";
import { removeTeamMember } from "./teams.ts";
import { touch } from "./touch.ts";

type Of = { readonly actor: E.User; readonly organization: E.Organization };
type Person = Of & { readonly user: E.User };

/** With its first owner. GitHub tells nobody: nobody can have a hook yet. */
export function createOrganization(world: World, { login, owner, id, ...profile }: { readonly login: string; readonly owner: E.User; readonly id?: number } & Partial<Pick<E.Organization, "name" | "description" | "email">>): E.Organization {
  const now = world.now();
  const organization: E.Organization = {
    type: "Organization", id: id ?? freshId(world, "account"), login, name: null, description: null, email: null, ...profile, createdAt: now, updatedAt: now,
    members: [{ user: owner, role: "admin", since: now, public: false }], invitations: NONE, blocked: NONE, teams: NONE, projects: NONE, hooks: NONE,
  };
  world.journal.put(world.organizations, organization.id, organization);
  world.journal.put(world.accountsByLogin, login.toLowerCase(), organization);
  return organization;
}

export function editOrganization(world: World, { organization, ...profile }: { readonly organization: E.Organization } & Partial<Pick<E.Organization, "name" | "description" | "email">>): void {
  world.journal.assign(organization, profile);
  touch(world, organization);
}

export function renameOrganization(world: World, { actor, organization, login }: Of & { readonly login: string }): void {
  const from = organization.login;
  renameAccount(world, organization, login);
  world.emit({ at: world.now(), actor, event: "organization", action: "renamed", organization, changes: { login: { from } } });
}

export function inviteMember(world: World, { actor, organization, user, role = "direct_member" }: Person & { readonly role?: E.Invitation["role"] }): E.Invitation {
  const invitation: E.Invitation = { id: freshId(world, "invitation"), user, inviter: actor, role, createdAt: world.now() };
  world.journal.push(organization, "invitations", invitation);
  world.emit({ at: world.now(), actor, event: "organization", action: "member_invited", organization, invitation });
  return invitation;
}

/** Accepts the invitation, if there is one. Who is a member already stays one. */
export function addMember(world: World, { actor, organization, user, role, isPublic = false }: Person & { readonly role?: E.Membership["role"]; readonly isPublic?: boolean }): E.Membership {
  const known = organization.members.find((member) => member.user === user);
  if (known !== undefined) return known;
  const invitation = organization.invitations.find((open) => open.user === user);
  if (invitation !== undefined) world.journal.remove(organization, "invitations", invitation);
  const membership: E.Membership = { user, role: role ?? (invitation?.role === "admin" ? "admin" : "member"), since: world.now(), public: isPublic };
  world.journal.push(organization, "members", membership);
  world.emit({ at: world.now(), actor, event: "organization", action: "member_added", organization, membership });
  return membership;
}

/** No webhook tells of it. */
export function changeMemberRole(world: World, { organization, user, role }: Omit<Person, "actor"> & { readonly role: E.Membership["role"] }): void {
  const membership = organization.members.find((member) => member.user === user);
  if (membership !== undefined) world.journal.set(membership, "role", role);
}

/** They lose their teams and what they were granted directly, each told on its own. */
export function removeMember(world: World, { actor, organization, user }: Person): void {
  endMembership(world, { actor, organization, user });
  for (const repository of ownedBy(world, organization)) {
    if (repository.collaborators.some((collaborator) => collaborator.user === user)) removeCollaborator(world, { actor, repository, user });
  }
}

/** They leave the teams and keep what they were granted directly. */
export function convertToOutsideCollaborator(world: World, person: Person): void {
  endMembership(world, person);
}

export function blockUser(world: World, { actor, organization, user }: Person): void {
  world.journal.push(organization, "blocked", user);
  world.emit({ at: world.now(), actor, event: "org_block", action: "blocked", organization, blocked: user });
}

export function unblockUser(world: World, { actor, organization, user }: Person): void {
  world.journal.remove(organization, "blocked", user);
  world.emit({ at: world.now(), actor, event: "org_block", action: "unblocked", organization, blocked: user });
}

export function deleteOrganization(world: World, { actor, organization }: Of): void {
  for (const repository of ownedBy(world, organization)) deleteRepository(world, { actor, repository });
  world.journal.drop(world.accountsByLogin, organization.login.toLowerCase());
  world.journal.drop(world.organizations, organization.id);
  world.emit({ at: world.now(), actor, event: "organization", action: "deleted", organization });
}

function endMembership(world: World, { actor, organization, user }: Person): void {
  const membership = organization.members.find((member) => member.user === user);
  if (membership === undefined) return;
  world.journal.remove(organization, "members", membership);
  world.emit({ at: world.now(), actor, event: "organization", action: "member_removed", organization, membership });
  for (const team of organization.teams) if (team.members.some((member) => member.user === user)) removeTeamMember(world, { actor, team, user });
}

function ownedBy(world: World, organization: E.Organization): E.Repository[] {
  return [...world.repositories.values()].filter(({ owner, deleted }) => owner === organization && !deleted);
}
