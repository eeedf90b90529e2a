/** What somebody is to a repository, as GitHub says it beside what they write. */
import type * as E from "../world/entities.ts";

/** Who has a commit on the default branch; grows with the list of commits, made anew when that was rewritten. */
const authors = new WeakMap<E.Repository, { seen: number; last: E.Commit | undefined; users: Set<E.User> }>();

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

function hasContributed(repository: E.Repository, user: E.User): boolean {
  const { commits } = repository;
  let known = authors.get(repository);
  if (known === undefined || (known.seen > 0 && commits[known.seen - 1] !== known.last)) known = { seen: 0, last: undefined, users: new Set() };
  for (const commit of commits.slice(known.seen)) if (commit.author !== null) known.users.add(commit.author);
  known.seen = commits.length;
  known.last = commits.at(-1);
  authors.set(repository, known);
  return known.users.has(user);
}
