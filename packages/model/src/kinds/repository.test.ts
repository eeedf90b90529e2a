import { expect, test } from "@jest/globals";
import { documentIn, recorded } from "../../test/recorded.ts";

test("repository", () => {
  expect(documentIn("repository", "branch_protection_rule", recorded("branch_protection_rule", 1))).toEqual({
    id: 640412585,
    node_id: "R_kgDOJivrqQ",
    name: "octoherd-script-replace-pika-with-esbuild",
    full_name: "wolfy1339/octoherd-script-replace-pika-with-esbuild",
    owner: { id: 4595477, login: "wolfy1339", type: "User" },
    html_url: "https://github.com/wolfy1339/octoherd-script-replace-pika-with-esbuild",
    description: "Octoherd script to replace Pika with ESBuild",
    homepage: null,
    private: false,
    visibility: "public",
    fork: false,
    archived: false,
    disabled: false,
    is_template: false,
    topics: ["octoherd-script"],
    language: null,
    license: { key: "isc", name: "ISC License", spdx_id: "ISC" },
    default_branch: "main",
    size: 0,
    stargazers_count: 0,
    forks_count: 0,
    open_issues_count: 1,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_discussions: false,
    web_commit_signoff_required: false,
    created_at: "2023-05-14T02:09:26Z",
    updated_at: "2023-05-14T02:09:29Z",
    pushed_at: "2023-05-14T02:09:32Z",
  });
});

test("fork", () => {
  expect(documentIn("fork", "fork", recorded("fork"))).toEqual({
    id: 186853261,
    node_id: "MDEwOlJlcG9zaXRvcnkxODY4NTMyNjE=",
    full_name: "Octocoders/Hello-World",
    owner: { id: 38302899, login: "Octocoders", type: "Organization" },
    private: false,
    created_at: "2019-05-15T15:20:42Z",
    html_url: "https://github.com/Octocoders/Hello-World",
  });
});

test("star", () => {
  expect(documentIn("star", "star", recorded("star"))).toEqual({ user: { id: 21031067, login: "Codertocat", type: "User" }, starred_at: "2019-05-15T15:20:40Z" });
});

test("branch", () => {
  expect(documentIn("branch", "push", recorded("push", 4))).toEqual({ name: "master", sha: "6113728f27ae82c7b1a177c8d03f9e96e0adf246" });
});

test("tag", () => {
  expect(documentIn("tag", "push", recorded("push"))).toEqual({ name: "simple-tag", sha: "6113728f27ae82c7b1a177c8d03f9e96e0adf246" });
});

test("commit", () => {
  expect(documentIn("commit", "push", recorded("push", 4))).toEqual({
    sha: "6113728f27ae82c7b1a177c8d03f9e96e0adf246",
    commit: {
      message: "Initial commit",
      tree: { sha: "31b122c26a97cf9af023e9ddab94a82c6e77b0ea" },
      author: { name: "Codertocat", email: "21031067+Codertocat@users.noreply.github.com" },
      committer: {
        name: "Codertocat",
        email: "21031067+Codertocat@users.noreply.github.com",
        date: "2019-05-15T15:19:25Z",
      },
    },
    author: { login: "Codertocat" },
    committer: { login: "Codertocat" },
    html_url: "https://github.com/Codertocat/Hello-World/commit/6113728f27ae82c7b1a177c8d03f9e96e0adf246",
  });
});

test("release", () => {
  expect(documentIn("release", "release", recorded("release"))).toEqual({
    id: 17372790,
    node_id: "MDc6UmVsZWFzZTE3MzcyNzkw",
    tag_name: "0.0.1",
    name: null,
    body: null,
    draft: false,
    prerelease: false,
    author: { id: 21031067, login: "Codertocat", type: "User" },
    assets: [],
    created_at: "2019-05-15T15:19:25Z",
    published_at: "2019-05-15T15:20:53Z",
    html_url: "https://github.com/Codertocat/Hello-World/releases/tag/0.0.1",
  });
});

test("label", () => {
  expect(documentIn("label", "label", recorded("label", 1))).toEqual({
    id: 1362937026,
    node_id: "MDU6TGFiZWwxMzYyOTM3MDI2",
    name: ":bug: Bugfix",
    color: "cb1f00",
    default: false,
    description: "Fixes a bug",
  });
});

test("milestone", () => {
  expect(documentIn("milestone", "milestone", recorded("milestone", 1))).toEqual({
    id: 4317517,
    node_id: "MDk6TWlsZXN0b25lNDMxNzUxNw==",
    number: 1,
    title: "v1.0",
    description: "Add new space flight simulator",
    state: "closed",
    creator: { id: 21031067, login: "Codertocat", type: "User" },
    open_issues: 0,
    closed_issues: 0,
    created_at: "2019-05-15T15:20:17Z",
    updated_at: "2019-05-15T15:20:18Z",
    closed_at: "2019-05-15T15:20:18Z",
    due_on: "2019-05-23T07:00:00Z",
    html_url: "https://github.com/Codertocat/Hello-World/milestone/1",
  });
});

test("transfer", () => {
  expect(documentIn("transfer", "repository", recorded("repository", 10))).toEqual({
    id: "repository:186853261:1557933642",
    subject_kind: "repository",
    subject: { id: 186853261, number: null },
    from: { id: 186853261, name_with_owner: "octocat/Hello-World" },
    to: { id: 186853261, name_with_owner: "Octocoders/Hello-World" },
    actor: { id: 21031067, login: "Codertocat", type: "User" },
    at: "2019-05-15T15:20:42Z",
  });
});
