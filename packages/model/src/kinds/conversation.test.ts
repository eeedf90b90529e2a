import { expect, test } from "@jest/globals";
import { documentIn, recorded } from "../../test/recorded.ts";

test("issue", () => {
  expect(documentIn("issue", "issues", recorded("issues"))).toEqual({
    id: 444500041,
    node_id: "MDU6SXNzdWU0NDQ1MDAwNDE=",
    number: 1,
    title: "Spelling error in the README file",
    user: { id: 21031067, login: "Codertocat", type: "User" },
    author_association: "OWNER",
    body: "It looks like you accidently spelled 'commit' with two 't's.",
    created_at: "2019-05-15T15:20:18Z",
    updated_at: "2019-05-15T15:20:18Z",
    html_url: "https://github.com/Codertocat/Hello-World/issues/1",
    state: "open",
    state_reason: null,
    type: null,
    labels: [{ name: "bug" }],
    assignees: [{ id: 21031067, login: "Codertocat", type: "User" }],
    milestone: { number: 1, title: "v1.0" },
    locked: false,
    active_lock_reason: null,
    sub_issues_summary: { total: 0 },
    closed_at: null,
  });
});

test("issue-comment", () => {
  expect(documentIn("issue-comment", "issue_comment", recorded("issue_comment"))).toEqual({
    id: 492700400,
    node_id: "MDEyOklzc3VlQ29tbWVudDQ5MjcwMDQwMA==",
    issue: { number: 1 },
    subject_kind: "issue",
    user: { id: 21031067, login: "Codertocat", type: "User" },
    author_association: "OWNER",
    body: "You are totally right! I'll get this fixed right away.",
    created_at: "2019-05-15T15:20:21Z",
    updated_at: "2019-05-15T15:20:21Z",
    html_url: "https://github.com/Codertocat/Hello-World/issues/1#issuecomment-492700400",
  });
});

test("commit-comment", () => {
  expect(documentIn("commit-comment", "commit_comment", recorded("commit_comment", 1))).toEqual({
    id: 33548674,
    node_id: "MDEzOkNvbW1pdENvbW1lbnQzMzU0ODY3NA==",
    commit_id: "6113728f27ae82c7b1a177c8d03f9e96e0adf246",
    path: "README.md",
    position: 1,
    user: { id: 21031067, login: "Codertocat", type: "User" },
    author_association: "OWNER",
    body: "This is a really good change! :+1:",
    created_at: "2019-05-15T15:20:39Z",
    updated_at: "2019-05-15T15:20:39Z",
    html_url: "https://github.com/Codertocat/Hello-World/commit/6113728f27ae82c7b1a177c8d03f9e96e0adf246#commitcomment-33548674",
  });
});

test("discussion", () => {
  expect(documentIn("discussion", "discussion", recorded("discussion", 1))).toEqual({
    id: 3299614,
    node_id: "MDEwOkRpc2N1c3Npb24zMjk5NjE0",
    number: 4,
    title: "TEST edit",
    user: { id: 4595477, login: "Codertocat", type: "User" },
    author_association: "OWNER",
    body: "TEST edit",
    created_at: "2021-03-30T20:09:52Z",
    updated_at: "2021-03-30T23:17:18Z",
    html_url: "https://github.com/Codertocat/Hello-World/discussions/4",
    state: "open",
    state_reason: null,
    category: { name: "Q&A", slug: "q-a", is_answerable: true },
    labels: [],
    locked: false,
    active_lock_reason: null,
    answer_html_url: "https://github.com/Codertocat/Hello-World/discussions/4#discussioncomment-550561",
    answer_chosen_at: "2021-03-30T23:17:18Z",
    answer_chosen_by: { id: 4595477, login: "Codertocat", type: "User" },
  });
});

test("discussion-comment", () => {
  expect(documentIn("discussion-comment", "discussion_comment", recorded("discussion_comment"))).toEqual({
    id: 544078,
    node_id: "MDE3OkRpc2N1c3Npb25Db21tZW50NTQ0MDc4",
    discussion: { id: 3297442, number: 90 },
    parent_id: null,
    user: { id: 21031067, login: "Codertocat", type: "User" },
    author_association: "COLLABORATOR",
    body: "I have so many questions to ask you!",
    created_at: "2021-03-29T14:16:31Z",
    updated_at: "2021-03-29T14:16:31Z",
    html_url: "https://github.com/octo-org/octo-repo/discussions/90#discussioncomment-544078",
  });
});
