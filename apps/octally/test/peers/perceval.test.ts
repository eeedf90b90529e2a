/** Perceval 1.6 collects each repository of a generated organisation to the end, and has what there is. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import * as z from "zod";
import { openPeerWorld, type PeerWorld } from "./peer-world.ts";
import { runPerceval, type PercevalItem } from "./perceval.ts";

jest.setTimeout(900_000);

let github: PeerWorld;
beforeAll(async () => {
  github = await openPeerWorld();
});
afterAll(() => github.close());

const numbered = z.looseObject({ number: z.number() });
const withId = z.looseObject({ id: z.number() });
/** Where there is nothing it leaves an empty object. */
const list = z.preprocess((value) => (Array.isArray(value) ? value : []), z.array(withId));
const listOf = (item: PercevalItem, name: string): number[] => list.parse(item[name]).map(({ id }) => id);
const numbersOf = (items: readonly PercevalItem[]): number[] => items.map((item) => numbered.parse(item).number).toSorted((a, b) => a - b);
const sorted = (ids: readonly number[]): number[] => ids.toSorted((a, b) => a - b);

async function collect(backend: "github" | "githubql", category: string): Promise<ReadonlyMap<string, readonly PercevalItem[]>> {
  const { organization, repositories } = github.truth();
  const collected = new Map<string, readonly PercevalItem[]>();
  for (const { name } of repositories) collected.set(name, await runPerceval({ url: github.url, token: github.token, owner: organization.login, repository: name, backend, category }));
  return collected;
}

describe("github", () => {
  test("issue: every issue and pull request, with its comments", async () => {
    const collected = await collect("github", "issue");
    for (const { name, issues, pullRequests, issueComments } of github.truth().repositories) {
      const items = collected.get(name) ?? [];
      expect(numbersOf(items)).toEqual(sorted([...issues, ...pullRequests].map(({ number }) => number)));
      expect(sorted(items.flatMap((item) => listOf(item, "comments_data")))).toEqual(sorted(issueComments.map(({ id }) => id)));
    }
  });

  test("pull_request: every one, with its reviews, review comments and commits", async () => {
    const collected = await collect("github", "pull_request");
    for (const { name, pullRequests, reviewComments } of github.truth().repositories) {
      const items = collected.get(name) ?? [];
      expect(numbersOf(items)).toEqual(sorted(pullRequests.map(({ number }) => number)));
      expect(sorted(items.flatMap((item) => listOf(item, "reviews_data")))).toEqual(sorted(pullRequests.flatMap(({ reviews }) => reviews.filter(({ state }) => state !== "pending").map(({ id }) => id))));
      expect(sorted(items.flatMap((item) => listOf(item, "review_comments_data")))).toEqual(sorted(reviewComments.map(({ id }) => id)));
      expect(items.flatMap((item) => z.array(z.string()).parse(item["commits_data"])).toSorted()).toEqual(pullRequests.flatMap(({ commits }) => commits.slice(0, 250).map(({ sha }) => sha)).toSorted());
    }
  });

  test("repository: its counts", async () => {
    const collected = await collect("github", "repository");
    for (const { name, id, stars, watchers } of github.truth().repositories) expect(collected.get(name)).toMatchObject([{ id, stargazers_count: stars.length, subscribers_count: watchers.length }]);
  });
});

/** What githubql asks a timeline for beside reviews: REST's name, and GraphQL's. */
const ASKED = new Map([["labeled", "LabeledEvent"], ["unlabeled", "UnlabeledEvent"], ["cross-referenced", "CrossReferencedEvent"], ["closed", "ClosedEvent"], ["merged", "MergedEvent"]]);

describe("githubql", () => {
  test("event: every event that it asks for", async () => {
    const collected = await collect("githubql", "event");
    for (const { name, issues, pullRequests } of github.truth().repositories) {
      const wanted = [...issues, ...pullRequests].flatMap(({ timeline, number }) => timeline.filter(({ type }) => ASKED.has(type)).map(({ type }) => `${number} ${ASKED.get(type)}`));
      const reviews = pullRequests.flatMap((pullRequest) => pullRequest.reviews.filter(({ state }) => state !== "pending").map(() => `${pullRequest.number} PullRequestReview`));
      expect((collected.get(name) ?? []).map((item) => `${z.looseObject({ issue: numbered }).parse(item).issue.number} ${String(item["eventType"])}`).toSorted()).toEqual([...wanted, ...reviews].toSorted());
    }
  });
});
