import { expect, test } from "@jest/globals";
import { documentIn, recorded } from "../../test/recorded.ts";

test("workflow-run", () => {
  expect(documentIn("workflow-run", "workflow_run", recorded("workflow_run", 2))).toEqual({
    id: 289782451,
    node_id: "MDExOldvcmtmbG93UnVuMjg5NzgyNDUx",
    name: null,
    display_title: "ci(action): update actions/setup-node digest to 8c91899",
    path: ".github/workflows/test.yml",
    workflow_id: 2823525,
    check_suite_id: 1291536064,
    event: "repository_dispatch",
    status: "completed",
    conclusion: "success",
    head_branch: "master",
    head_sha: "3484a3fb816e0859fd6e1cea078d76385ff50625",
    head_repository: { id: 300029405, full_name: "octo-org/octo-repo" },
    pull_requests: [{ id: 279147437, number: 2 }],
    run_number: 163,
    run_attempt: 1,
    actor: { id: 15669918, login: "Codertocat", type: "User" },
    triggering_actor: { id: 15669918, login: "Codertocat", type: "User" },
    created_at: "2020-10-05T16:33:24Z",
    updated_at: "2020-10-05T16:33:49Z",
    run_started_at: "2020-10-05T16:33:49Z",
    html_url: "https://github.com/octo-org/octo-repo/actions/runs/289782451",
  });
});

test("workflow-job", () => {
  expect(documentIn("workflow-job", "workflow_job", recorded("workflow_job"))).toEqual({
    id: 2832853555,
    node_id: "MDg6Q2hlY2tSdW4yODMyODUzNT55",
    run_id: 940463255,
    run_attempt: 1,
    name: "Test workflow",
    workflow_name: null,
    head_branch: null,
    head_sha: "e3103f8eb03e1ad7f2331c5446b23c070fc54055",
    status: "in_progress",
    conclusion: null,
    created_at: null,
    started_at: "2021-06-15T19:22:27Z",
    completed_at: null,
    labels: ["db-app", "dc-03", "gpu"],
    runner_id: 1,
    runner_name: "my runner",
    runner_group_id: 2,
    runner_group_name: "my runner group",
    steps: [
      {
        name: "Set up job",
        number: 1,
        status: "in_progress",
        conclusion: null,
        started_at: "2021-06-15T19:22:27Z",
        completed_at: null,
      },
    ],
    html_url: "https://github.com/octo-org/example-workflow/runs/2832853555",
  });
});

test("check-run", () => {
  expect(documentIn("check-run", "check_run", recorded("check_run", 1))).toEqual({
    id: 128620228,
    node_id: "MDg6Q2hlY2tSdW4xMjg2MjAyMjg=",
    name: "Octocoders-linter",
    head_sha: "ec26c3e57ca3a959ca5aad62de7213c562f8c821",
    status: "completed",
    conclusion: "failure",
    started_at: "2019-05-15T15:21:12Z",
    completed_at: "2019-05-15T15:21:12Z",
    output: { title: null },
    check_suite: { id: 118578147 },
    app: { id: 29310, slug: "github-actions", name: "octocoders-linter" },
    details_url: "https://octocoders.io",
    html_url: "https://github.com/Codertocat/Hello-World/runs/128620228",
  });
});

test("status", () => {
  expect(documentIn("status", "status", recorded("status"))).toEqual({
    sha: "6113728f27ae82c7b1a177c8d03f9e96e0adf246",
    context: "default",
    state: "success",
    description: null,
    target_url: null,
    created_at: "2019-05-15T15:20:55Z",
    updated_at: "2019-05-15T15:20:55Z",
  });
});

test("deployment", () => {
  expect(documentIn("deployment", "deployment", recorded("deployment", 1))).toEqual({
    id: 145988746,
    node_id: "MDEwOkRlcGxveW1lbnQxNDU5ODg3NDY=",
    sha: "f95f852bd8fca8fcc58a9a2d6c842781e32a215e",
    ref: "gh-pages",
    task: "deploy",
    environment: "github-pages",
    original_environment: "github-pages",
    description: null,
    creator: { id: 52472962, login: "github-pages[bot]", type: "Bot" },
    created_at: "2022-01-03T01:28:30Z",
    updated_at: "2022-01-03T01:28:40Z",
  });
});

test("deployment-status", () => {
  expect(documentIn("deployment-status", "deployment_status", recorded("deployment_status", 1))).toEqual({
    id: 209916254,
    node_id: "MDE2OkRlcGxveW1lbnRTdGF0dXMyMDk5MTYyNTQ=",
    deployment: { id: 145988746 },
    state: "in_progress",
    environment: "github-pages",
    description: null,
    creator: { id: 52472962, login: "github-pages[bot]", type: "Bot" },
    log_url: "https://github.com/CorsixTH/CorsixTH/runs/4687056418?check_suite_focus=true",
    environment_url: null,
    created_at: "2022-01-03T01:28:40Z",
    updated_at: "2022-01-03T01:28:40Z",
  });
});

test("project-item", () => {
  expect(documentIn("project-item", "projects_v2_item", recorded("projects_v2_item", 3))).toEqual({
    id: 5678510,
    node_id: "PVTI_lADOAWcTxs07G84AVqWu",
    project_node_id: "PVT_kwDOAWcTxs07Gw",
    content_node_id: "DI_lADOAWcTxs07G84AIjOy",
    content_type: "DraftIssue",
    creator: { id: 21031067, login: "Codertocat", type: "User" },
    archived: false,
    created_at: "2022-06-08T20:34:26Z",
    updated_at: "2022-06-08T20:34:26Z",
  });
});
