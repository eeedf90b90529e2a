/** Commits by reference, and what leads to them. */
import { ApiError } from "../server/api-error.ts";
import { findCommit } from "../shapes/commit.ts";
import type { Commit, Repository } from "../world/entities.ts";
import type { Call } from "./call.ts";
import { derived } from "./derived.ts";

/** A branch, a tag, a sha or its beginning; null: there is no such thing. */
export function resolveRef(call: Call, repository: Repository, ref: string): Commit | null {
  const name = ref.replace(/^(?:refs\/)?(?:heads|tags)\//, "");
  const branch = repository.branches.find((one) => one.name === name);
  if (branch !== undefined) return branch.head;
  if (name === "HEAD") return headOf(repository);
  const tag = repository.tags.find((one) => one.name === name);
  if (tag !== undefined) return tag.commit;
  if (!/^[0-9a-f]{7,40}$/.test(name)) return null;
  if (name.length === 40) return findCommit(call.s, repository, name) ?? (repository.parent === null ? null : findCommit(call.s, repository.parent, name));
  return repository.commits.find(({ sha }) => sha.startsWith(name)) ?? null;
}

export function mustResolve(call: Call, repository: Repository, ref: string): Commit {
  if (repository.commits.length === 0 && repository.branches.length === 0) throw emptyRepository();
  const commit = resolveRef(call, repository, ref);
  if (commit === null) throw new ApiError(422, `No commit found for SHA: ${ref}`);
  return commit;
}

export function emptyRepository(): ApiError {
  return new ApiError(409, "Git Repository is empty.");
}

function headOf(repository: Repository): Commit | null {
  return repository.branches.find(({ name }) => name === repository.defaultBranch)?.head ?? repository.commits.at(-1) ?? null;
}

/** Newest first, from one commit on: first its own way to the default branch, then the default branch. */
export function historyFrom(call: Call, repository: Repository, start: Commit): readonly Commit[] {
  const index = derived(call.world, repository, "index-of-default-branch", () => new Map(repository.commits.map((commit, at) => [commit.sha, at])));
  const own: Commit[] = [];
  const seen = new Set<string>();
  for (let commit: Commit | null = start; commit !== null; ) {
    const at = index.get(commit.sha);
    if (at !== undefined) return [...own, ...derived(call.world, repository, `history-${at}`, () => repository.commits.slice(0, at + 1).toReversed())];
    if (seen.has(commit.sha)) break;
    seen.add(commit.sha);
    own.push(commit);
    const parent: string | undefined = commit.parents[0];
    commit = parent === undefined ? null : findCommit(call.s, repository, parent);
  }
  return own;
}
