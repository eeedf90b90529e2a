/** What happens seldom, or leaves nothing behind but its webhook. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { associationOf } from "./associations.ts";
import { branchNamed } from "./branches-and-commits.ts";
import { freshId } from "./first-ids.ts";
import { NO_SHA, freshSha } from "./shas.ts";
import { edit, isEmpty, touch } from "./touch.ts";

type Of = { readonly actor: E.User; readonly repository: E.Repository };

// Comments on commits

export function commentOnCommit(world: World, { actor, repository, sha, body, path = null, line = null }: Of & { readonly sha: string; readonly body: string; readonly path?: string | null; readonly line?: number | null }): E.CommitComment {
  const now = world.now();
  const comment: E.CommitComment = { id: freshId(world, "commitComment"), repository, commitSha: sha, author: actor, authorAssociation: associationOf(repository, actor), body, path, line, createdAt: now, updatedAt: now, reactions: NONE };
  world.journal.push(repository, "commitComments", comment);
  world.register("CommitComment", comment.id, comment);
  world.emit({ at: now, actor, event: "commit_comment", action: "created", repository, comment });
  return comment;
}

/** No webhook tells of it, nor of its end. */
export function editCommitComment(world: World, { comment, body }: { readonly comment: E.CommitComment; readonly body: string }): void {
  world.journal.set(comment, "body", body);
  touch(world, comment);
}

export function deleteCommitComment(world: World, { comment }: { readonly comment: E.CommitComment }): void {
  world.journal.remove(comment.repository, "commitComments", comment);
  world.forget("CommitComment", comment.id);
}

// Keys and protection

export function addDeployKey(world: World, { actor, repository, title, key, readOnly = true }: Of & Pick<E.DeployKey, "title" | "key"> & Partial<Pick<E.DeployKey, "readOnly">>): E.DeployKey {
  const added: E.DeployKey = { id: freshId(world, "deployKey"), title, key, readOnly, addedBy: actor, createdAt: world.now() };
  world.journal.push(repository, "deployKeys", added);
  world.emit({ at: world.now(), actor, event: "deploy_key", action: "created", repository, key: added });
  return added;
}

export function deleteDeployKey(world: World, { actor, repository, key }: Of & { readonly key: E.DeployKey }): void {
  world.journal.remove(repository, "deployKeys", key);
  world.emit({ at: world.now(), actor, event: "deploy_key", action: "deleted", repository, key });
}

/** `name` is a branch's; patterns are not matched. */
export function protectBranch(world: World, { actor, repository, name, requiredApprovals = 1 }: Of & Pick<E.BranchProtectionRule, "name"> & Partial<Pick<E.BranchProtectionRule, "requiredApprovals">>): E.BranchProtectionRule {
  const now = world.now();
  const rule: E.BranchProtectionRule = { id: freshId(world, "branchProtectionRule"), repository, name, createdAt: now, updatedAt: now, requiredApprovals };
  world.journal.push(repository, "branchProtectionRules", rule);
  world.register("BranchProtectionRule", rule.id, rule);
  setProtected(world, rule, true);
  world.emit({ at: now, actor, event: "branch_protection_rule", action: "created", repository, rule });
  return rule;
}

export function editProtection(world: World, { actor, rule, requiredApprovals }: { readonly actor: E.User; readonly rule: E.BranchProtectionRule; readonly requiredApprovals: number }): void {
  const { requiredApprovals: changed, ...others } = edit<E.BranchProtectionRule>(world, rule, { requiredApprovals });
  if (isEmpty(others) && changed === undefined) return;
  touch(world, rule);
  world.emit({ at: world.now(), actor, event: "branch_protection_rule", action: "edited", repository: rule.repository, rule });
}

export function unprotectBranch(world: World, { actor, rule }: { readonly actor: E.User; readonly rule: E.BranchProtectionRule }): void {
  world.journal.remove(rule.repository, "branchProtectionRules", rule);
  world.forget("BranchProtectionRule", rule.id);
  setProtected(world, rule, false);
  world.emit({ at: world.now(), actor, event: "branch_protection_rule", action: "deleted", repository: rule.repository, rule });
}

function setProtected(world: World, { repository, name }: E.BranchProtectionRule, isProtected: boolean): void {
  const branch = branchNamed(repository, name);
  if (branch !== undefined) world.journal.set(branch, "protected", isProtected);
}

// The merge queue

/** Enters the queue, where a merge with the base is checked. */
export function enqueue(world: World, { actor, pullRequest }: { readonly actor: E.User; readonly pullRequest: E.PullRequest }): void {
  const { repository } = pullRequest;
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request", action: "enqueued", repository, pullRequest });
  world.emit({ at: world.now(), actor, event: "merge_group", action: "checks_requested", ...groupOf(world, pullRequest) });
}

/** Leaves the queue, merged or not. */
export function dequeue(world: World, { actor, pullRequest }: { readonly actor: E.User; readonly pullRequest: E.PullRequest }): void {
  const { repository } = pullRequest;
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "merge_group", action: "destroyed", ...groupOf(world, pullRequest) });
  world.emit({ at: world.now(), actor, event: "pull_request", action: "dequeued", repository, pullRequest });
}

function groupOf(world: World, pullRequest: E.PullRequest): { readonly repository: E.Repository; readonly pullRequest: E.PullRequest; readonly headSha: string; readonly baseSha: string } {
  const { repository, baseRef } = pullRequest;
  return { repository, pullRequest, headSha: pullRequest.mergeCommitSha ?? freshSha(world, "merge group"), baseSha: branchNamed(repository, baseRef)?.head.sha ?? NO_SHA };
}

// Pages, wiki, packages, dispatches

export function buildPages(world: World, { actor, repository }: Of): void {
  const commit = branchNamed(repository, repository.defaultBranch)?.head;
  if (commit !== undefined) world.emit({ at: world.now(), actor, event: "page_build", action: null, repository, buildId: freshId(world, "pageBuild"), commit });
}

/** Wiki pages are not kept. */
export function editWiki(world: World, { actor, repository, pages }: Of & { readonly pages: readonly { readonly title: string; readonly action: "created" | "edited" }[] }): void {
  touch(world, repository);
  const told = pages.map(({ title, action }) => ({ name: title.replaceAll(" ", "-"), title, action, sha: freshSha(world, `wiki ${title}`) }));
  world.emit({ at: world.now(), actor, event: "gollum", action: null, repository, pages: told });
}

export type PackageVersion = { readonly id: number; readonly name: string; readonly version: string; readonly versionId: number };

/** The first version makes the package; a later one gets its `id`. Packages are not kept. Told under the old and the new name of the event. */
export function publishPackage(world: World, { actor, repository, name, version, id }: Of & { readonly name: string; readonly version: string; readonly id?: number }): PackageVersion {
  const published = { id: id ?? freshId(world, "package"), name, version, versionId: freshId(world, "packageVersion") };
  for (const event of ["package", "registry_package"] as const) world.emit({ at: world.now(), actor, event, action: "published", repository, package: published });
  return published;
}

/** New metadata for a version that is there. */
export function updatePackage(world: World, { actor, repository, version }: Of & { readonly version: PackageVersion }): void {
  for (const event of ["package", "registry_package"] as const) world.emit({ at: world.now(), actor, event, action: "updated", repository, package: version });
}

export function dispatchRepository(world: World, { actor, repository, eventType }: Of & { readonly eventType: string }): void {
  world.emit({ at: world.now(), actor, event: "repository_dispatch", action: eventType, repository, branch: repository.defaultBranch });
}
