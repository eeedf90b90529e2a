/** What holds in every world, after whatever happened. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { play, type Step } from "../../test/random-operations.ts";
import { smallWorld, type SmallWorld } from "../../test/small-world.ts";
import { snapshotOf } from "../../test/snapshot.ts";
import { Oracle } from "../oracle.ts";
import { ORACLE_KINDS } from "../oracle-kinds.ts";
import type * as E from "../world/entities.ts";

const steps = fc.array(fc.tuple(fc.nat(999), fc.nat(30), fc.nat(30)), { minLength: 20, maxLength: 300, size: "max" });

function after(played: readonly Step[], between: (at: SmallWorld) => void = () => {}): SmallWorld {
  const at = smallWorld();
  for (const step of played) {
    at.later(1000);
    play(at, step);
    between(at);
  }
  return at;
}

test("numbers are dense, and each is a thing, or where it went, or when it was deleted", () => {
  fc.assert(fc.property(steps, (played) => {
    for (const { numbered, nextNumber, movedTo, goneNumbers, issues, pullRequests, discussions } of after(played).world.repositories.values()) {
      expect(numbered).toHaveLength(nextNumber - 1);
      numbered.forEach((thing, index) => expect(thing?.number ?? (movedTo.has(index + 1) || goneNumbers.has(index + 1) ? index + 1 : null)).toBe(index + 1));
      expect(new Set(numbered.filter((thing) => thing !== undefined))).toEqual(new Set([...issues, ...pullRequests, ...discussions]));
    }
  }), { numRuns: 60 });
});

test("what is counted is what is there", () => {
  fc.assert(fc.property(steps, (played) => {
    for (const { milestones, issues, pullRequests } of after(played).world.repositories.values()) {
      for (const milestone of milestones) {
        const inIt = [...issues, ...pullRequests].filter((thing) => thing.milestone === milestone);
        expect([milestone.openIssues, milestone.closedIssues]).toEqual([inIt.filter(({ state }) => state === "open").length, inIt.filter(({ state }) => state === "closed").length]);
      }
      for (const { files, commits, additions, deletions, changedFiles, headSha } of pullRequests) {
        expect([additions, deletions, changedFiles]).toEqual([sum(files, "additions"), sum(files, "deletions"), files.length]);
        expect(commits.at(-1)?.sha ?? headSha).toBe(headSha);
        for (const [index, { parents }] of commits.entries()) if (index > 0) expect(parents[0]).toBe(commits[index - 1]?.sha);
      }
    }
  }), { numRuns: 60 });
});

function sum(files: readonly E.CommitFile[], key: "additions" | "deletions"): number {
  return files.reduce((total, file) => total + file[key], 0);
}

test("a repository's lists hold what hangs below its issues and pull requests, and everything is found by its id", () => {
  fc.assert(fc.property(steps, (played) => {
    const { world } = after(played);
    for (const { issues, pullRequests, issueComments, reviewComments, issueEvents, commits, branches, defaultBranch, tags } of world.repositories.values()) {
      const threads = [...issues, ...pullRequests];
      expect(sorted(issueComments)).toEqual(sorted(threads.flatMap(({ comments }) => comments)));
      expect(sorted(issueEvents)).toEqual(sorted(threads.flatMap(({ timeline }) => timeline.filter(({ type }) => type !== "cross-referenced"))));
      const reviewed = pullRequests.flatMap((on) => on.threads.flatMap(({ comments }) => comments));
      expect(sorted(reviewComments)).toEqual(sorted(reviewed.filter(({ review }) => review.state !== "pending")));
      for (const { review, thread } of reviewed) expect([review.pullRequest.reviews.includes(review), thread.pullRequest]).toEqual([true, review.pullRequest]);
      for (const comment of issueComments) expect([world.find("IssueComment", comment.id), comment.on.comments.includes(comment)]).toEqual([comment, true]);
      for (const event of issueEvents) expect(world.find("TimelineEvent", event.id)).toBe(event);
      for (const issue of issues) expect([world.find("Issue", issue.id), ...issue.subIssues.map(({ parentIssue }) => parentIssue)]).toEqual([issue, ...issue.subIssues.map(() => issue)]);
      for (const on of pullRequests) expect([world.find("PullRequest", on.id), world.find("IssueOfPullRequest", on.issueId), on.mergedAt === null || world.commits.has(on.mergeCommitSha ?? "")]).toEqual([on, on, true]);
      expect(new Set(commits).size).toBe(commits.length);
      for (const { head } of branches) expect(world.commits.get(head.sha)).toBe(head);
      for (const { commit } of tags) expect(world.commits.get(commit.sha)).toBe(commit);
      expect(branches.find(({ name }) => name === defaultBranch)?.head).toBe(commits.at(-1));
      for (const { parents } of commits) for (const parent of parents) expect(world.commits.has(parent)).toBe(true);
    }
  }), { numRuns: 60 });
});

function sorted(things: readonly { readonly id: number }[]): number[] {
  return things.map(({ id }) => id).toSorted((a, b) => a - b);
}

test("a team has a grant on repositories of its organisation only", () => {
  fc.assert(fc.property(steps, (played) => {
    after(played, ({ organization }) => {
      for (const { repositories } of organization.teams) for (const { repository } of repositories) expect(repository.owner.id).toBe(organization.id);
    });
  }), { numRuns: 60 });
});

test("keys are unique in their kind, names lead to what bears them, and nobody who is gone has relations", () => {
  fc.assert(fc.property(steps, (played) => {
    const { world } = after(played);
    const oracle = new Oracle(world);
    for (const kind of ORACLE_KINDS) {
      const keys = [...oracle.things(kind)].map(({ key }) => key);
      expect([kind, new Set(keys).size]).toEqual([kind, keys.length]);
    }
    for (const repository of oracle.repositories()) {
      expect(world.repositoriesByName.get(`${repository.owner.login}/${repository.name}`.toLowerCase())).toBe(repository);
      for (const user of [...repository.stars.map((item) => item.user), ...repository.watchers, ...repository.collaborators.map((item) => item.user)]) expect(user.deleted).toBe(false);
      for (const on of repository.pullRequests) expect(on.headRepository?.deleted ?? false).toBe(false);
    }
    for (const { content } of [...oracle.things("project-item")].map(({ record }) => record)) {
      if (content.type !== "draft-issue") expect([content.repository.deleted, content.repository.numbered[content.number - 1]]).toEqual([false, content]);
    }
    for (const [login, account] of world.accountsByLogin) expect(account.login.toLowerCase()).toBe(login);
  }), { numRuns: 60 });
});

test("what a fork's issue was on a project of goes with the fork", () => {
  const { world } = after([[980, 0, 0], [530, 0, 0], [800, 0, 0], [0, 0, 18], [615, 0, 3], ...Array.from({ length: 16 }, (): Step => [0, 0, 0]), [529, 0, 3], ...Array.from({ length: 3 }, (): Step => [0, 0, 0])]);
  for (const { content } of [...new Oracle(world).things("project-item")].map(({ record }) => record)) expect(content.type !== "draft-issue" && content.repository.deleted).toBe(false);
});

test("`updatedAt` never goes back, and is never in the future", () => {
  fc.assert(fc.property(steps, (played) => {
    const seen = new Map<object, number>();
    after(played, ({ world }) => {
      const oracle = new Oracle(world);
      for (const kind of ORACLE_KINDS) {
        for (const { record, updatedAt } of oracle.things(kind)) {
          if (updatedAt === null) continue;
          expect(updatedAt).toBeGreaterThanOrEqual(seen.get(record) ?? 0);
          expect(updatedAt).toBeLessThanOrEqual(world.now());
          seen.set(record, updatedAt);
        }
      }
    });
  }), { numRuns: 10 });
});

test("a change of what REST shows of an issue or pull request itself moves its `updatedAt`", () => {
  fc.assert(fc.property(steps, (played) => {
    const seen = new Map<object, readonly [shown: string, updatedAt: number]>();
    after(played, ({ world }) => {
      for (const { issues, pullRequests } of world.repositories.values()) {
        for (const thing of [...issues, ...pullRequests]) {
          const { title, body, state, locked, comments } = thing;
          const shown = JSON.stringify([title, body, state, locked, comments.length, thing.type === "pull-request" ? [thing.draft, thing.mergedAt, thing.headSha] : thing.stateReason]);
          const before = seen.get(thing);
          if (before !== undefined && before[0] !== shown) expect(thing.updatedAt).toBe(world.now());
          seen.set(thing, [shown, thing.updatedAt]);
        }
      }
    });
  }), { numRuns: 20 });
});

test("the past is what it was, and reading it leaves the present alone", () => {
  fc.assert(fc.property(steps, fc.nat(), (played, when) => {
    const at = smallWorld();
    at.world.journal.remember(3_600_000);
    const snapshots: { readonly time: number; readonly was: string[] }[] = [];
    for (const [index, step] of played.entries()) {
      at.later(1000);
      play(at, step);
      if (index % 20 === when % 20) snapshots.push({ time: at.world.now(), was: snapshotOf(at.world) });
    }
    const now = snapshotOf(at.world);
    for (const { time, was } of snapshots) {
      expect(at.world.journal.asOf(time, () => snapshotOf(at.world))).toEqual(was);
      expect(snapshotOf(at.world)).toEqual(now);
    }
  }), { numRuns: 25 });
});

test("the same steps make the same world and tell the same", () => {
  fc.assert(fc.property(steps, (played) => {
    const [one, two] = [after(played), after(played)];
    expect(snapshotOf(one.world)).toEqual(snapshotOf(two.world));
    expect(one.told()).toEqual(two.told());
  }), { numRuns: 10 });
});

test("the oracle notices what is gone, and what came back", () => {
  const { world, ada, repository, other } = smallWorld();
  const oracle = new Oracle(world);
  expect(oracle.look()).toEqual([]);
  const [label] = repository.labels;
  world.journal.remove(repository, "labels", label!);
  world.journal.remove(other, "watchers", ada);
  expect(oracle.look()).toEqual([
    { kind: "label", key: String(label!.id), repository, noticedAt: world.now() },
    { kind: "watcher", key: `${other.id}:${ada.id}`, repository: other, noticedAt: world.now() },
  ]);
  world.journal.push(other, "watchers", ada);
  expect(oracle.look().map(({ kind }) => kind)).toEqual(["label"]);
  expect([oracle.count("label"), oracle.count("label", repository), oracle.counts(other)["label"]]).toEqual([17, 8, 9]);
});
