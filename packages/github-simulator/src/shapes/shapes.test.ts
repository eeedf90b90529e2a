/** What the schemas do not say: addresses, people who left, where one thing has two forms. */
import { expect, test } from "@jest/globals";
import * as tiny from "../../test/tiny-world.ts";
import { toUser } from "./account.ts";
import { findCommit, toCommit, toFile } from "./commit.ts";
import { toEvent } from "./event.ts";
import { toHook } from "./hook.ts";
import { toIssueComment } from "./issue-comment.ts";
import { toIssue } from "./issue.ts";
import { toLabel } from "./label.ts";
import { toCollaboratorPermission } from "./people.ts";
import { toPullRequest, toPullRequestItem, toPullRequestReferences } from "./pull-request.ts";
import { toRelease } from "./release.ts";
import { toFullRepository, toRepository } from "./repository.ts";
import { toReview, toReviewComment } from "./review.ts";
import { enterpriseUrls, iso, isoMillis, isoZone, makeShaping, originUrls, type Shaping, type UrlBase } from "./shaping.ts";
import { toCombinedStatus } from "./status.ts";
import { toEventOfIssue, toTimelineEvent } from "./timeline.ts";
import { toTrafficPaths, toTrafficReferrers, toTrafficViews } from "./traffic.ts";

const { alice, gone, bot, repository, issue, pullRequest, commit, sha, timelineEvent } = tiny;
const s = tiny.shaping();
const at = (base: UrlBase): Shaping => makeShaping(tiny.world, s.nodeId, base);

test("addresses of github.com, of an Enterprise Server and of the simulator's own port", () => {
  const addresses = (base: Shaping) => {
    const { url, html_url, git_url, ssh_url, commits_url } = toRepository(base, repository);
    return { url, html_url, git_url, ssh_url, commits_url, avatar_url: toUser(base, alice)["avatar_url"], upload_url: toRelease(base, tiny.release)["upload_url"] };
  };
  expect(addresses(s)).toEqual({
    url: "https://api.github.com/repos/octo-demo/hello",
    html_url: "https://github.com/octo-demo/hello",
    git_url: "git://github.com/octo-demo/hello.git",
    ssh_url: "git@github.com:octo-demo/hello.git",
    commits_url: "https://api.github.com/repos/octo-demo/hello/commits{/sha}",
    avatar_url: "https://avatars.githubusercontent.com/u/101?v=4",
    upload_url: "https://uploads.github.com/repos/octo-demo/hello/releases/561/assets{?name,label}",
  });
  expect(addresses(at(enterpriseUrls("http://127.0.0.1:4100")))).toEqual({
    url: "http://127.0.0.1:4100/api/v3/repos/octo-demo/hello",
    html_url: "http://127.0.0.1:4100/octo-demo/hello",
    git_url: "git://127.0.0.1:4100/octo-demo/hello.git",
    ssh_url: "git@127.0.0.1:octo-demo/hello.git",
    commits_url: "http://127.0.0.1:4100/api/v3/repos/octo-demo/hello/commits{/sha}",
    avatar_url: "http://127.0.0.1:4100/avatars/u/101?v=4",
    upload_url: "http://127.0.0.1:4100/api/uploads/repos/octo-demo/hello/releases/561/assets{?name,label}",
  });
  expect(addresses(at(originUrls("http://127.0.0.1:4100")))).toMatchObject({ url: "http://127.0.0.1:4100/repos/octo-demo/hello", html_url: "http://127.0.0.1:4100/octo-demo/hello" });
  expect(toLabel(s, tiny.label)["url"]).toBe("https://api.github.com/repos/octo-demo/hello/labels/help%20wanted");
  expect(toFile(s, { path: "a b/c#.ts", status: "added", additions: 2, deletions: 0 }, sha("a"), repository)).toMatchObject({
    contents_url: `https://api.github.com/repos/octo-demo/hello/contents/a%20b/c%23.ts?ref=${sha("a")}`,
    patch: "@@ -0,0 +1,2 @@\n+line 1\n+line 2",
  });
});

test("times", () => {
  const time = Date.UTC(2026, 1, 28, 23, 59, 59, 999);
  expect([iso(time), iso(time + 1), iso(0), iso(-1), isoMillis(time), isoZone(time)]).toEqual(["2026-02-28T23:59:59Z", "2026-03-01T00:00:00Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-02-28T23:59:59.000Z", "2026-02-28T23:59:59+00:00"]);
});

test("a bot has an app's page and an address with its brackets escaped", () => {
  expect(toUser(s, bot)).toMatchObject({ login: "octo-ci[bot]", type: "Bot", url: "https://api.github.com/users/octo-ci%5Bbot%5D", html_url: "https://github.com/apps/octo-ci", avatar_url: "https://avatars.githubusercontent.com/in/301?v=4" });
  expect(toIssueComment(s, tiny.pullRequestComment)).toMatchObject({ performed_via_github_app: { slug: "octo-ci" }, html_url: "https://github.com/octo-demo/hello/pull/3#issuecomment-522" });
});

test("a deleted account is ghost in conversations, nobody in reviews and events", () => {
  expect(toIssueComment(s, tiny.issueComment)["user"]).toMatchObject({ login: "ghost", id: 10137, type: "User" });
  expect(toPullRequestItem(s, { ...pullRequest, author: gone, headOwner: gone })).toMatchObject({ user: { login: "ghost" }, head: { user: null } });
  expect(toPullRequest(s, { ...pullRequest, mergedBy: gone })["merged_by"]).toBeNull();
  expect(toReview(s, { ...tiny.review, author: gone })["user"]).toBeNull();
  expect(toReviewComment(s, { ...tiny.reply, author: gone })["user"]).toBeNull();
  expect(toEventOfIssue(s, { ...timelineEvent("closed", null), actor: gone })["actor"]).toBeNull();
  expect(toCommit(s, { ...commit, author: gone })).toMatchObject({ author: null, commit: { author: { name: "Alice", email: "alice@example.com", date: "2026-03-02T09:04:00Z" }, comment_count: 1 } });
});

test("a commit is known in the whole network of forks and nowhere else", () => {
  const found = (where: typeof repository, value: string) => findCommit(s, where, value)?.message ?? null;
  expect([found(repository, sha("a")), found(tiny.fork, sha("a")), found(tiny.elsewhere, sha("a")), found(repository, sha("9"))]).toEqual(["Say hello", "Say hello", null, null]);
});

test("a pull request has another id among issues, and the same node id", () => {
  expect(toPullRequestItem(s, pullRequest)).toMatchObject({ id: 511, node_id: "PullRequest:401:511", issue_url: "https://api.github.com/repos/octo-demo/hello/issues/3" });
  expect(toIssue(s, pullRequest)).toMatchObject({ id: 512, node_id: "PullRequest:401:511", html_url: "https://github.com/octo-demo/hello/pull/3", pull_request: { merged_at: null }, draft: false });
  expect(toIssue(s, issue)).not.toHaveProperty("pull_request");
  expect(toIssue(s, issue)).not.toHaveProperty("draft");
  expect(toIssue(s, tiny.parentIssue)["sub_issues_summary"]).toEqual({ total: 1, completed: 0, percent_completed: 0 });
});

test("a list item lacks counts and mergeability; whether it can be merged is known only while it is open", () => {
  for (const key of ["merged", "mergeable", "additions", "comments", "commits"]) expect(toPullRequestItem(s, pullRequest)).not.toHaveProperty(key);
  expect(toPullRequest(s, pullRequest)).toMatchObject({ mergeable: true, mergeable_state: "clean", comments: 0, review_comments: 2, commits: 1, additions: 3, deletions: 1, changed_files: 2 });
  expect(toPullRequest(s, { ...pullRequest, draft: true })["mergeable_state"]).toBe("draft");
  expect(toPullRequest(s, { ...pullRequest, state: "closed" })).toMatchObject({ mergeable: null, mergeable_state: "unknown" });
  expect(toPullRequestReferences(s, { ...pullRequest, headRepository: null })).toEqual([]);
});

test("reviews and their comments", () => {
  expect(toReview(s, tiny.review)).toMatchObject({ state: "APPROVED", body: "", submitted_at: "2026-03-02T09:13:00Z" });
  expect(toReview(s, { ...tiny.review, state: "pending", submittedAt: null })).not.toHaveProperty("submitted_at");
  expect(toReviewComment(s, tiny.reply)).toMatchObject({ user: { login: "bob" }, in_reply_to_id: 533, line: 4, original_line: 4, html_url: "https://github.com/octo-demo/hello/pull/3#discussion_r534" });
  expect(toReviewComment(s, { ...tiny.reply, thread: { ...tiny.thread, outdated: true } })).toMatchObject({ line: null, position: null, original_line: 4 });
  expect(toReviewComment(s, tiny.thread.comments[0]!)).not.toHaveProperty("in_reply_to_id");
});

test("what a viewer may do is told to one who asked with a token", () => {
  expect(toFullRepository(s, repository, null)).not.toHaveProperty("permissions");
  expect(toFullRepository(s, repository, { admin: false, maintain: false, push: false, triage: true, pull: true })).not.toHaveProperty("allow_squash_merge");
  expect(toFullRepository(s, tiny.fork, null)).toMatchObject({ fork: true, parent: { full_name: "octo-demo/hello" }, source: { full_name: "octo-demo/hello" }, network_count: 1, subscribers_count: 0 });
  expect(toRepository(s, repository)["open_issues_count"]).toBe(3);
  expect(toCollaboratorPermission(s, alice, "maintain")).toMatchObject({ permission: "write", role_name: "maintain", user: { role_name: "maintain", permissions: { admin: false, maintain: true, push: true } } });
  expect(toCollaboratorPermission(s, alice, null)).toMatchObject({ permission: "none", role_name: "none" });
});

test("events of the timeline", () => {
  expect(toTimelineEvent(s, timelineEvent("cross-referenced", { is: "source", source: pullRequest }))).toMatchObject({ event: "cross-referenced", source: { type: "issue", issue: { id: 512 } } });
  expect(toTimelineEvent(s, timelineEvent("cross-referenced", { is: "source", source: pullRequest }))).not.toHaveProperty("id");
  expect(toEventOfIssue(s, timelineEvent("referenced", { is: "commit", sha: sha("a") }))).toMatchObject({ commit_id: sha("a"), commit_url: `https://api.github.com/repos/octo-demo/hello/commits/${sha("a")}` });
  expect(toEventOfIssue(s, timelineEvent("review_requested", { is: "user", user: tiny.bob }, pullRequest))).toMatchObject({ review_requester: { login: "alice" }, requested_reviewer: { login: "bob" } });
  expect(toEventOfIssue(s, timelineEvent("assigned", { is: "user", user: tiny.bob }))).toMatchObject({ assignee: { login: "bob" }, assigner: { login: "alice" } });
});

test("the events API tells of pull requests by reference, of a merge by its own word, and nothing of labels made", () => {
  const here = { at: tiny.START, actor: alice, repository } as const;
  expect(toEvent(s, 9, { ...here, event: "pull_request", action: "closed", pullRequest: { ...pullRequest, mergedAt: tiny.START } })).toEqual({
    id: "9",
    type: "PullRequestEvent",
    actor: { id: 101, login: "alice", display_login: "alice", gravatar_id: "", url: "https://api.github.com/users/alice", avatar_url: "https://avatars.githubusercontent.com/u/101?v=4" },
    repo: { id: 401, name: "octo-demo/hello", url: "https://api.github.com/repos/octo-demo/hello" },
    payload: {
      action: "merged",
      number: 3,
      pull_request: {
        url: "https://api.github.com/repos/octo-demo/hello/pulls/3",
        id: 511,
        number: 3,
        head: { ref: "hello", sha: sha("a"), repo: { id: 402, url: "https://api.github.com/repos/bob/hello", name: "hello" } },
        base: { ref: "main", sha: sha("c"), repo: { id: 401, url: "https://api.github.com/repos/octo-demo/hello", name: "hello" } },
      },
    },
    public: true,
    created_at: "2026-03-02T09:00:00Z",
    org: { id: 201, login: "octo-demo", gravatar_id: "", url: "https://api.github.com/orgs/octo-demo", avatar_url: "https://avatars.githubusercontent.com/u/201?v=4" },
  });
  expect(toEvent(s, 9, { ...here, event: "label", action: "created", label: tiny.label })).toBeNull();
});

test("a hook never tells its secret; only a repository's tells its last response", () => {
  expect(toHook(s, tiny.hook)).toMatchObject({ type: "Repository", url: "https://api.github.com/repos/octo-demo/hello/hooks/411", config: { secret: "********", insecure_ssl: "0" }, last_response: { code: null, status: "unused" } });
  expect(toHook(s, tiny.organizationHook)).toMatchObject({ type: "Organization", url: "https://api.github.com/orgs/octo-demo/hooks/412" });
  expect(toHook(s, tiny.organizationHook)).not.toHaveProperty("last_response");
});

test("the latest status of each context counts", () => {
  const later = { ...tiny.status, state: "failure" } as const;
  const state = (...statuses: readonly (typeof tiny.status)[]) => toCombinedStatus(s, repository, commit.sha, statuses)["state"];
  expect([state(), state(tiny.status), state(tiny.status, later), state(later, tiny.status), state(tiny.status, { ...tiny.status, context: "b", state: "pending" })]).toEqual(["pending", "success", "failure", "success", "pending"]);
});

test("traffic by day and by week, which starts on Monday", () => {
  const day = (date: number, views: number) => ({ day: Date.UTC(2026, 2, date), views, uniqueVisitors: 1, clones: 0, uniqueCloners: 0, referrers: [{ name: "Google", count: views, uniques: 1 }, { name: "Bing", count: 9, uniques: 2 }], paths: [{ path: "/octo-demo/once-called-so/issues", title: "Issues", count: views, uniques: 1 }] });
  const days = [day(1, 2), day(2, 3), day(3, 4)];
  expect(toTrafficViews(days)).toEqual({
    count: 9,
    uniques: 3,
    views: [{ timestamp: "2026-03-01T00:00:00Z", count: 2, uniques: 1 }, { timestamp: "2026-03-02T00:00:00Z", count: 3, uniques: 1 }, { timestamp: "2026-03-03T00:00:00Z", count: 4, uniques: 1 }],
  });
  expect(toTrafficViews(days, "week")["views"]).toEqual([{ timestamp: "2026-02-23T00:00:00Z", count: 2, uniques: 1 }, { timestamp: "2026-03-02T00:00:00Z", count: 7, uniques: 2 }]);
  expect(toTrafficReferrers(days)).toEqual([{ referrer: "Bing", count: 27, uniques: 6 }, { referrer: "Google", count: 9, uniques: 3 }]);
  expect(toTrafficPaths(days)).toEqual([{ path: "/octo-demo/once-called-so/issues", title: "Issues", count: 9, uniques: 3 }]);
});
