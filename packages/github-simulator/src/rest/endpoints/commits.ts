/** Commits, comparisons and comments on commits; git's references. */
import type * as E from "../../world/entities.ts";
import { toCheckRun, toCheckSuite } from "../../shapes/check.ts";
import { toCommitComment } from "../../shapes/commit-comment.ts";
import { toCommit, toFile, toFullCommit, toGitCommit } from "../../shapes/commit.ts";
import { toPullRequestItem } from "../../shapes/pull-request.ts";
import { toBranch, toFullBranch, toRef, toTag } from "../../shapes/ref.ts";
import { repoApi, repoHtml } from "../../shapes/shaping.ts";
import { toCombinedStatus, toStatus } from "../../shapes/status.ts";
import { ApiError, notFound } from "../../server/api-error.ts";
import { checkRunsOf } from "../attempts.ts";
import { ok, type Answer, type Call, type Endpoint } from "../call.ts";
import { emptyRepository, historyFrom, mustResolve, resolveRef } from "../commit-graph.ts";
import { found, numberIn, onRepository, reads, timeIn } from "../define.ts";
import { page } from "../paging.ts";
import { reactions } from "./issues.ts";

const CONTENTS = reads("contents");
const FILES_OF_A_COMPARISON = 300;

export const COMMITS: readonly Endpoint[] = [
  onRepository("/commits", "commits/commits#list-commits", CONTENTS, commits),
  onRepository("/commits/:ref", "commits/commits#get-a-commit", CONTENTS, (call, repository) => {
    const commit = mustResolve(call, repository, ref(call));
    return ok(toFullCommit(call.s, commit, repository), commit.committedAt);
  }),
  onRepository("/commits/:ref/comments", "commits/comments#list-commit-comments", CONTENTS, (call, repository) => {
    const { sha } = mustResolve(call, repository, ref(call));
    return page(call, repository.commitComments.filter(({ commitSha }) => commitSha === sha), (comment) => toCommitComment(call.s, comment));
  }),
  onRepository("/commits/:ref/status", "commits/statuses#get-the-combined-status-for-a-specific-reference", reads("statuses"), (call, repository) => {
    const { sha } = mustResolve(call, repository, ref(call));
    return ok(toCombinedStatus(call.s, repository, sha, statusesOf(repository, sha)));
  }),
  onRepository("/commits/:ref/statuses", "commits/statuses#list-commit-statuses-for-a-reference", reads("statuses"), (call, repository) =>
    page(call, statusesOf(repository, mustResolve(call, repository, ref(call)).sha).toReversed(), (status) => toStatus(call.s, status))),
  onRepository("/commits/:ref/check-runs", "checks/runs#list-check-runs-for-a-git-reference", reads("checks"), (call, repository) => {
    const { sha } = mustResolve(call, repository, ref(call));
    const runs = suitesOf(repository, sha).flatMap((suite) => checkRunsOf(call, suite));
    const [name, status] = [call.query.get("check_name"), call.query.get("status")];
    const wanted = runs.filter((run) => (name === null || run.name === name) && (status === null || run.status === status));
    return page(call, wanted, (run) => toCheckRun(call.s, run), { wrap: (check_runs, total_count) => ({ total_count, check_runs }) });
  }),
  onRepository("/commits/:ref/check-suites", "checks/suites#list-check-suites-for-a-git-reference", reads("checks"), (call, repository) => {
    const { sha } = mustResolve(call, repository, ref(call));
    return page(call, suitesOf(repository, sha), (suite) => toCheckSuite(call.s, suite), { wrap: (check_suites, total_count) => ({ total_count, check_suites }) });
  }),
  onRepository("/commits/:ref/pulls", "commits/commits#list-pull-requests-associated-with-a-commit", reads("pull_requests"), (call, repository) => {
    const { sha } = mustResolve(call, repository, ref(call));
    return page(call, repository.pullRequests.filter((pull) => pull.mergeCommitSha === sha || pull.commits.some((commit) => commit.sha === sha)), (pull) => toPullRequestItem(call.s, pull));
  }),
  onRepository("/commits/:ref/branches-where-head", "commits/commits#list-branches-for-head-commit", CONTENTS, (call, repository) => {
    const { sha } = mustResolve(call, repository, ref(call));
    return ok(repository.branches.filter(({ head }) => head.sha === sha).map((branch) => toBranch(call.s, branch)));
  }),
  onRepository("/comments", "commits/comments#list-commit-comments-for-a-repository", CONTENTS, (call, repository) => page(call, repository.commitComments, (comment) => toCommitComment(call.s, comment))),
  onRepository("/comments/:id", "commits/comments#get-a-commit-comment", CONTENTS, (call, repository) => ok(toCommitComment(call.s, commentIn(call, repository)), commentIn(call, repository).updatedAt)),
  onRepository("/comments/:id/reactions", "reactions/reactions#list-reactions-for-a-commit-comment", CONTENTS, (call, repository) => reactions(call, repository, commentIn(call, repository).reactions)),
  onRepository("/compare/*basehead", "commits/commits#compare-two-commits", CONTENTS, compare),
  onRepository("/branches", "branches/branches#list-branches", CONTENTS, (call, repository) => {
    const wanted = call.query.get("protected");
    const named = repository.branches.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return page(call, wanted === null ? named : named.filter((branch) => String(branch.protected) === wanted), (branch) => toBranch(call.s, branch));
  }),
  onRepository("/branches/*branch", "branches/branches#get-a-branch", CONTENTS, (call, repository) => {
    const branch = repository.branches.find(({ name }) => name === call.params["branch"]);
    if (branch === undefined) throw new ApiError(404, "Branch not found");
    return ok(toFullBranch(call.s, branch));
  }),
  onRepository("/tags", "repos/repos#list-repository-tags", CONTENTS, (call, repository) => page(call, repository.tags.toSorted((a, b) => (a.name > b.name ? -1 : 1)), (tag) => toTag(call.s, tag))),
  onRepository("/statuses/:sha", "commits/statuses#list-commit-statuses-for-a-reference", reads("statuses"), (call, repository) => page(call, statusesOf(repository, call.params["sha"] ?? "").toReversed(), (status) => toStatus(call.s, status))),
  onRepository("/git/commits/:sha", "git/commits#get-a-commit-object", CONTENTS, (call, repository) => ok(toGitCommit(call.s, found(resolveRef(call, repository, call.params["sha"] ?? "")), repository))),
  onRepository("/git/ref/*ref", "git/refs#get-a-reference", CONTENTS, (call, repository) => {
    const one = found(refsOf(repository).find(([name]) => name === `refs/${call.params["ref"]}`));
    return ok(toRef(call.s, repository, ...one));
  }),
  onRepository("/git/matching-refs/*ref", "git/refs#list-matching-references", CONTENTS, (call, repository) => ok(refsOf(repository).filter(([name]) => name.startsWith(`refs/${call.params["ref"]}`)).map((one) => toRef(call.s, repository, ...one)))),
  onRepository("/git/refs", "git/refs#list-matching-references", CONTENTS, (call, repository) => page(call, refsOf(repository), (one) => toRef(call.s, repository, ...one))),
  onRepository("/git/refs/*ref", "git/refs#list-matching-references", CONTENTS, (call, repository) => {
    const matching = refsOf(repository).filter(([name]) => name === `refs/${call.params["ref"]}` || name.startsWith(`refs/${call.params["ref"]}/`));
    if (matching.length === 0) throw notFound();
    return page(call, matching, (one) => toRef(call.s, repository, ...one));
  }),
];

function ref(call: Call): string {
  return call.params["ref"] ?? "";
}

function refsOf(repository: E.Repository): readonly (readonly [name: string, sha: string])[] {
  return [
    ...repository.branches.map(({ name, head }) => [`refs/heads/${name}`, head.sha] as const),
    ...repository.pullRequests.map(({ number, headSha }) => [`refs/pull/${number}/head`, headSha] as const),
    ...repository.tags.map(({ name, commit }) => [`refs/tags/${name}`, commit.sha] as const),
  ];
}

export function statusesOf(repository: E.Repository, sha: string): readonly E.Status[] {
  return repository.statuses.filter((status) => status.sha === sha);
}

function suitesOf(repository: E.Repository, sha: string): readonly E.CheckSuite[] {
  return repository.checkSuites.filter(({ headSha }) => headSha === sha);
}

function commentIn(call: Call, repository: E.Repository): E.CommitComment {
  return found(repository.commitComments.find(({ id }) => id === numberIn(call, "id")));
}

function commits(call: Call, repository: E.Repository): Answer {
  if (repository.commits.length === 0 && repository.branches.length === 0) throw emptyRepository();
  const { query } = call;
  const start = resolveRef(call, repository, query.get("sha") ?? "HEAD");
  if (start === null) throw notFound();
  const [since, until, path, author, committer] = [timeIn(call, "since"), timeIn(call, "until"), query.get("path"), query.get("author")?.toLowerCase(), query.get("committer")?.toLowerCase()];
  const all = historyFrom(call, repository, start);
  if (since === null && until === null && path === null && author === undefined && committer === undefined) return page(call, all, (commit) => toCommit(call.s, commit, repository));
  const isBy = (user: E.User | null, email: string, wanted: string | undefined): boolean => wanted === undefined || user?.login.toLowerCase() === wanted || email.toLowerCase() === wanted;
  const wanted = all.filter(
    (commit) =>
      (since === null || commit.committedAt >= since) && (until === null || commit.committedAt <= until) && isBy(commit.author, commit.authorEmail, author) && isBy(commit.committer, commit.committerEmail, committer) &&
      (path === null || path === "" || commit.files.some((file) => file.path === path || file.path.startsWith(`${path}/`))),
  );
  return page(call, wanted, (commit) => toCommit(call.s, commit, repository));
}

function compare(call: Call, repository: E.Repository): Answer {
  const [from = "", to = ""] = (call.params["basehead"] ?? "").split("...");
  const short = (name: string): string => name.split(":").at(-1) ?? name;
  const [base, head] = [found(resolveRef(call, repository, short(from))), found(resolveRef(call, repository, short(to)))];
  const [ofBase, ofHead] = [historyFrom(call, repository, base), historyFrom(call, repository, head)];
  const inBase = new Set(ofBase.map(({ sha }) => sha));
  const ahead = ofHead.filter(({ sha }) => !inBase.has(sha)).toReversed();
  const inHead = new Set(ofHead.map(({ sha }) => sha));
  const behind = ofBase.filter(({ sha }) => !inHead.has(sha)).length;
  const mergeBase = ofHead.find(({ sha }) => inBase.has(sha)) ?? base;
  const files = new Map(ahead.flatMap((commit) => commit.files.map((file) => [file.path, toFile(call.s, file, head.sha, repository)] as const)));
  const url = `${repoApi(call.s, repository)}/compare/${from}...${to}`;
  const html = `${repoHtml(call.s, repository)}/compare/${from}...${to}`;
  return page(call, ahead, (commit) => toCommit(call.s, commit, repository), {
    defaultSize: 250,
    wrap: (shapes, total) => ({
      url, html_url: html, permalink_url: `${repoHtml(call.s, repository)}/compare/${base.sha.slice(0, 12)}...${head.sha.slice(0, 12)}`, diff_url: `${html}.diff`, patch_url: `${html}.patch`,
      base_commit: toCommit(call.s, base, repository), merge_base_commit: toCommit(call.s, mergeBase, repository),
      status: total > 0 ? (behind > 0 ? "diverged" : "ahead") : behind > 0 ? "behind" : "identical", ahead_by: total, behind_by: behind, total_commits: total,
      commits: shapes, files: [...files.values()].slice(0, FILES_OF_A_COMPARISON),
    }),
  });
}
