import { expect, test } from "@jest/globals";
import { documentIn, recorded } from "../../test/recorded.ts";

test("pull-request", () => {
  expect(documentIn("pull-request", "pull_request", recorded("pull_request", 8))).toEqual({
    id: 279147437,
    node_id: "MDExOlB1bGxSZXF1ZXN0Mjc5MTQ3NDM3",
    number: 2,
    title: "Update the README with new information.",
    user: { id: 21031067, login: "Codertocat", type: "User" },
    author_association: "OWNER",
    body: "This is a pretty simple change that we need to pull into master.",
    created_at: "2019-05-15T15:20:33Z",
    updated_at: "2019-05-15T15:20:35Z",
    html_url: "https://github.com/Codertocat/Hello-World/pull/2",
    state: "open",
    draft: false,
    merged: false,
    merged_at: null,
    merged_by: null,
    merge_commit_sha: null,
    auto_merge: null,
    closed_at: null,
    labels: [{ name: "bug" }],
    assignees: [{ id: 21031067, login: "Codertocat", type: "User" }],
    requested_reviewers: [{ id: 5346, login: "octocat", type: "User" }],
    requested_teams: [],
    milestone: { number: 1, title: "v1.0" },
    locked: false,
    active_lock_reason: null,
    head: {
      ref: "changes",
      sha: "ec26c3e57ca3a959ca5aad62de7213c562f8c821",
      repo: { id: 186853002, full_name: "Codertocat/Hello-World" },
    },
    base: { ref: "master", sha: "f95f852bd8fca8fcc58a9a2d6c842781e32a215e" },
    comments: 0,
    commits: 1,
    additions: 1,
    deletions: 1,
    changed_files: 1,
  });
});

test("review", () => {
  expect(documentIn("review", "pull_request_review", recorded("pull_request_review"))).toEqual({
    id: 237895671,
    node_id: "MDE3OlB1bGxSZXF1ZXN0UmV2aWV3MjM3ODk1Njcx",
    pull_request: { id: 279147437, number: 2 },
    user: { id: 21031067, login: "Codertocat", type: "User" },
    author_association: "OWNER",
    state: "commented",
    body: null,
    commit_id: "ec26c3e57ca3a959ca5aad62de7213c562f8c821",
    submitted_at: "2019-05-15T15:20:38Z",
    html_url: "https://github.com/Codertocat/Hello-World/pull/2#pullrequestreview-237895671",
  });
});

test("review-comment", () => {
  expect(documentIn("review-comment", "pull_request_review_comment", recorded("pull_request_review_comment", 1))).toEqual({
    id: 284312630,
    node_id: "MDI0OlB1bGxSZXF1ZXN0UmV2aWV3Q29tbWVudDI4NDMxMjYzMA==",
    pull_request: { number: 2 },
    pull_request_review_id: 237895671,
    in_reply_to_id: null,
    user: { id: 21031067, login: "Codertocat", type: "User" },
    author_association: "OWNER",
    body: "Maybe you should use more emoji on this line.",
    created_at: "2019-05-15T15:20:37Z",
    updated_at: "2019-05-15T15:20:38Z",
    html_url: "https://github.com/Codertocat/Hello-World/pull/2#discussion_r284312630",
    path: "README.md",
    diff_hunk: "@@ -1 +1 @@\n-# Hello-World",
    original_commit_id: "ec26c3e57ca3a959ca5aad62de7213c562f8c821",
    original_line: 265,
    original_start_line: null,
    subject_type: "line",
  });
});

test("review-thread", () => {
  expect(documentIn("review-thread", "pull_request_review_thread", recorded("pull_request_review_thread", 1))).toEqual({
    id: 284312630,
    node_id: "PRRT_kwDOFd42Pc4rQOUv",
    pull_request: { id: 279147437, number: 2 },
    is_resolved: true,
    resolved_by: { id: 21031067, login: "Codertocat", type: "User" },
    user: { id: 21031067, login: "Codertocat", type: "User" },
    created_at: "2019-05-15T15:20:37Z",
    path: "README.md",
    original_line: 265,
    original_start_line: null,
    side: "RIGHT",
    start_side: null,
    subject_type: "line",
  });
});
