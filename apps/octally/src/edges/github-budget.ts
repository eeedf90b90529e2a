/** Asks GitHub what is left of the budgets, which costs nothing; answers are kept for some seconds. */
import { githubConfig } from "@octally/github/config";
import { connect, type Connections } from "@octally/github/connect";
import { readCredentials } from "@octally/github/credentials";
import { parseConfig, type Environment } from "@octally/shared/config";
import { parseSources } from "@octally/shared/sources";
import { toBudgets, type GithubBudget } from "../core/github-budget.ts";

const KEPT_MS = 5000;
const TIME_MS = 4000;

/** None where there are no credentials, or GitHub does not answer: a budget is good to know, and nothing else depends on it. */
export function makeBudgetReader(environment: Environment): () => Promise<readonly GithubBudget[]> {
  const [source] = parseSources(environment["OCTALLY_SOURCES"] ?? "");
  let connections: Promise<Connections> | undefined;
  let known: { readonly atMs: number; readonly budgets: Promise<readonly GithubBudget[]> } | undefined;

  async function ask(owner: string): Promise<readonly GithubBudget[]> {
    const config = parseConfig(githubConfig, environment);
    connections ??= readCredentials(config.credentials).then((credentials) => connect(credentials, { apiUrl: config.apiUrl }));
    const asking = { purpose: "live", kind: "budget", maxWaitMs: 0, signal: AbortSignal.timeout(TIME_MS) } as const;
    const connected = await (await connections).clientFor(owner, asking);
    if (connected.is === "not-installed" || connected.as === "anonymous") return [];
    const answer = await connected.github.get({ path: "/rate_limit" }, asking);
    return answer.is === "found" ? toBudgets(answer.data) : [];
  }

  return async () => {
    if (source === undefined) return [];
    if (known === undefined || performance.now() - known.atMs > KEPT_MS) known = { atMs: performance.now(), budgets: ask(source).catch(() => []) };
    return known.budgets;
  };
}
