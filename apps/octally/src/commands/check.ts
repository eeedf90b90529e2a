import Table from "cli-table3";
import type { Command } from "commander";
import { checkCompleteness, type Check, type Completeness } from "@octally/integrity-checker/check-completeness";
import { isComplete } from "@octally/integrity-checker/core/totals";
import { KIND_HEAD, kindRows, OPEN_HEAD, openRows, summaryOf, type Row } from "../core/completeness-report.ts";
import { requireInstance } from "../instance.ts";
import { makeCheck } from "../local-use-cases.ts";

type Options = { readonly full?: boolean; readonly repair: boolean; readonly json?: boolean };

const TIME_MS = 10 * 60_000;
const MOST_ROWS = 40;

export function registerCheck(program: Command): void {
  program
    .command("check")
    .description("compare what GitHub says there is with what the store holds, and repair what differs twice")
    .argument("[source...]", "organisations, users or owner/name; default: OCTALLY_SOURCES, or the demonstration's")
    .option("--full", "also compare everything one by one, by id and time: more requests, done by the worker")
    .option("--repair", "order repairs (the default)", true)
    .option("--no-repair", "only look")
    .option("--json", "one JSON object a line: each kind in each place, then the result")
    .action(run);
}

async function run(sources: readonly string[], options: Options): Promise<void> {
  const { ports, config } = await makeCheck(await requireInstance(process.env), process.env, sources);
  const checks: readonly Check[] = options.full === true ? ["deliveries", "counts", "references", "audit"] : ["deliveries", "counts"];
  const { OCTALLY_AUDIT_DAYS: auditDays, OCTALLY_MOST_REPAIRS: mostRepairs, OCTALLY_WEBHOOK_URL: webhookUrl } = config.checker;
  const found = await checkCompleteness(ports, { checks, sources: config.sources, full: options.full === true, repair: options.repair, auditDays, mostRepairs, webhookUrl, timeMs: TIME_MS });
  const coverages = found.coverages ?? [];
  const complete = coverages.length > 0 && isComplete(coverages);
  if (options.json === true) {
    for (const coverage of coverages) console.log(JSON.stringify({ coverage }));
    console.log(JSON.stringify({ result: { complete, repairs: found.repairs, requests: found.requests, points: found.points, audit: found.audit, references: found.references, deliveries: found.deliveries?.hooks.map(({ hook, found: log }) => ({ hook: hook.path, log })) } }));
  } else report(found, ports.clock().toISOString());
  if (!complete) process.exitCode = 1;
}

function report(found: Completeness, now: string): void {
  const coverages = found.coverages ?? [];
  if (coverages.length === 0) {
    console.log('The store knows no repository of it. Load it first: "./octally backfill".');
    return;
  }
  const open = openRows(coverages, now);
  console.log(tableOf(KIND_HEAD, kindRows(coverages)));
  if (open.length > 0) console.log(`\nNot complete, worst first:\n${tableOf(OPEN_HEAD, open.slice(0, MOST_ROWS))}`);
  if (open.length > MOST_ROWS) console.log(`… and ${open.length - MOST_ROWS} more; --json lists them all.`);
  for (const line of linesOf(found)) console.log(line);
}

function linesOf({ coverages = [], deliveries, references, audit, repairs = 0, requests = 0, points = 0 }: Completeness): readonly string[] {
  return [
    `\n${summaryOf(coverages)}`,
    ...(deliveries?.without.map((source) => `No webhook of ${source} is known: what GitHub delivers cannot be checked.`) ?? []),
    ...(deliveries?.hooks.map(({ hook, found }) => ("is" in found ? `${hook.path}: ${found.reason} It needs ${found.permission}.` : `${hook.path}: ${found.seen} deliveries looked at, ${found.missing} not here, ${found.fetch.length} fetched.`)) ?? []),
    ...(references === undefined ? [] : [`${references.dangling} things are named by others and not here; ${references.jobs} jobs ask for them.`]),
    ...(audit === undefined ? [] : [`${audit.ordered} inventories compare everything one by one; the next check shows what they found.`]),
    `${repairs} repairs ordered. It took ${requests} requests and ${points} points.`,
  ];
}

function tableOf(head: Row, rows: readonly Row[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
