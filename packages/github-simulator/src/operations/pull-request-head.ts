/** What a moving, vanishing or returning branch does to the pull requests that come from it. */
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { filesOf, linesOf } from "./commits.ts";
import { setState } from "./conversations.ts";
import { freshSha } from "./shas.ts";
import { record } from "./timeline.ts";
import { touch } from "./touch.ts";

type Branch = { readonly repository: E.Repository; readonly name: string };

export function pullRequestsFrom(world: World, { repository, name }: Branch): readonly E.PullRequest[] {
  return world.pullRequestsByHead.get(`${repository.id}:${name}`) ?? [];
}

export function addToHead(world: World, pullRequest: E.PullRequest): void {
  if (pullRequest.headRepository === null) return;
  const key = `${pullRequest.headRepository.id}:${pullRequest.headRef}`;
  world.journal.put(world.pullRequestsByHead, key, [...(world.pullRequestsByHead.get(key) ?? []), pullRequest]);
}

/** Its commits and everything that follows from them. */
export function setCommits(world: World, pullRequest: E.PullRequest, commits: readonly E.Commit[], headSha: string): void {
  const files = filesOf(commits);
  const baseSha = pullRequest.repository.branches.find(({ name }) => name === pullRequest.baseRef)?.head.sha ?? pullRequest.baseSha;
  const { journal } = world;
  journal.assign<E.PullRequest>(pullRequest, { commits, headSha, baseSha, files, ...linesOf(files), changedFiles: files.length, mergeCommitSha: freshSha(world, "trial merge") });
}

/** `commits`: the new ones after a push; all of them after a forced one. */
export function followHead(world: World, { actor, branch, before, commits, forced }: { readonly actor: E.User; readonly branch: E.Branch; readonly before: string; readonly commits: readonly E.Commit[]; readonly forced: boolean }): void {
  const after = branch.head.sha;
  for (const pullRequest of pullRequestsFrom(world, branch)) {
    if (pullRequest.state === "closed") continue;
    setCommits(world, pullRequest, forced ? commits : [...pullRequest.commits, ...commits], after);
    moveThreads(world, pullRequest, commits);
    if (forced) record(world, { on: pullRequest, type: "head_ref_force_pushed", actor, subject: { is: "force-push", before, after } });
    touch(world, pullRequest);
    world.emit({ at: world.now(), actor, event: "pull_request", action: "synchronize", repository: pullRequest.repository, pullRequest, before, after });
  }
}

/** A thread on a file that changed is outdated; the others move on to the new head, which no `updated_at` shows. */
function moveThreads(world: World, pullRequest: E.PullRequest, commits: readonly E.Commit[]): void {
  if (pullRequest.threads.length === 0) return;
  const changed = new Set(commits.flatMap(({ files }) => files.map(({ path }) => path)));
  for (const thread of pullRequest.threads) {
    if (thread.outdated) continue;
    if (changed.has(thread.path)) world.journal.set(thread, "outdated", true);
    else for (const comment of thread.comments) world.journal.set(comment, "commitSha", pullRequest.headSha);
  }
}

/** GitHub closes what can no longer be merged. */
export function loseHead(world: World, actor: E.User, branch: Branch): void {
  for (const pullRequest of pullRequestsFrom(world, branch)) {
    record(world, { on: pullRequest, type: "head_ref_deleted", actor });
    closeUnmerged(world, actor, pullRequest);
  }
}

export function regainHead(world: World, actor: E.User, branch: Branch): void {
  for (const pullRequest of pullRequestsFrom(world, branch)) record(world, { on: pullRequest, type: "head_ref_restored", actor });
}

export function closeUnmerged(world: World, actor: E.User, pullRequest: E.PullRequest): void {
  if (pullRequest.state === "closed") return;
  setState(world, pullRequest, "closed");
  world.journal.assign<E.PullRequest>(pullRequest, { closedAt: world.now(), closedBy: actor, autoMerge: null });
  record(world, { on: pullRequest, type: "closed", actor });
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request", action: "closed", repository: pullRequest.repository, pullRequest });
}
