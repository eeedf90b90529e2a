/** Who was granted access to one repository directly. */
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";

type Of = { readonly actor: E.User; readonly repository: E.Repository; readonly user: E.User };

/** As if the invitation were accepted at once. */
export function addCollaborator(world: World, { actor, repository, user, permission = "push" }: Of & { readonly permission?: E.RepositoryPermission }): void {
  if (repository.collaborators.some((other) => other.user === user)) return;
  world.journal.push(repository, "collaborators", { user, permission });
  world.emit({ at: world.now(), actor, event: "member", action: "added", repository, member: user, permission: { from: null, to: permission } });
}

export function changeCollaborator(world: World, { actor, repository, user, permission }: Of & { readonly permission: E.RepositoryPermission }): void {
  const collaborator = repository.collaborators.find((other) => other.user === user);
  if (collaborator === undefined || collaborator.permission === permission) return;
  const from = collaborator.permission;
  world.journal.set(collaborator, "permission", permission);
  world.emit({ at: world.now(), actor, event: "member", action: "edited", repository, member: user, permission: { from, to: permission } });
}

export function removeCollaborator(world: World, { actor, repository, user }: Of): void {
  const collaborator = repository.collaborators.find((other) => other.user === user);
  if (collaborator === undefined) return;
  world.journal.remove(repository, "collaborators", collaborator);
  world.emit({ at: world.now(), actor, event: "member", action: "removed", repository, member: user });
}
