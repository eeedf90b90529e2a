/** Pushes, branches and tags. A push tells everything that follows from it: pull requests, check suites, closed issues. */
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { requestCheckSuites } from "./checks.ts";
import { commitsSince, makeCommit, type CommitDraft } from "./commits.ts";
import { closeIssue } from "./issues.ts";
import { isOnDefaultBranch } from "./default-branch.ts";
import { followHead, loseHead, regainHead } from "./pull-request-head.ts";
import { NO_SHA } from "./shas.ts";
import { issuesClosedBy, record, referencesOfCommit } from "./timeline.ts";
import { touch } from "./touch.ts";

type Of = { readonly actor: E.User; readonly repository: E.Repository };

export function branchNamed(repository: E.Repository, name: string): E.Branch | undefined {
  return repository.branches.findLast((branch) => branch.name === name);
}

/** Onto a branch, which is made if there is none: from `from` (a sha) or else the default branch. */
export function push(world: World, { actor, repository, branch: name, commits: drafts, from }: Of & { readonly branch: string; readonly commits: readonly CommitDraft[]; readonly from?: string }): readonly E.Commit[] {
  const start = branchNamed(repository, name)?.head.sha ?? from ?? branchNamed(repository, repository.defaultBranch)?.head.sha;
  const commits: E.Commit[] = [];
  for (const draft of drafts) {
    const parent = commits.at(-1)?.sha ?? start;
    commits.push(makeCommit(world, { repository, parents: parent === undefined ? [] : [parent], by: actor, draft }));
  }
  moveBranch(world, { actor, repository, name, commits });
  return commits;
}

/** Rewrites what a branch has beyond the default branch (`onto`: a sha to start from instead). */
export function forcePush(world: World, { actor, repository, branch: name, commits: drafts, onto }: Of & { readonly branch: string; readonly commits: readonly CommitDraft[]; readonly onto?: string }): readonly E.Commit[] {
  const commits: E.Commit[] = [];
  for (const draft of drafts) {
    const parent = commits.at(-1)?.sha ?? onto ?? branchNamed(repository, repository.defaultBranch)?.head.sha;
    commits.push(makeCommit(world, { repository, parents: parent === undefined ? [] : [parent], by: actor, draft }));
  }
  moveBranch(world, { actor, repository, name, commits, forced: true });
  return commits;
}

/** At a commit that is there already: the default branch's head unless `sha` says another. */
export function createBranch(world: World, { actor, repository, branch, sha }: Of & { readonly branch: string; readonly sha?: string }): void {
  const head = sha === undefined ? branchNamed(repository, repository.defaultBranch)?.head : world.commits.get(sha);
  if (head !== undefined) moveBranch(world, { actor, repository, name: branch, commits: [], head });
}

export function deleteBranch(world: World, { actor, repository, branch: name }: Of & { readonly branch: string }): void {
  const branch = branchNamed(repository, name);
  if (branch === undefined) return;
  world.journal.remove(repository, "branches", branch);
  world.journal.set(repository, "pushedAt", world.now());
  world.emit({ at: world.now(), actor, event: "delete", action: null, repository, refType: "branch", ref: name });
  world.emit({ at: world.now(), actor, event: "push", action: null, repository, ref: `refs/heads/${name}`, before: branch.head.sha, after: NO_SHA, created: false, deleted: true, forced: false, commits: [] });
  loseHead(world, actor, branch);
}

/** Where it was when it was deleted: `sha`, the head of its pull request. */
export function restoreBranch(world: World, { actor, repository, branch, sha }: Of & { readonly branch: string; readonly sha: string }): void {
  createBranch(world, { actor, repository, branch, sha });
  regainHead(world, actor, { repository, name: branch });
}

export function createTag(world: World, { actor, repository, tag: name, sha }: Of & { readonly tag: string; readonly sha?: string }): void {
  const commit = sha === undefined ? branchNamed(repository, repository.defaultBranch)?.head : world.commits.get(sha);
  if (commit === undefined) return;
  world.journal.push(repository, "tags", { repository, name, commit });
  world.journal.set(repository, "pushedAt", world.now());
  world.emit({ at: world.now(), actor, event: "create", action: null, repository, refType: "tag", ref: name });
  world.emit({ at: world.now(), actor, event: "push", action: null, repository, ref: `refs/tags/${name}`, before: NO_SHA, after: commit.sha, created: true, deleted: false, forced: false, commits: [] });
}

export function deleteTag(world: World, { actor, repository, tag: name }: Of & { readonly tag: string }): void {
  const tag = repository.tags.find((other) => other.name === name);
  if (tag === undefined) return;
  world.journal.remove(repository, "tags", tag);
  world.emit({ at: world.now(), actor, event: "delete", action: null, repository, refType: "tag", ref: name });
  world.emit({ at: world.now(), actor, event: "push", action: null, repository, ref: `refs/tags/${name}`, before: tag.commit.sha, after: NO_SHA, created: false, deleted: true, forced: false, commits: [] });
}

type Move = Of & { readonly name: string; readonly commits: readonly E.Commit[]; readonly head?: E.Commit; readonly forced?: boolean };

/** The head of a branch goes to the last of `commits`, or to `head`; everything that follows is told in GitHub's order. */
export function moveBranch(world: World, { actor, repository, name, commits, head = commits.at(-1), forced = false }: Move): void {
  if (head === undefined) return;
  const { journal } = world;
  const existing = branchNamed(repository, name);
  const before = existing?.head.sha ?? NO_SHA;
  if (existing === undefined) journal.push(repository, "branches", { repository, name, head, protected: false });
  else journal.set(existing, "head", head);
  const branch = existing ?? branchNamed(repository, name);
  const isDefault = name === repository.defaultBranch;
  if (isDefault) extendHistory(world, { repository, commits, forced });
  journal.set(repository, "pushedAt", world.now());
  recordCommitReferences(world, actor, repository, commits);
  if (existing === undefined) world.emit({ at: world.now(), actor, event: "create", action: null, repository, refType: "branch", ref: name });
  world.emit({ at: world.now(), actor, event: "push", action: null, repository, ref: `refs/heads/${name}`, before, after: head.sha, created: existing === undefined, deleted: false, forced, commits });
  if (branch !== undefined && existing !== undefined) followHead(world, { actor, branch, before, commits, forced });
  if (commits.length > 0) requestCheckSuites(world, { actor, repository, branch: name, sha: head.sha });
  if (isDefault) for (const commit of commits) for (const issue of issuesClosedBy(world, repository, commit.message)) closeIssue(world, { actor, issue, by: commit });
}

function extendHistory(world: World, { repository, commits, forced }: { readonly repository: E.Repository; readonly commits: readonly E.Commit[]; readonly forced: boolean }): void {
  const [first] = commits;
  if (forced && first !== undefined) {
    const at = repository.commits.findLastIndex(({ sha }) => sha === first.parents[0]);
    world.journal.set(repository, "commits", [...repository.commits.slice(0, at + 1), ...commits]);
  } else for (const commit of commits) if (!isOnDefaultBranch(repository, commit)) world.journal.push(repository, "commits", commit);
  touch(world, repository);
}

function recordCommitReferences(world: World, actor: E.User, repository: E.Repository, commits: readonly E.Commit[]): void {
  for (const { message, sha } of commits) {
    for (const on of referencesOfCommit(world, repository, message)) {
      if (on.type === "issue") record(world, { on, type: "referenced", actor, subject: { is: "commit", sha } });
    }
  }
}

/** What a branch has beyond its base, oldest first. */
export function commitsAhead(world: World, { head, base }: { readonly head: E.Branch; readonly base: E.Branch }): E.Commit[] {
  const { repository } = base;
  const onDefault = (commit: E.Commit): boolean => isOnDefaultBranch(repository, commit);
  if (base.name === repository.defaultBranch) return commitsSince(world, head.head, onDefault);
  const onBase = new Set(commitsSince(world, base.head, onDefault));
  return commitsSince(world, head.head, (commit) => onBase.has(commit) || onDefault(commit));
}
