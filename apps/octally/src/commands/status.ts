import type { Command } from "commander";
import { mirrorLines } from "../core/webhooks-report.ts";
import { plainTable, type Row } from "../core/plain-table.ts";
import { budgetText, type GithubBudget } from "../core/github-budget.ts";
import type { Health } from "../core/health.ts";
import { withoutAws } from "../core/handler-environment.ts";
import { requireInstance, type Instance } from "../instance.ts";
import { readBudgets } from "../read-budget.ts";
import { readStatus, type RunStatus, type Status } from "../status.ts";

export function registerStatus(program: Command): void {
  program
    .command("status")
    .description("show what runs, what waits in the queues and how many documents there are")
    .option("--json", "one JSON object")
    .action(async (options: { readonly json?: boolean }) => {
      const instance = await requireInstance(withoutAws(process.env));
      const [status, budgets] = await Promise.all([readHealth(instance).then((health) => readStatus(instance, health)), readBudgets(instance.url)]);
      console.log(options.json === true ? JSON.stringify({ pid: instance.pid, started_at: instance.started_at, ...status, budgets }) : toTables(status, budgets, new Date().toISOString()));
    });
}

/** From the front; when that is down, all that is known is that it is. */
async function readHealth(instance: Instance): Promise<Health> {
  try {
    const answer = await fetch(instance.health_url, { signal: AbortSignal.timeout(3000) });
    return (await answer.json()) as Health;
  } catch {
    return { state: "degraded", opensearch_url: instance.opensearch_url, components: [{ name: "front", state: "down", restarts: 0, since: new Date().toISOString() }], webhooks: [], completeness: [] };
  }
}

function toRunsTable(runs: readonly RunStatus[]): string {
  const total = (run: RunStatus, name: "written" | "requests" | "points"): string => String(run.kinds.reduce((sum, kind) => sum + kind[name], 0));
  const rows = runs.map((run): Row => [run.run, run.state, `${run.done} of ${run.parts}`, String(run.over - run.done), total(run, "written"), total(run, "requests"), total(run, "points"), run.waiting_until ?? run.finished_at ?? ""]);
  return plainTable(["load", "state", "parts done", "not to be had", "documents", "requests", "points", "ended, or waits until"], rows, [2, 3, 4, 5, 6]);
}

function toTables(status: Status, budgets: readonly GithubBudget[], now: string): string {
  const budget = budgetText(budgets);
  const components = plainTable(["component", "state", "process", "restarts", "since"], status.components.map(({ name, state, pid, restarts, since }) => [name, state, String(pid ?? ""), String(restarts), since]), [2, 3]);
  const queues = plainTable(["queue", "waiting", "in hand", "delayed"], Object.entries(status.queues).map(([name, depth]) => [name.replaceAll("_", " "), ...[depth?.visible, depth?.inFlight, depth?.delayed].map((value) => String(value ?? "?"))]), [1, 2, 3]);
  const counts = Object.entries(status.documents ?? {}).filter(([, count]) => count > 0);
  const documents = plainTable(["kind", "documents"], counts.map(([kind, count]) => [kind, String(count)]), [1]);
  return [
    `Octally is ${status.state}: ${status.url}, OpenSearch ${status.opensearch_url}, kept in ${status.home}`,
    ...(status.demo === null ? [] : [`Demonstration: the organisation ${status.demo.organisation} is made up, and so is its GitHub at ${status.demo.api_url}.`]),
    components,
    queues,
    ...(status.runs === null || status.runs.length === 0 ? [] : [toRunsTable(status.runs)]),
    status.documents === null ? "OpenSearch cannot be read now." : counts.length === 0 ? "No documents yet." : documents,
    ...(budget === undefined ? [] : [`GitHub's budget, ${budget}`]),
    `Last delivery: ${status.last_delivery_at ?? "none yet"}`,
    ...mirrorLines(status, now),
  ].join("\n\n");
}
