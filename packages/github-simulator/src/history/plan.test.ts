import { describe, expect, test } from "@jest/globals";
import { personName, repositoryName } from "./names.ts";
import { type HistoryInput, HistoryOptions } from "./options.ts";
import { planPlaces, shareOut } from "./plan.ts";
import { makeStreams } from "./random.ts";

const plan = (input: HistoryInput): ReturnType<typeof planPlaces> => {
  const options = HistoryOptions.parse(input);
  return planPlaces(options, makeStreams(options.seed));
};

describe("the plan of a history", () => {
  test.each([[1, 10], [5, 3], [20, 2000], [200, 20_000]])("%d repositories with exactly %d pull requests, each in its repository's life", (repositories, pullRequests) => {
    const places = plan({ repositories, pullRequests });
    const asked = places.filter(({ fate }) => fate !== "deleted");
    expect(asked).toHaveLength(repositories);
    expect(asked.reduce((sum, place) => sum + place.pullRequestsAt.length, 0)).toBe(pullRequests);
    for (const { bornAt, endsAt, pullRequestsAt, releasesAt } of places) {
      expect([...pullRequestsAt, ...releasesAt].every((at) => at > bornAt && at <= endsAt)).toBe(true);
    }
  });

  test("sizes have a long tail: the largest tenth of the repositories has a third to two thirds of the pull requests", () => {
    const counts = plan({ repositories: 200, pullRequests: 20_000 }).map(({ pullRequestsAt }) => pullRequestsAt.length).toSorted((one, other) => other - one);
    const share = counts.slice(0, 20).reduce((sum, count) => sum + count, 0) / 20_000;
    expect(share).toBeGreaterThan(0.33);
    expect(share).toBeLessThan(0.67);
  });

  test.each([[10, [1, 1], [5, 5]], [7, [1, 2, 4], [1, 2, 4]], [3, [1, 1], [2, 1]], [0, [1, 2], [0, 0]], [1, [1, 3], [0, 1]]])("%d shared out by %j", (total, weights, expected) => {
    expect(shareOut(total, weights)).toEqual(expected);
  });

  test("no two people and no two repositories have one name", () => {
    const logins = Array.from({ length: 60_000 }, (_, number) => personName(number).login);
    expect(new Set(logins).size).toBe(60_000);
    expect(logins.find((login) => !/^[a-z\d]+(?:-[a-z\d]+)*$/.test(login) || login.length > 39)).toBeUndefined();
    expect(new Set(Array.from({ length: 1200 }, (_, number) => repositoryName(number))).size).toBe(1200);
  });

  test.each([[{ repositories: 0 }], [{ pullRequests: -1 }], [{ organization: "-x" }], [{ years: 1, start: 0 }], [{ start: "2026-01-01", end: "2025-01-01" }], [{ ratios: { bots: 2 } }]])("refuses %j", (input) => {
    expect(HistoryOptions.safeParse(input).success).toBe(false);
  });
});
