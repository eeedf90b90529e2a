/** What happens to pull requests alone; what they share with issues is in conversations.ts, reviews in reviews.ts, a moving head in pull-request-head.ts. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { authorAssociationOf } from "./associations.ts";
import { branchNamed, commitsAhead, moveBranch, push } from "./branches-and-commits.ts";
import { makeCommit, webFlow } from "./commits.ts";
import { setState, takeNumber } from "./conversations.ts";
import { freshId } from "./first-ids.ts";
import { closeIssue } from "./issues.ts";
import { addToHead, closeUnmerged, setCommits } from "./pull-request-head.ts";
import { issuesClosedBy, record, recordReferences } from "./timeline.ts";
import { edit, touch } from "./touch.ts";

type Of = { readonly actor: E.User; readonly pullRequest: E.PullRequest };
type NewPullRequest = {
  readonly actor: E.User; readonly repository: E.Repository; readonly title: string; readonly body?: string | null; readonly draft?: boolean;
  readonly head: { readonly repository: E.Repository; readonly branch: string };
  /** A branch; the default one unless said. */
  readonly base?: string;
};

/** The branch must be there, with commits of its own. Labels, assignees and reviewers come afterwards, as GitHub tells them. */
export function openPullRequest(world: World, { actor, repository, title, body = null, draft = false, head, base = repository.defaultBranch }: NewPullRequest): E.PullRequest {
  const now = world.now();
  const [from, onto] = [branchNamed(head.repository, head.branch), branchNamed(repository, base)];
  if (from === undefined || onto === undefined) throw new Error(`No branch ${head.branch} or ${base} to open a pull request from`);
  const pullRequest: E.PullRequest = {
    type: "pull-request", id: freshId(world, "pullRequest"), issueId: freshId(world, "issue"), repository, number: takeNumber(world, repository), title, body, author: actor, authorAssociation: authorAssociationOf(repository, actor),
    state: "open", locked: false, lockReason: null, labels: NONE, assignees: NONE, milestone: null, comments: NONE, timeline: NONE, reactions: NONE,
    createdAt: now, updatedAt: now, closedAt: null, closedBy: null, draft, mergedAt: null, mergedBy: null, mergeCommitSha: null, autoMerge: null,
    headRef: head.branch, headSha: from.head.sha, headRepository: head.repository, headOwner: head.repository.owner, baseRef: base, baseSha: onto.head.sha,
    commits: NONE, additions: 0, deletions: 0, changedFiles: 0, files: NONE, reviews: NONE, threads: NONE, requestedReviewers: NONE, requestedTeams: NONE,
  };
  setCommits(world, pullRequest, commitsAhead(world, { head: from, base: onto }), from.head.sha);
  world.journal.push(repository, "numbered", pullRequest);
  world.journal.push(repository, "pullRequests", pullRequest);
  world.register("PullRequest", pullRequest.id, pullRequest);
  world.register("IssueOfPullRequest", pullRequest.issueId, pullRequest);
  addToHead(world, pullRequest);
  for (const issue of issuesClosedBy(world, repository, body)) record(world, { on: issue, type: "connected", actor, subject: { is: "source", source: pullRequest } });
  recordReferences(world, { on: pullRequest, actor, text: body });
  world.emit({ at: now, actor, event: "pull_request", action: "opened", repository, pullRequest });
  return pullRequest;
}

export function editPullRequest(world: World, { actor, pullRequest, title, body, base }: Of & { readonly title?: string; readonly body?: string | null; readonly base?: string }): void {
  const { repository, title: formerTitle, baseRef, baseSha } = pullRequest;
  const changes = edit<E.PullRequest>(world, pullRequest, { ...(title !== undefined && { title }), ...(body !== undefined && { body }) });
  if (title !== undefined && title !== formerTitle) record(world, { on: pullRequest, type: "renamed", actor, subject: { is: "rename", from: formerTitle, to: title } });
  if (body !== undefined) recordReferences(world, { on: pullRequest, actor, text: body });
  const onto = base === undefined || base === baseRef ? undefined : branchNamed(repository, base);
  if (onto !== undefined) {
    world.journal.assign<E.PullRequest>(pullRequest, { baseRef: onto.name, baseSha: onto.head.sha });
    readHead(world, pullRequest);
    record(world, { on: pullRequest, type: "base_ref_changed", actor, subject: { is: "ref", from: baseRef, to: onto.name } });
  }
  const told = onto === undefined ? changes : { ...changes, "base.ref": { from: baseRef }, "base.sha": { from: baseSha } };
  if (Object.keys(told).length === 0) return;
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request", action: "edited", repository, pullRequest, changes: told });
}

export function closePullRequest(world: World, { actor, pullRequest }: Of): void {
  closeUnmerged(world, actor, pullRequest);
}

/** With what was pushed to its branch meanwhile. */
export function reopenPullRequest(world: World, { actor, pullRequest }: Of): void {
  if (pullRequest.state === "open" || pullRequest.mergedAt !== null) return;
  setState(world, pullRequest, "open");
  world.journal.assign<E.PullRequest>(pullRequest, { closedAt: null, closedBy: null });
  readHead(world, pullRequest);
  record(world, { on: pullRequest, type: "reopened", actor });
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request", action: "reopened", repository: pullRequest.repository, pullRequest });
}

/** Its commits anew, from where its branches are now. */
function readHead(world: World, pullRequest: E.PullRequest): void {
  const { repository, headRepository, headRef, baseRef } = pullRequest;
  const [head, base] = [headRepository === null ? undefined : branchNamed(headRepository, headRef), branchNamed(repository, baseRef)];
  if (head !== undefined && base !== undefined) setCommits(world, pullRequest, commitsAhead(world, { head, base }), head.head.sha);
}

/** The push to the base comes first, then the pull request, then the issues that it closes. */
export function mergePullRequest(world: World, { actor, pullRequest, method = "merge", title }: Of & { readonly method?: "merge" | "squash" | "rebase"; readonly title?: string }): E.Commit | undefined {
  const { repository, baseRef } = pullRequest;
  const base = branchNamed(repository, baseRef);
  if (pullRequest.state === "closed" || base === undefined) return undefined;
  const commits = mergedCommits(world, { actor, pullRequest, method, title, onto: base.head.sha });
  const merge = commits.at(-1);
  if (merge === undefined) return undefined;
  setState(world, pullRequest, "closed");
  const now = world.now();
  world.journal.assign<E.PullRequest>(pullRequest, { mergedAt: now, mergedBy: actor, closedAt: now, closedBy: actor, mergeCommitSha: merge.sha });
  record(world, { on: pullRequest, type: "merged", actor, subject: { is: "commit", sha: merge.sha } });
  record(world, { on: pullRequest, type: "closed", actor });
  touch(world, pullRequest);
  moveBranch(world, { actor, repository, name: baseRef, commits });
  world.emit({ at: now, actor, event: "pull_request", action: "closed", repository, pullRequest });
  if (baseRef === repository.defaultBranch) for (const issue of issuesClosedBy(world, repository, pullRequest.body)) closeIssue(world, { actor, issue, by: pullRequest });
  return merge;
}

type Merge = Of & { readonly method: "merge" | "squash" | "rebase"; readonly title: string | undefined; readonly onto: string };

function mergedCommits(world: World, { actor, pullRequest, method, title, onto }: Merge): E.Commit[] {
  const { repository, number, commits, files, headSha, headOwner, headRef } = pullRequest;
  if (method === "merge") {
    const message = title ?? `Merge pull request #${number} from ${headOwner.login}/${headRef}\n\n${pullRequest.title}`;
    return [...commits, makeCommit(world, { repository, parents: [onto, headSha], by: actor, draft: { message, committer: webFlow(world) } })];
  }
  if (method === "squash") {
    const message = title ?? `${pullRequest.title} (#${number})`;
    return [makeCommit(world, { repository, parents: [onto], by: pullRequest.author, draft: { message, files, committer: webFlow(world) } })];
  }
  const copies: E.Commit[] = [];
  for (const { message, files: changed, author, authorName, authorEmail, authoredAt } of commits) {
    copies.push(makeCommit(world, { repository, parents: [copies.at(-1)?.sha ?? onto], by: actor, draft: { message, files: changed, author, authorName, authorEmail, authoredAt, committer: { user: actor, name: actor.name ?? actor.login, email: `${actor.id}+${actor.login}@users.noreply.github.com` } } }));
  }
  return copies;
}

/** The button "Update branch": the base is merged into the head. */
export function updateBranch(world: World, { actor, pullRequest }: Of): void {
  const { repository, headRepository, headRef, baseRef } = pullRequest;
  const merges = branchNamed(repository, baseRef)?.head.sha;
  if (headRepository === null || merges === undefined) return;
  push(world, { actor, repository: headRepository, branch: headRef, commits: [{ message: `Merge branch '${baseRef}' into ${headRef}`, merges, committer: webFlow(world) }] });
}

export function convertToDraft(world: World, { actor, pullRequest }: Of): void {
  world.journal.set(pullRequest, "draft", true);
  record(world, { on: pullRequest, type: "convert_to_draft", actor });
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request", action: "converted_to_draft", repository: pullRequest.repository, pullRequest });
}

export function markReadyForReview(world: World, { actor, pullRequest }: Of): void {
  world.journal.set(pullRequest, "draft", false);
  record(world, { on: pullRequest, type: "ready_for_review", actor });
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request", action: "ready_for_review", repository: pullRequest.repository, pullRequest });
}

type Reviewer = E.User | E.Team;

/** Also of somebody who has reviewed already. */
export function requestReview(world: World, { actor, pullRequest, reviewer }: Of & { readonly reviewer: Reviewer }): void {
  if (isRequested(pullRequest, reviewer)) return;
  if ("slug" in reviewer) world.journal.push(pullRequest, "requestedTeams", reviewer);
  else world.journal.push(pullRequest, "requestedReviewers", reviewer);
  record(world, { on: pullRequest, type: "review_requested", actor, subject: subjectOf(reviewer) });
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request", action: "review_requested", repository: pullRequest.repository, pullRequest, reviewer });
}

export function removeReviewRequest(world: World, { actor, pullRequest, reviewer }: Of & { readonly reviewer: Reviewer }): void {
  if (!isRequested(pullRequest, reviewer)) return;
  if ("slug" in reviewer) world.journal.remove(pullRequest, "requestedTeams", reviewer);
  else world.journal.remove(pullRequest, "requestedReviewers", reviewer);
  record(world, { on: pullRequest, type: "review_request_removed", actor, subject: subjectOf(reviewer) });
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request", action: "review_request_removed", repository: pullRequest.repository, pullRequest, reviewer });
}

function isRequested({ requestedReviewers, requestedTeams }: E.PullRequest, reviewer: Reviewer): boolean {
  return "slug" in reviewer ? requestedTeams.includes(reviewer) : requestedReviewers.includes(reviewer);
}

function subjectOf(reviewer: Reviewer): E.TimelineSubject {
  return "slug" in reviewer ? { is: "team", team: reviewer } : { is: "user", user: reviewer };
}

export function enableAutoMerge(world: World, { actor, pullRequest, method = "squash" }: Of & { readonly method?: "merge" | "squash" | "rebase" }): void {
  world.journal.set(pullRequest, "autoMerge", { enabledBy: actor, method });
  record(world, { on: pullRequest, type: "auto_merge_enabled", actor });
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request", action: "auto_merge_enabled", repository: pullRequest.repository, pullRequest });
}

export function disableAutoMerge(world: World, { actor, pullRequest }: Of): void {
  world.journal.set(pullRequest, "autoMerge", null);
  record(world, { on: pullRequest, type: "auto_merge_disabled", actor });
  touch(world, pullRequest);
  world.emit({ at: world.now(), actor, event: "pull_request", action: "auto_merge_disabled", repository: pullRequest.repository, pullRequest });
}
