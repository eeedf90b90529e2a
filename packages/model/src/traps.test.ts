/** Where GitHub's sources and payloads disagree with themselves (docs/DESIGN: "Traps"). */
import { describe, expect, test } from "@jest/globals";
import { documentIn, jobsIn, observe, recorded, seen } from "../test/recorded.ts";
import { GHOST } from "./field.ts";

describe("a pull request in the clothes of an issue", () => {
  test.each(["issues", "issue_comment"])("%s writes no issue, and asks for the pull request", (event) => {
    const payload = recorded(event);
    payload.issue.pull_request = { url: "https://api.github.com/repos/Codertocat/Hello-World/pulls/1" };
    expect(seen("issue", event, payload)).toEqual([]);
    expect(jobsIn(event, payload)).toEqual(["refresh pull-request 1"]);
  });

  test("its comment says what it belongs to", () => {
    const payload = recorded("issue_comment");
    expect(documentIn("issue-comment", "issue_comment", payload)).toMatchObject({ subject_kind: "issue", issue: { number: 1 } });
    payload.issue.pull_request = {};
    expect(documentIn("issue-comment", "issue_comment", payload)).toMatchObject({ subject_kind: "pull-request", issue: { number: 1 } });
  });
});

test("a deleted author is the ghost; nobody stays nobody", () => {
  const payload = recorded("pull_request");
  payload.pull_request.user = null;
  expect(documentIn("pull-request", "pull_request", payload)).toMatchObject({ user: GHOST, merged_by: null });
});

test("who merged, or chose an answer, was somebody", () => {
  const [merged, answered] = [recorded("pull_request"), recorded("discussion", 1)];
  Object.assign(merged.pull_request, { merged: true, merged_at: "2021-03-30T23:17:18Z", merged_by: null });
  answered.discussion.answer_chosen_by = null;
  expect(documentIn("pull-request", "pull_request", merged)).toMatchObject({ merged_by: GHOST });
  expect(documentIn("discussion", "discussion", answered)).toMatchObject({ answer_chosen_by: GHOST });
  answered.discussion.answer_chosen_at = null;
  expect(documentIn("discussion", "discussion", answered)).toMatchObject({ answer_chosen_by: null });
});

test.each([null, "", undefined])("nothing written is null, however GitHub says it (%p)", (body) => {
  const payload = recorded("issues");
  payload.issue.body = body;
  expect(documentIn("issue", "issues", payload)["body"]).toBeNull();
});

describe("repositories", () => {
  test("owner without login, times in epoch seconds", () => {
    const payload = recorded("push", 4);
    expect(payload.repository.created_at).toBe(1557933565);
    payload.repository.owner = { id: 21031067, name: "Codertocat", type: "User" };
    expect(observe("push", payload).observations.map(({ org }) => org)).toEqual(["Codertocat", "Codertocat", "Codertocat"]);
    expect(documentIn("repository", "push", payload)).toMatchObject({
      owner: { id: 21031067, login: "Codertocat", type: "User" },
      created_at: "2019-05-15T15:19:25Z",
      pushed_at: "2019-05-15T15:20:57Z",
    });
  });

  test.each([
    ["renamed", { repository: { name: { from: "Hello-Old" } } }, "Codertocat/Hello-Old"],
    ["transferred", { owner: { from: { organization: { login: "octo" } } } }, "octo/Hello-World"],
    ["transferred", { owner: { from: { user: { login: "ada" } } } }, "ada/Hello-World"],
    ["deleted", {}, undefined],
  ])("%s: what follows knows what it was called before, where the event says", (action, changes, from) => {
    const [job] = observe("repository", { ...recorded("repository"), action, changes }).jobs;
    expect(job).toMatchObject({ type: "relocate-repository", change: action, repository: { name_with_owner: "Codertocat/Hello-World" } });
    expect(job?.type === "relocate-repository" && job.from).toBe(from);
  });

  test("a short one is asked for by events about repositories, and passed over in all others", () => {
    const short = { id: 1, node_id: "R_1", full_name: "o/r" };
    expect(jobsIn("repository", { action: "edited", repository: short })).toEqual(["refresh repository o/r"]);
    expect(observe("watch", { action: "started", repository: short })).toEqual({ observations: [], jobs: [] });
  });

  test("somebody else's is not the organisation's", () => {
    const payload = { ...recorded("watch"), organization: { login: "somebody-else", id: 1 } };
    expect(seen("repository", "watch", payload)).toEqual([]);
  });

  test("a fork is one of the organisation only where the organisation owns it", () => {
    const payload = recorded("fork");
    expect(seen("repository", "fork", payload).map(({ id }) => id)).toEqual(["186853002"]);
    payload.forkee.owner.login = "Codertocat";
    expect(seen("repository", "fork", payload).map(({ id }) => id).toSorted()).toEqual(["186853002", "186853261"]);
    expect(seen("repository", "fork", payload).find(({ id }) => id === "186853261")?.repository).toEqual({ id: 186853261, name_with_owner: "Octocoders/Hello-World" });
  });

  test("deleted: a tombstone, and the children follow", () => {
    const payload = { ...recorded("repository"), action: "deleted" };
    expect(seen("repository", "repository", payload)).toMatchObject([{ id: "186853002", deletedAt: expect.any(String) }]);
    expect(jobsIn("repository", payload)).toEqual(["relocate-repository deleted"]);
  });

  test("visibility was once told by `private` alone", () => {
    const payload = recorded("watch");
    for (const isPrivate of [true, false]) {
      const repository = { ...payload.repository, private: isPrivate, visibility: undefined };
      expect(documentIn("repository", "watch", { ...payload, repository })["visibility"]).toBe(isPrivate ? "private" : "public");
    }
  });
});

describe("what is not whole is asked for", () => {
  test.each([
    ["pull-request", "pull_request", "additions"],
    ["pull-request", "pull_request", "merged"],
    ["issue", "issues", "labels"],
    ["review", "pull_request_review", "state"],
    ["milestone", "milestone", "open_issues"],
    ["deployment", "deployment", "sha"],
    ["workflow-run", "workflow_run", "head_sha"],
  ])("%s in %s without %s", (kind, event, missing) => {
    const payload = recorded(event, 1);
    const key = { issues: "issue", pull_request_review: "review" }[event] ?? event;
    delete payload[key][missing];
    expect(seen(kind, event, payload)).toEqual([]);
    expect(jobsIn(event, payload).filter((job) => job.startsWith(`refresh ${kind} `))).toHaveLength(1);
  });

  test.each([
    ["deployment", "deployment_status", "deployment", "sha", "145988746"],
    ["deployment-status", "deployment_status", "deployment_status", "state", "145988746"],
    ["issue-comment", "issue_comment", "comment", "created_at", "492700400"],
    ["review-comment", "pull_request_review_comment", "comment", "path", "284312630"],
    ["repository", "repository", "repository", "default_branch", "Codertocat/Hello-World"],
  ])("%s in %s is asked for by what GitHub is asked with, also where it has no node id", (kind, event, key, missing, asked) => {
    const payload = recorded(event);
    delete payload[key][missing];
    delete payload[key].node_id;
    expect(jobsIn(event, payload)).toContain(`refresh ${kind} ${asked}`);
  });

  test.each([2 ** 53, 1e21, 1.5])("%p is the id of nothing: no document, and nothing to ask for", (id) => {
    for (const [event, key] of [["release", "release"], ["issue_comment", "comment"]] as const) {
      const payload = recorded(event);
      Object.assign(payload[key], { id, node_id: undefined });
      const named = { release: "release", comment: "issue-comment" }[key];
      expect(seen(named, event, payload)).toEqual([]);
      expect(jobsIn(event, payload).filter((job) => job.includes(named))).toEqual([]);
    }
  });

  test("nothing is asked for that GitHub has no way to be asked", () => {
    const payload = recorded("release");
    delete payload.release.tag_name;
    delete payload.repository.id;
    expect(jobsIn("release", payload)).toEqual([]);
  });

  test("the short pull request of a review is one that changed", () => {
    expect(jobsIn("pull_request_review", recorded("pull_request_review"))).toEqual(["refresh pull-request 2"]);
  });
});

describe("order", () => {
  test("labels and assignees are sets: any order, one document", () => {
    const payload = recorded("issues");
    payload.issue.labels = [{ name: "b" }, { name: "a" }, { name: "c" }];
    payload.issue.assignees = [
      { id: 2, login: "y", type: "User" },
      { id: 1, login: "x", type: "User" },
    ];
    const there = documentIn("issue", "issues", payload);
    payload.issue.labels.reverse();
    payload.issue.assignees.reverse();
    expect(documentIn("issue", "issues", payload)).toEqual(there);
    expect(there["labels"]).toEqual([{ name: "a" }, { name: "b" }, { name: "c" }]);
  });

  test("a deletion that arrives before the creation wins by its version (I2)", () => {
    const created = seen("label", "label", recorded("label", 1), "2026-11-20T10:00:00.000Z")[0]!;
    const deleted = seen("label", "label", { ...recorded("label", 1), action: "deleted" }, "2026-11-20T10:00:01.000Z")[0]!;
    expect(deleted.version).toBeGreaterThan(created.version);
    expect(deleted).toMatchObject({ id: created.id, deletedAt: "2026-11-20T10:00:01.000Z" });
  });
});

test("merge_commit_sha is a passing value until it is merged", () => {
  const payload = recorded("pull_request");
  payload.pull_request.merge_commit_sha = "c4295bd74fb0f4fda03689c3df3f2803b658fd85";
  expect(documentIn("pull-request", "pull_request", payload)["merge_commit_sha"]).toBeNull();
  payload.pull_request.merged = true;
  expect(documentIn("pull-request", "pull_request", payload)["merge_commit_sha"]).toBe("c4295bd74fb0f4fda03689c3df3f2803b658fd85");
});

test("the repository of a head may be gone", () => {
  const payload = recorded("pull_request");
  payload.pull_request.head.repo = null;
  expect(documentIn("pull-request", "pull_request", payload)["head"]).toMatchObject({ repo: null });
});

describe("pushes", () => {
  test("commits of another branch than the default one are not written", () => {
    const payload = { ...recorded("push", 4), ref: "refs/heads/feature/one" };
    expect(seen("commit", "push", payload)).toEqual([]);
    expect(documentIn("branch", "push", payload)).toMatchObject({ name: "feature/one" });
  });

  test("a list that ends before the head is cut: the range is asked for", () => {
    const before = "1".repeat(40);
    const payload = { ...recorded("push", 4), before, commits: [] };
    expect(jobsIn("push", payload)).toEqual([`refresh commit ${before}...${payload.after}`]);
  });

  test("a created ref has no sha yet", () => {
    expect(jobsIn("create", { ...recorded("create"), ref: "topic", ref_type: "branch" })).toEqual(["refresh branch topic"]);
  });
});

test("a thread that is open again was resolved by nobody", () => {
  const payload = recorded("pull_request_review_thread");
  expect(documentIn("review-thread", "pull_request_review_thread", { ...payload, action: "unresolved" })).toMatchObject({ is_resolved: false, resolved_by: null });
  payload.thread.comments[0].in_reply_to_id = 1;
  expect(jobsIn("pull_request_review_thread", payload)).toContain(`refresh review-thread ${payload.thread.node_id}`);
});

describe("both ends of what connects two issues are whole, each in its repository", () => {
  const [here, there] = [recorded("issues").issue, { ...recorded("issues").issue, id: 8, number: 8 }];
  const { repository, sender } = recorded("issues");
  const elsewhere = { ...repository, id: 99, name: "other", full_name: "Codertocat/other" };

  test.each([
    ["sub_issues", "sub_issue_added", { parent_issue: here, sub_issue: there, sub_issue_repo: elsewhere }],
    ["sub_issues", "parent_issue_removed", { sub_issue: here, parent_issue: there, parent_issue_repo: elsewhere }],
    ["issue_dependencies", "blocked_by_added", { blocked_issue: here, blocking_issue: there, blocking_issue_repo: elsewhere }],
    ["issue_dependencies", "blocking_removed", { blocking_issue: here, blocked_issue: there, blocked_issue_repo: elsewhere }],
  ])("%s.%s", (event, action, ends) => {
    const issues = seen("issue", event, { action, ...ends, repository, sender });
    expect(issues.map(({ id, repository: at }) => `${id} in ${at?.name_with_owner}`).toSorted()).toEqual(["444500041 in Codertocat/Hello-World", "8 in Codertocat/other"]);
  });

  test("issue_relates_to tells of the other one only where it is of the same repository", () => {
    const payload = { action: "relates_to_added", issue: here, repository, sender };
    expect(seen("issue", "issue_relates_to", payload).map(({ id }) => id)).toEqual(["444500041"]);
    expect(seen("issue", "issue_relates_to", { ...payload, related_issue: there }).map(({ id }) => id)).toEqual(["444500041", "8"]);
  });
});

test("actions that GitHub adds later pass", () => {
  expect(documentIn("issue", "issues", { ...recorded("issues"), action: "field_added" })).toMatchObject({ id: 444500041 });
});
