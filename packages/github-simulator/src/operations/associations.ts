/** What somebody is to a repository, as GitHub says it beside what they write. */
import type * as E from "../world/entities.ts";
import { hasContributed } from "./default-branch.ts";

export function associationOf(repository: E.Repository, user: E.User): E.Association {
  const { owner } = repository;
  if (owner === user) return "OWNER";
  if (owner.type === "Organization" && owner.members.some((member) => member.user === user)) return "MEMBER";
  if (repository.collaborators.some((collaborator) => collaborator.user === user)) return "COLLABORATOR";
  return hasContributed(repository, user) ? "CONTRIBUTOR" : "NONE";
}

/** Of a pull request: its author may be new here. */
export function authorAssociationOf(repository: E.Repository, user: E.User): E.Association {
  const association = associationOf(repository, user);
  return association === "NONE" && user.type === "User" ? "FIRST_TIME_CONTRIBUTOR" : association;
}
