/** Of GraphQL nodes and REST objects, as they come: the documents. */
import { expect, test } from "@jest/globals";
import type { JsonObject } from "@octally/shared/json";
import { fetched, observedNode, observedRest } from "../../test/fetched.ts";

const octocat = { __typename: "User", login: "octocat", databaseId: 583231 };
const dependabot = { __typename: "Bot", login: "dependabot", databaseId: 49699333 };
const list = (...nodes: readonly JsonObject[]): JsonObject => ({ totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes });

const pullRequest = {
  id: "PR_kwDOAAAAAc4AAAAC",
  fullDatabaseId: "279147437",
  number: 2,
  author: dependabot,
  authorAssociation: "CONTRIBUTOR",
  title: "Bump a thing",
  body: "",
  createdAt: "2026-05-15T15:20:33Z",
  updatedAt: "2026-05-16T15:20:35Z",
  url: "https://github.com/octo/hello/pull/2",
  state: "MERGED",
  isDraft: false,
  merged: true,
  mergedAt: "2026-05-16T15:20:34Z",
  mergedBy: octocat,
  mergeCommit: { oid: "c0ffee" },
  autoMergeRequest: { enabledBy: octocat, mergeMethod: "SQUASH" },
  closedAt: "2026-05-16T15:20:34Z",
  milestone: { number: 1, title: "v1.0" },
  locked: true,
  activeLockReason: "TOO_HEATED",
  headRefName: "dependabot/thing",
  headRefOid: "ec26c3e",
  headRepository: null,
  baseRefName: "main",
  baseRefOid: "f95f852",
  additions: 10,
  deletions: 4,
  changedFiles: 2,
  labels: list({ name: "dependencies" }, { name: "bug" }),
  assignees: list(octocat),
  reviewRequests: list({ requestedReviewer: octocat }, { requestedReviewer: { __typename: "Team", databaseId: 7, slug: "crew", name: "Crew" } }),
  comments: { totalCount: 3 },
  commits: { totalCount: 1 },
};

test("pull-request", () => {
  expect(observedNode("pull-request", pullRequest)).toEqual({
    id: 279147437,
    node_id: "PR_kwDOAAAAAc4AAAAC",
    number: 2,
    title: "Bump a thing",
    user: { id: 49699333, login: "dependabot[bot]", type: "Bot" },
    author_association: "CONTRIBUTOR",
    body: null,
    created_at: "2026-05-15T15:20:33Z",
    updated_at: "2026-05-16T15:20:35Z",
    html_url: "https://github.com/octo/hello/pull/2",
    state: "closed",
    draft: false,
    merged: true,
    merged_at: "2026-05-16T15:20:34Z",
    merged_by: { id: 583231, login: "octocat", type: "User" },
    merge_commit_sha: "c0ffee",
    auto_merge: { enabled_by: { id: 583231, login: "octocat", type: "User" }, merge_method: "squash" },
    closed_at: "2026-05-16T15:20:34Z",
    labels: [{ name: "bug" }, { name: "dependencies" }],
    assignees: [{ id: 583231, login: "octocat", type: "User" }],
    requested_reviewers: [{ id: 583231, login: "octocat", type: "User" }],
    requested_teams: [{ id: 7, slug: "crew", name: "Crew" }],
    milestone: { number: 1, title: "v1.0" },
    locked: true,
    active_lock_reason: "too heated",
    head: { ref: "dependabot/thing", sha: "ec26c3e", repo: null },
    base: { ref: "main", sha: "f95f852" },
    comments: 3,
    commits: 1,
    additions: 10,
    deletions: 4,
    changed_files: 2,
  });
});

test.each([
  ["a reviewer that the token may not see", { reviewRequests: list({ requestedReviewer: null }) }, ["requested_reviewers", "requested_teams"]],
  ["no word of whether it is a draft", { isDraft: undefined }, ["draft"]],
  ["half a milestone", { milestone: { number: 1, title: undefined } }, ["milestone.title"]],
  ["labels that were not given", { labels: null }, ["labels"]],
  ["a label that was not given", { labels: { ...list(), nodes: [null] } }, ["labels"]],
  ["no count", { commits: null }, ["commits"]],
])("a pull request with %s is not whole", (_, change, missing) => {
  const result = fetched("pull-request", { ...pullRequest, ...change });
  expect(result).toMatchObject({ is: "not-whole", kind: "pull-request", subject: { node_id: "PR_kwDOAAAAAc4AAAAC", key: "2" } });
  expect(result.is === "not-whole" ? result.problems.map((problem) => problem.split(":")[0]) : []).toEqual(missing);
});

test("of a pull request with lists, the list that was cut", () => {
  expect(fetched("pull-request", { ...pullRequest, labels: { ...list(), pageInfo: { hasNextPage: true, endCursor: "Y3Vyc29yOjE=" } } })).toMatchObject({ is: "not-whole" });
});

const review = {
  id: "PRR_kwDOAAAAAc4AAAAD",
  fullDatabaseId: "237895671",
  author: null,
  authorAssociation: "NONE",
  body: "Not yet.",
  createdAt: "2026-05-15T15:20:38Z",
  updatedAt: "2026-05-15T15:20:38Z",
  url: "https://github.com/octo/hello/pull/2#pullrequestreview-237895671",
  state: "CHANGES_REQUESTED",
  submittedAt: "2026-05-15T15:20:38Z",
  commit: { oid: "ec26c3e" },
};
const reviewDocument = {
  id: 237895671,
  node_id: "PRR_kwDOAAAAAc4AAAAD",
  pull_request: { id: 279147437, number: 2 },
  user: { id: 10137, login: "ghost", type: "User" },
  author_association: "NONE",
  state: "changes_requested",
  body: "Not yet.",
  commit_id: "ec26c3e",
  submitted_at: "2026-05-15T15:20:38Z",
  html_url: "https://github.com/octo/hello/pull/2#pullrequestreview-237895671",
};

test("review, below its pull request and alone", () => {
  expect(observedNode("review", review, { below: { id: 279147437, number: 2 } })).toEqual(reviewDocument);
  const alone = { ...review, pullRequest: { fullDatabaseId: "279147437", number: 2 }, repository: { databaseId: 9, nameWithOwner: "octo/moved", owner: { login: "octo" } } };
  expect(fetched("review", alone)).toMatchObject({ is: "observed", observation: { document: reviewDocument, repository: { id: 9, name_with_owner: "octo/moved" }, source: "graphql" } });
});

test("review, by REST", () => {
  const item = { id: 237895671, node_id: "PRR_kwDOAAAAAc4AAAAD", user: null, author_association: "NONE", state: "CHANGES_REQUESTED", body: "Not yet.", commit_id: "ec26c3e", submitted_at: "2026-05-15T15:20:38Z", html_url: reviewDocument.html_url };
  expect(observedRest("review", item, { below: { id: 279147437, number: 2 } })).toEqual(reviewDocument);
});

test("a pending review is nobody's but its author's", () => {
  expect(fetched("review", { ...review, state: "PENDING", submittedAt: null })).toEqual({ is: "nothing" });
});

const reviewCommentDocument = {
  id: 284312630,
  node_id: "PRRC_kwDOAAAAAc4AAAAE",
  pull_request: { number: 2 },
  pull_request_review_id: 237895671,
  in_reply_to_id: 284312629,
  user: { id: 583231, login: "octocat", type: "User" },
  author_association: "MEMBER",
  body: "Why?",
  created_at: "2026-05-15T15:20:37Z",
  updated_at: "2026-05-15T15:20:38Z",
  html_url: "https://github.com/octo/hello/pull/2#discussion_r284312630",
  path: "README.md",
  diff_hunk: "@@ -1 +1 @@",
  original_commit_id: "aaaa",
  original_line: 3,
  original_start_line: null,
  subject_type: "line",
};

test("review-comment", () => {
  const node = {
    id: "PRRC_kwDOAAAAAc4AAAAE",
    fullDatabaseId: "284312630",
    author: octocat,
    authorAssociation: "MEMBER",
    body: "Why?",
    createdAt: "2026-05-15T15:20:37Z",
    updatedAt: "2026-05-15T15:20:38Z",
    url: "https://github.com/octo/hello/pull/2#discussion_r284312630",
    state: "SUBMITTED",
    pullRequestReview: { fullDatabaseId: "237895671" },
    replyTo: { fullDatabaseId: "284312629" },
    path: "README.md",
    diffHunk: "@@ -1 +1 @@",
    originalCommit: { oid: "aaaa" },
      originalLine: 3,
    originalStartLine: null,
    subjectType: "LINE",
    pullRequest: { fullDatabaseId: "279147437", number: 2 },
  };
  expect(observedNode("review-comment", node)).toEqual(reviewCommentDocument);
  const item = { ...reviewCommentDocument, user: { login: "octocat", id: 583231, type: "User" }, pull_request: undefined, pull_request_url: "https://api.github.com/repos/octo/hello/pulls/2" };
  expect(observedRest("review-comment", item)).toEqual(reviewCommentDocument);
  expect(fetched("review-comment", { ...node, originalCommit: null })).toMatchObject({ is: "not-whole", subject: { node_id: node.id, key: "284312630" } });
});

test("review-thread", () => {
  const node = {
    id: "PRRT_kwDOFd42Pc4rQOUv",
    isResolved: true,
    resolvedBy: octocat,
    path: "README.md",
    originalLine: 265,
    originalStartLine: null,
    diffSide: "RIGHT",
    startDiffSide: null,
    subjectType: "LINE",
    // The beginning is enough.
    comments: { totalCount: 5, pageInfo: { hasNextPage: true, endCursor: "Y3Vyc29yOjE=" }, nodes: [{ fullDatabaseId: "284312630", author: octocat, createdAt: "2026-05-15T15:20:37Z", state: "SUBMITTED" }] },
  };
  expect(observedNode("review-thread", node, { below: { id: 279147437, number: 2 } })).toEqual({
    id: 284312630,
    node_id: "PRRT_kwDOFd42Pc4rQOUv",
    pull_request: { id: 279147437, number: 2 },
    is_resolved: true,
    resolved_by: { id: 583231, login: "octocat", type: "User" },
    user: { id: 583231, login: "octocat", type: "User" },
    created_at: "2026-05-15T15:20:37Z",
    path: "README.md",
    original_line: 265,
    original_start_line: null,
    side: "RIGHT",
    start_side: null,
    subject_type: "line",
  });
});

test("pull-request-commit, of a person and of an app", () => {
  const document = {
    pull_request: { id: 279147437, number: 2 },
    sha: "ec26c3e",
    commit: {
      message: "Bump",
      author: { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com", date: "2026-05-15T13:20:33Z" },
      committer: { name: "GitHub", email: "noreply@github.com", date: "2026-05-15T15:20:33Z" },
    },
    author: { login: "dependabot[bot]" },
    html_url: "https://github.com/octo/hello/commit/ec26c3e",
  };
  const node = {
    id: "PURC_1",
    commit: {
      oid: "ec26c3e",
      message: "Bump",
      url: document.html_url,
      author: { ...document.commit.author, date: "2026-05-15T15:20:33+02:00", user: null },
      committer: document.commit.committer,
    },
  };
  expect(observedNode("pull-request-commit", node, { below: { id: 279147437, number: 2 } })).toEqual(document);
  expect(observedRest("pull-request-commit", { ...document, pull_request: undefined, author: { login: "dependabot[bot]", id: 1 } }, { below: { id: 279147437, number: 2 } })).toEqual(document);
  const person = { ...node, commit: { ...node.commit, author: { name: null, email: null, date: "2026-05-15T15:20:33Z", user: { login: "octocat" } } } };
  expect(observedNode("pull-request-commit", person, { below: { id: 279147437, number: 2 } })).toMatchObject({ author: { login: "octocat" }, commit: { author: { name: "", email: "" } } });
});

test("issue-comment, of a pull request and of an issue", () => {
  const document = {
    id: 492700400,
    node_id: "IC_1",
    issue: { number: 2 },
    subject_kind: "pull-request",
    user: { id: 583231, login: "octocat", type: "User" },
    author_association: "MEMBER",
    body: "Thanks",
    created_at: "2026-05-15T15:20:21Z",
    updated_at: "2026-05-15T15:20:21Z",
    html_url: "https://github.com/octo/hello/pull/2#issuecomment-492700400",
  };
  const node = { id: "IC_1", fullDatabaseId: "492700400", author: octocat, authorAssociation: "MEMBER", body: "Thanks", createdAt: document.created_at, updatedAt: document.updated_at, url: document.html_url };
  expect(observedNode("issue-comment", node)).toEqual(document);
  const onIssue = "https://github.com/octo/hello/issues/3#issuecomment-492700400";
  expect(observedNode("issue-comment", { ...node, url: onIssue })).toEqual({ ...document, html_url: onIssue, subject_kind: "issue", issue: { number: 3 } });
  const item = { ...document, issue: undefined, subject_kind: undefined, issue_url: "https://api.github.com/repos/octo/hello/issues/2" };
  expect(observedRest("issue-comment", item)).toEqual(document);
  expect(fetched("issue-comment", { ...node, url: "https://github.com/octo/hello" })).toMatchObject({ is: "not-whole" });
});
