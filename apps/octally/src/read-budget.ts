import * as z from "zod";
import type { GithubBudget } from "./core/github-budget.ts";

const answer = z.object({ budgets: z.array(z.object({ resource: z.enum(["core", "graphql"]), limit: z.number(), remaining: z.number(), resets_at: z.string() })) });

/** What is left of GitHub's budgets, as the running system is told; none where it cannot be asked. */
export async function readBudgets(url: string): Promise<readonly GithubBudget[]> {
  try {
    const response = await fetch(`${url}/api/budget`, { signal: AbortSignal.timeout(5000) });
    return answer.parse(await response.json()).budgets;
  } catch {
    return [];
  }
}
