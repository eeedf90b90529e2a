/** What is left of GitHub's hourly budgets. Pure. */
import * as z from "zod";

export type GithubBudget = { readonly resource: "core" | "graphql"; readonly limit: number; readonly remaining: number; /** ISO 8601, GitHub's clock. */ readonly resets_at: string };

const window = z.object({ limit: z.number(), remaining: z.number(), reset: z.number() });
const answer = z.object({ resources: z.object({ core: window.optional(), graphql: window.optional() }) });

/** Of the answer to `/rate_limit`; none where a server counts nobody's requests. */
export function toBudgets(data: unknown): readonly GithubBudget[] {
  const parsed = answer.safeParse(data);
  if (!parsed.success) return [];
  return (["core", "graphql"] as const).flatMap((resource) => {
    const found = parsed.data.resources[resource];
    return found === undefined || found.limit === 0 ? [] : [{ resource, limit: found.limit, remaining: found.remaining, resets_at: new Date(found.reset * 1000).toISOString() }];
  });
}

const UNITS = { core: "REST requests", graphql: "GraphQL points" } as const;
const number = new Intl.NumberFormat("en");

/** Undefined where nothing is known. */
export function budgetText(budgets: readonly GithubBudget[]): string | undefined {
  if (budgets.length === 0) return undefined;
  return `left this hour: ${budgets.map(({ resource, remaining, limit }) => `${number.format(remaining)} of ${number.format(limit)} ${UNITS[resource]}`).join(", ")}`;
}
