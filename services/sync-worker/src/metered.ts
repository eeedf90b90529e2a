/** Counts what one part asks of GitHub. */
import type { GitHubPort } from "./walks/walk.ts";

export type Meter = { requests: number; points: number };

export function metered(github: GitHubPort, meter: Meter): GitHubPort {
  const count = (points: number): void => {
    meter.requests += 1;
    meter.points += points;
  };
  return {
    nowMs: github.nowMs,
    async get(request, call) {
      const answer = await github.get(request, call);
      count(answer.cost);
      return answer;
    },
    async *list(request, call) {
      for await (const answer of github.list(request, call)) {
        count(answer.cost);
        yield answer;
      }
    },
    async graphql(document, variables, call) {
      const answer = await github.graphql(document, variables, call);
      count(answer.is === "data" ? answer.cost : 1);
      return answer;
    },
  };
}
