import { describe, expect, test } from "@jest/globals";
import { digest } from "../digest.ts";
import type { PullRequest, Repository } from "../world/entities.ts";
import type { Happening } from "../world/happening.ts";
import { deleteRepository } from "../operations/repository.ts";
import { isWeekend } from "./calendar.ts";
import { type History, makeHistory } from "./history.ts";
import { type HistoryInput, HistoryOptions } from "./options.ts";
import { Random } from "./random.ts";

const begin = (input: HistoryInput): History => makeHistory(HistoryOptions.parse(input));

/** What happened, with the numbers by which it would be told, and the whole world at the end. */
function play(input: HistoryInput, steps = 1): { readonly history: History; readonly happenings: string; readonly world: string; readonly count: number } {
  const options = HistoryOptions.parse(input);
  const history = makeHistory(options);
  const told: string[] = [];
  history.world.listen((happening) => told.push(lineOf(happening)));
  for (let step = 1; step <= steps; step++) history.schedule.runTo(options.start + ((options.end - options.start) * step) / steps);
  const { users, organizations, repositories, accountsByLogin, advisories, commits } = history.world;
  return { history, happenings: digest(told), world: digest(users, organizations, repositories, accountsByLogin, advisories, commits), count: told.length };
}

function lineOf(happening: Happening): string {
  const subjects = Object.entries(happening).map(([key, value]) => `${key}=${typeof value === "object" && value !== null ? ("id" in value ? String(value.id) : "number" in value ? String(value.number) : digest(Object.keys(value))) : String(value)}`);
  return subjects.join(" ");
}

describe("a generated history", () => {
  test.each([[{ repositories: 1, pullRequests: 10 }], [{ repositories: 6, pullRequests: 120, richness: "full" as const }]])("%j comes out the same again, whatever the steps and the order of the options", (input) => {
    const { count, happenings, world } = play({ seed: 7, organization: "same", ...input });
    const again = play({ ...input, organization: "same", seed: "7" }, 37);
    expect(again).toMatchObject({ count, happenings, world });
    expect(play({ seed: 8, organization: "same", ...input }).world).not.toBe(world);
  });

  test.each([[1, 10, 3], [2, 0, 0], [3, 40, 40], [20, 150, 150]])("%d repositories with %d pull requests: exactly these exist at the end, and nothing was done after it", (repositories, pullRequests) => {
    const { history } = play({ repositories, pullRequests });
    const there = ofOrganization(history);
    expect(there).toHaveLength(repositories);
    expect(there.reduce((sum, repository) => sum + repository.pullRequests.length, 0)).toBe(pullRequests);
    expect(history.world.now()).toBe(history.end);
    expect(history.schedule.nextAt()).toBeGreaterThan(history.end);
  });

  test("one more repository, star or issue does not change how people write pull requests elsewhere", () => {
    const of = ({ history }: ReturnType<typeof play>): unknown => ofOrganization(history)[0]?.pullRequests.map(({ title, createdAt }) => [title, createdAt]).slice(0, 3);
    const base = { repositories: 1, pullRequests: 12 };
    expect(of(play({ ...base, ratios: { starsPerPullRequest: 30 } }))).toEqual(of(play(base)));
  });

  test.each(Array.from({ length: 14 }, (_, seed) => seed))("nothing happens any more in repositories that are deleted at some moment, seed %d", (seed) => {
    const options = HistoryOptions.parse({ seed, repositories: 3, pullRequests: 30, richness: seed % 2 === 0 ? "full" : "plain" });
    const history = makeHistory(options);
    const { world, schedule, organization } = history;
    const [founder] = organization.members;
    const random = new Random(`deletions ${seed}`);
    const late = new Set<string>();
    world.listen((happening) => {
      if ("repository" in happening && happening.repository?.deleted && happening.event !== "repository") late.add(`${happening.event} ${happening.action ?? ""}`);
    });
    let deleted = 0;
    for (const at of Array.from({ length: 3 }, () => random.between(0.5, 0.95)).toSorted((a, b) => a - b)) {
      schedule.runTo(options.start + (options.end - options.start) * at);
      const there = ofOrganization(history);
      if (founder === undefined || there.length === 0) continue;
      deleteRepository(world, { actor: founder.user, repository: random.pick(there) });
      deleted += 1;
    }
    expect(deleted).toBeGreaterThan(0);
    schedule.runTo(options.end);
    expect([...late]).toEqual([]);
  });

  test("the present goes on where the past ended", () => {
    const { history } = play({ repositories: 3, pullRequests: 60 });
    const before = ofOrganization(history).reduce((sum, repository) => sum + repository.pullRequests.length, 0);
    history.schedule.runTo(history.end + 60 * 86_400_000);
    expect(ofOrganization(history).reduce((sum, repository) => sum + repository.pullRequests.length, 0)).toBeGreaterThan(before + 2);
  });
});

const ofOrganization = ({ world, organization }: History): Repository[] => [...world.repositories.values()].filter(({ deleted, owner }) => !deleted && owner === organization);

describe("everything happens in a full world", () => {
  test("each event and action that has a happening, but those that only hooks, app owners and renamed organisations see", () => {
    const history = begin({ repositories: 20, pullRequests: 200, seed: 5 });
    const seen = new Set<string>();
    history.world.listen(({ event, action }) => seen.add(action === null ? event : `${event}.${action}`));
    history.schedule.runTo(history.end);
    const expected = Object.entries(ACTIONS).flatMap(([event, actions]) => (actions === "" ? [event] : actions.split(" ").map((action) => `${event}.${action}`)));
    expect(expected.filter((name) => !seen.has(name))).toEqual([]);
    expect([...history.world.users.values()].some(({ deleted }) => deleted)).toBe(true);
    expect(ofOrganization(history).flatMap(({ movedTo, goneNumbers }) => [movedTo.size, goneNumbers.size]).some((size) => size > 0)).toBe(true);
  });
});

const ACTIONS = {
  issues: "opened edited deleted closed reopened assigned unassigned labeled unlabeled locked unlocked milestoned demilestoned pinned unpinned transferred typed untyped",
  sub_issues: "sub_issue_added sub_issue_removed parent_issue_added parent_issue_removed", issue_comment: "created edited deleted",
  pull_request: "opened edited closed reopened assigned unassigned labeled unlabeled locked unlocked milestoned demilestoned review_requested review_request_removed ready_for_review converted_to_draft synchronize auto_merge_enabled auto_merge_disabled enqueued dequeued",
  pull_request_review: "submitted edited dismissed", pull_request_review_comment: "created edited deleted", pull_request_review_thread: "resolved unresolved", commit_comment: "created",
  discussion: "created edited deleted answered unanswered category_changed closed reopened labeled unlabeled locked unlocked pinned unpinned transferred", discussion_comment: "created edited deleted",
  push: "", create: "", delete: "", release: "created edited published released prereleased unpublished deleted", label: "created edited deleted", milestone: "created edited closed opened deleted",
  star: "created deleted", watch: "started", fork: "", repository: "created edited renamed transferred archived unarchived publicized privatized deleted", public: "", member: "added edited removed", team_add: "",
  team: "created edited deleted added_to_repository removed_from_repository", membership: "added removed", organization: "member_added member_removed member_invited", org_block: "blocked unblocked",
  workflow_run: "requested in_progress completed", workflow_job: "queued in_progress completed waiting", workflow_dispatch: "", check_suite: "rerequested completed", check_run: "created completed rerequested requested_action",
  status: "", deployment: "created", deployment_status: "created", dependabot_alert: "created fixed dismissed auto_dismissed reopened auto_reopened reintroduced", repository_vulnerability_alert: "create dismiss resolve",
  code_scanning_alert: "created fixed closed_by_user reopened reopened_by_user appeared_in_branch", secret_scanning_alert: "created resolved reopened validated publicly_leaked", secret_scanning_alert_location: "created",
  repository_advisory: "published reported", security_advisory: "published updated withdrawn", projects_v2: "created edited closed reopened deleted", projects_v2_item: "created edited archived restored converted reordered deleted",
  branch_protection_rule: "created edited deleted", deploy_key: "created deleted", gollum: "", page_build: "", package: "published updated", registry_package: "published updated", merge_group: "checks_requested destroyed", repository_dispatch: "on-demand-test",
} as const;

describe("nothing in a generated world contradicts itself", () => {
  const history = begin({ repositories: 20, pullRequests: 400, years: 3, seed: 11, ratios: { pullRequestsPerMemberAndYear: 8 } });
  let last = 0;
  const disordered: string[] = [];
  history.world.listen(({ at, event, actor }) => {
    if (at < last) disordered.push(`${event} at ${at}`);
    // Bots and the ghost act for others; whoever deleted their account acts no more.
    if (actor.deleted) disordered.push(`${event} by ${actor.login}, who is gone`);
    last = at;
  });
  history.schedule.runTo(history.end);
  const repositories = ofOrganization(history);
  const threads = repositories.flatMap(({ issues, pullRequests }) => [...issues, ...pullRequests]);
  const members = new Set(history.organization.members.map(({ user }) => user));

  test.each([
    ["what happens, happens in order and by people who are there", () => disordered],
    ["numbers lead to what has them, or are gone or moved", () => repositories.flatMap(({ numbered, goneNumbers, movedTo }) => numbered.map((thing, index) => (thing === undefined ? goneNumbers.has(index + 1) || movedTo.has(index + 1) : thing.number === index + 1))).filter((right) => !right)],
    ["nothing changed before it was made or after now", () => threads.filter(({ createdAt, updatedAt }) => updatedAt < createdAt || updatedAt > history.end)],
    ["milestones count what is in them", () => repositories.flatMap(({ milestones, issues, pullRequests }) => milestones.filter((milestone) => [...issues, ...pullRequests].filter((thread) => thread.milestone === milestone && thread.state === "open").length !== milestone.openIssues))],
    ["labels are those of the repository", () => threads.filter(({ labels, repository }) => labels.some((label) => !repository.labels.includes(label)))],
    ["teams have members of the organisation only", () => history.organization.teams.flatMap((team) => team.members.filter(({ user }) => !members.has(user)))],
    ["nobody is a member twice", () => history.organization.members.slice(members.size)],
    ["an open pull request from a repository that is there has its branch", () => repositories.flatMap(({ pullRequests }) => pullRequests).filter(({ state, headRepository, headRef }) => state === "open" && headRepository !== null && !headRepository.deleted && !headRepository.branches.some(({ name }) => name === headRef))],
    ["merged means closed", () => repositories.flatMap(({ pullRequests }) => pullRequests).filter(({ mergedAt, state, mergeCommitSha, commits }) => mergedAt !== null && (state !== "closed" || mergeCommitSha === null || commits.length === 0))],
    ["nobody reviews for approval what is their own", () => repositories.flatMap(({ pullRequests }) => pullRequests).filter(({ author, reviews }) => reviews.some((review) => review.author === author && review.state !== "commented"))],
    ["nobody stars twice", () => repositories.filter(({ stars }) => new Set(stars.map(({ user }) => user)).size !== stars.length)],
  ])("%s", (_name, wrong) => {
    expect(wrong()).toEqual([]);
  });
});

describe("what a generated history is like", () => {
  const history = begin({ repositories: 20, pullRequests: 1200, years: 2, seed: 3 });
  const [byPeople, atWeekends, requests, again] = [[0], [0], [0], [0]] as [number[], number[], number[], number[]];
  const asked = new Set<string>();
  history.world.listen((happening) => {
    if (happening.actor.type === "User" && ["push", "pull_request", "issues", "issue_comment", "pull_request_review"].includes(happening.event)) {
      byPeople[0]!++;
      if (isWeekend(happening.at)) atWeekends[0]!++;
    }
    if (happening.event !== "pull_request" || happening.action !== "review_requested") return;
    requests[0]!++;
    const key = `${happening.pullRequest.id} ${happening.reviewer?.id}`;
    if (asked.has(key)) again[0]!++;
    asked.add(key);
  });
  history.schedule.runTo(history.end);
  const pullRequests = ofOrganization(history).flatMap((repository) => repository.pullRequests);
  const issues = ofOrganization(history).flatMap((repository) => repository.issues);
  const mean = <T>(list: readonly T[], valueOf: (item: T) => number | boolean): number => list.reduce((sum, item) => sum + Number(valueOf(item)), 0) / list.length;
  const has = (type: string) => ({ timeline }: Pick<PullRequest, "timeline">): boolean => timeline.some((event) => event.type === type);

  test.each([
    ["weekend work", () => atWeekends[0]! / byPeople[0]!, 0.02, 0.12],
    ["requests for review that were made before", () => again[0]! / requests[0]!, 0.08, 0.25],
    ["merged pull requests", () => mean(pullRequests, ({ mergedAt }) => mergedAt !== null), 0.7, 0.85],
    ["open pull requests", () => mean(pullRequests, ({ state }) => state === "open"), 0.04, 0.15],
    ["pull requests of bots", () => mean(pullRequests, ({ author }) => author.type === "Bot"), 0.06, 0.14],
    ["reviews of a pull request", () => mean(pullRequests, ({ reviews }) => reviews.length), 1.4, 2.3],
    ["review comments of a pull request", () => mean(pullRequests, ({ threads }) => threads.reduce((sum, { comments }) => sum + comments.length, 0)), 1.8, 3.6],
    ["comments of a pull request", () => mean(pullRequests, ({ comments }) => comments.length), 1.4, 2.8],
    ["the longest discussion", () => Math.max(...pullRequests.map(({ comments }) => comments.length)), 40, 600],
    ["commits of a pull request", () => mean(pullRequests, ({ commits }) => commits.length), 1.9, 3.2],
    ["force-pushed pull requests", () => mean(pullRequests, has("head_ref_force_pushed")), 0.06, 0.25],
    ["reopened pull requests", () => mean(pullRequests, has("reopened")), 0.008, 0.04],
    ["pull requests that were drafts", () => mean(pullRequests, has("ready_for_review")), 0.08, 0.25],
    ["pull requests with changes requested", () => mean(pullRequests, ({ reviews }) => reviews.some(({ state }) => state === "changes_requested")), 0.08, 0.25],
    ["issues for each pull request", () => issues.length / pullRequests.length, 0.5, 0.7],
    ["open issues", () => mean(issues, ({ state }) => state === "open"), 0.03, 0.2],
    ["issues that others refer to", () => mean(issues, ({ timeline }) => timeline.some(({ type }) => type === "cross-referenced")), 0.05, 0.3],
    ["members of the organisation", () => history.organization.members.length, 6, 14],
  ])("%s", (_name, value, least, most) => {
    expect(value()).toBeGreaterThanOrEqual(least);
    expect(value()).toBeLessThanOrEqual(most);
  });
});
