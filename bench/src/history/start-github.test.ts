import { expect, test } from "@jest/globals";
import { startGitHub } from "./start-github.ts";

test("the workload is there, and what it is asked is counted, also where there are no limits", async () => {
  const github = await startGitHub({ repositories: 1, pullRequests: 3, latencyMs: 0, limits: false });
  try {
    const headers = { authorization: `Bearer ${github.token}` };
    const ask = async (path: string): Promise<number> => ((await (await fetch(`${github.url}/repos/${github.organization}/${github.repositories[0] ?? ""}${path}`, { headers })).json()) as readonly unknown[]).length;
    const lengths = await Promise.all(["/pulls?state=all", "/pulls/comments", "/issues/comments", "/pulls/1/reviews", "/pulls/1/commits"].map(ask));
    expect(lengths).toEqual([3, 9, 9, 2, 3]);
    await fetch(`${github.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: "{ viewer { repositories(first: 100) { nodes { issues(first: 100) { totalCount } } } } }" }) });
    expect(await github.asked()).toEqual({ rest: 5, graphql: 1, points: 1, violations: 0 });
    expect(await github.asked()).toEqual({ rest: 0, graphql: 0, points: 0, violations: 0 });
  } finally {
    await github.stop();
  }
});
