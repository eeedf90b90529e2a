/** What is on a repository's default branch, and by whom: grows with its list of commits, made anew when that was rewritten. */
import type * as E from "../world/entities.ts";

type Known = { seen: number; last: E.Commit | undefined; readonly commits: Set<E.Commit>; readonly authors: Set<E.User> };

const indices = new WeakMap<E.Repository, Known>();

export function isOnDefaultBranch(repository: E.Repository, commit: E.Commit): boolean {
  return knownOf(repository).commits.has(commit);
}

export function hasContributed(repository: E.Repository, user: E.User): boolean {
  return knownOf(repository).authors.has(user);
}

function knownOf(repository: E.Repository): Known {
  const { commits } = repository;
  let known = indices.get(repository);
  if (known === undefined || (known.seen > 0 && commits[known.seen - 1] !== known.last)) {
    known = { seen: 0, last: undefined, commits: new Set(), authors: new Set() };
    indices.set(repository, known);
  }
  if (known.seen === commits.length) return known;
  for (const commit of commits.slice(known.seen)) {
    known.commits.add(commit);
    if (commit.author !== null) known.authors.add(commit.author);
  }
  known.seen = commits.length;
  known.last = commits.at(-1);
  return known;
}
