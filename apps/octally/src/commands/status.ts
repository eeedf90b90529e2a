import type { Command } from "commander";
import Table from "cli-table3";
import { completenessLine } from "../core/completeness-report.ts";
import { webhookLine } from "../core/webhooks-report.ts";
import type { Health } from "../core/health.ts";
import { withoutAws } from "../core/handler-environment.ts";
import { requireInstance, type Instance } from "../instance.ts";
import { readStatus, type RunStatus, type Status } from "../status.ts";

export function registerStatus(program: Command): void {
  program
    .command("status")
    .description("show what runs, what waits in the queues and how many documents there are")
    .option("--json", "one JSON object")
    .action(async (options: { readonly json?: boolean }) => {
      const instance = await requireInstance(withoutAws(process.env));
      const status = await readStatus(instance, await readHealth(instance));
      console.log(options.json === true ? JSON.stringify({ pid: instance.pid, started_at: instance.started_at, ...status }) : toTables(status, new Date().toISOString()));
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
  const table = new Table({ head: ["run", "state", "ended", "parts", "done", "not to be had", "documents", "requests", "points", "waits until"], style: { head: [], border: [] } });
  const total = (run: RunStatus, name: "written" | "requests" | "points"): number => run.kinds.reduce((sum, kind) => sum + kind[name], 0);
  for (const run of runs) table.push([run.run, run.state, run.finished_at ?? "", run.parts, run.done, run.over - run.done, total(run, "written"), total(run, "requests"), total(run, "points"), run.waiting_until ?? ""]);
  return table.toString();
}

function toTables(status: Status, now: string): string {
  const plain = { style: { head: [], border: [] } };
  const components = new Table({ head: ["component", "state", "process", "restarts", "since"], ...plain });
  for (const { name, state, pid, restarts, since } of status.components) components.push([name, state, pid ?? "", restarts, since]);
  const queues = new Table({ head: ["queue", "waiting", "in hand", "delayed"], ...plain });
  for (const [name, depth] of Object.entries(status.queues)) queues.push([name.replaceAll("_", " "), depth?.visible ?? "?", depth?.inFlight ?? "?", depth?.delayed ?? "?"]);
  const documents = new Table({ head: ["kind", "documents"], ...plain });
  const counts = Object.entries(status.documents ?? {}).filter(([, count]) => count > 0);
  for (const [kind, count] of counts) documents.push([kind, count]);
  return [
    `Octally is ${status.state}: ${status.url}, OpenSearch ${status.opensearch_url}, kept in ${status.home}`,
    ...(status.demo === null ? [] : [`Demonstration: the organisation ${status.demo.organisation} is made up, and so is its GitHub at ${status.demo.api_url}.`]),
    components.toString(),
    queues.toString(),
    ...(status.runs === null || status.runs.length === 0 ? [] : [toRunsTable(status.runs)]),
    status.documents === null ? "OpenSearch cannot be read now." : counts.length === 0 ? "No documents yet." : documents.toString(),
    `Last delivery: ${status.last_delivery_at ?? "none yet"}`,
    ...status.webhooks.map((one) => webhookLine(one, now)),
    status.completeness === null ? "Completeness cannot be read now." : completenessLine(status.completeness, now),
  ].join("\n\n");
}
