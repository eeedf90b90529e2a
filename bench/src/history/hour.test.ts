import { expect, test } from "@jest/globals";
import { measureHour } from "./hour.ts";

test("everything is loaded, in time that does not pass, and within the limits", async () => {
  const figures = Object.fromEntries((await measureHour({ repositories: 2, pullRequests: 130 })).map(({ figure, value }) => [figure, value]));
  // 2 of discovery, 2 of counts and repositories; of each repository with 65: 2 pages of pull requests, 1 of issues, 2 of comments, 2 of review comments.
  expect(figures).toMatchObject({ "in the first hour": 130, "loaded in all": 130, "requests in the first hour": 18, "overstepped limits": 0 });
  expect(figures["requests at once, at most"]).toBeLessThanOrEqual(3);
  // 18 answers of 0.3 to 1 s, three at a time.
  expect(figures["virtual time of all"]).toBeGreaterThan((18 * 0.3) / 3 / 60);
  expect(figures["virtual time of all"]).toBeLessThan(1);
});
