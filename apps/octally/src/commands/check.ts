import type { Command } from "commander";
import { checkCompleteness, type Check, type CheckOptions, type Completeness } from "@octally/integrity-checker/check-completeness";
import { isComplete } from "@octally/integrity-checker/core/totals";
import { kinds } from "@octally/model/registry";
import { isNoWay } from "@octally/model/sources";
import { countedTable, hintsOf, openLines, openOnes, summaryOf, uncountedTable } from "../core/check-screen.ts";
import { wrapped } from "../core/plain-table.ts";
import type { CheckerPorts } from "@octally/integrity-checker/ports";
import { requireReadingInstance } from "../instance.ts";
import { waitForInventories } from "../wait-for-inventories.ts";
import { makeCheck } from "../local-use-cases.ts";

type Options = { readonly full?: boolean; readonly repair: boolean; readonly json?: boolean };

const TIME_MS = 10 * 60_000;
const MOST_OPEN = 40;
/** Wider lines are read no better. */
const WIDEST = 120;

export function registerCheck(program: Command): void {
  program
    .command("check")
    .description("compare what GitHub says there is with what the store holds, and repair what differs twice")
    .argument("[source...]", "organisations, users or owner/name; default: OCTALLY_SOURCES, or the demonstration's")
    .option("--full", "also compare everything one by one, and wait for the worker to do it: more requests; Ctrl-C waits no longer")
    .option("--repair", "order repairs (the default)", true)
    .option("--no-repair", "only look")
    .option("--json", "one JSON object a line: each kind in each place, then the result")
    .action(run);
}

async function run(sources: readonly string[], options: Options): Promise<void> {
  const { ports, config, accounted } = await makeCheck(await requireReadingInstance(process.env), process.env, sources);
  const checks: readonly Check[] = options.full === true ? ["deliveries", "counts", "references", "audit"] : ["deliveries", "counts"];
  const { OCTALLY_AUDIT_DAYS: auditDays, OCTALLY_MOST_REPAIRS: mostRepairs, OCTALLY_WEBHOOK_URL: webhookUrl } = config.checker;
  const asked = { checks, sources: config.sources, full: options.full === true, repair: options.repair, auditDays, mostRepairs, webhookUrl, timeMs: TIME_MS };
  const found = await accounted(checkAll(ports, asked));
  const coverages = found.coverages ?? [];
  const complete = coverages.length > 0 && isComplete(coverages) && (found.refusals ?? []).length === 0;
  if (options.json === true) {
    for (const coverage of coverages) console.log(JSON.stringify({ coverage }));
    console.log(JSON.stringify({ result: { complete, refusals: found.refusals, repairs: found.repairs, requests: found.requests, points: found.points, audit: found.audit === undefined ? undefined : { ordered: found.audit.ordered, of: found.audit.of }, references: found.references, deliveries: found.deliveries?.hooks.map(({ hook, found: log }) => ({ hook: hook.path, log })) } }));
  } else report(found, ports.clock().toISOString());
  if (!complete) process.exitCode = 1;
}

/** What the inventories of an audit found is shown by counting again. */
async function checkAll(ports: CheckerPorts, asked: CheckOptions): Promise<Completeness> {
  const first = await checkCompleteness(ports, asked);
  return first.audit === undefined ? first : afterAudit(ports, first, () => checkCompleteness(ports, { ...asked, checks: ["counts"] }));
}

async function afterAudit(ports: CheckerPorts, first: Completeness, countAgain: () => Promise<Completeness>): Promise<Completeness> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once("SIGINT", end).once("SIGTERM", end);
  const told = process.stderr.isTTY ? (text: string): void => void process.stderr.write(`\r\u001B[K${text}`) : (): void => undefined;
  await waitForInventories(ports, first.audit?.runs ?? [], { lookEveryMs: 1000, signal: stop.signal, onProgress: ({ ended, of }) => told(`${ended} of ${of} lists compared one by one`) });
  told("");
  const again = await countAgain();
  const sum = (value: (found: Completeness) => number | undefined): number => (value(first) ?? 0) + (value(again) ?? 0);
  return { ...first, ...again, coverages: [...(again.coverages ?? []), ...(first.deliveries?.coverages ?? [])], repairs: sum(({ repairs }) => repairs), requests: sum(({ requests }) => requests), points: sum(({ points }) => points) };
}

function report(found: Completeness, now: string): void {
  const { coverages = [], refusals = [] } = found;
  for (const { source, reason } of refusals) console.log(`${source}: ${reason}`);
  if (coverages.length === 0) {
    if (refusals.length > 0) return;
    console.log('Neither the store nor GitHub, as far as this token may see, knows a repository of it. Is the name right? "./octally backfill" loads what is new.');
    return;
  }
  const width = Math.min(process.stdout.columns ?? WIDEST, WIDEST);
  const say = (text: string): void => console.log(wrapped(text, width, "  ").join("\n"));
  const incomparable = new Set(kinds.filter(({ sources: { inventory } }) => isNoWay(inventory)).map(({ name }) => name));
  console.log(`${countedTable(coverages)}\n`);
  say("GitHub does not count the following. They are compared one by one, each list once in 30 days; --full does it now.");
  console.log(uncountedTable(coverages, incomparable));
  const open = openOnes(coverages, now);
  if (open.length > 0) console.log(`\nNot complete, worst first:\n${openLines(open.slice(0, MOST_OPEN), now, width).join("\n")}`);
  if (open.length > MOST_OPEN) console.log(`… and ${open.length - MOST_OPEN} more; --json lists them all.`);
  console.log("");
  for (const line of [...hintsOf(coverages), ...linesOf(found)]) say(line);
}

function linesOf({ coverages = [], deliveries, references, audit, repairs = 0, requests = 0, points = 0 }: Completeness): readonly string[] {
  return [
    ...(deliveries?.without.map((source) => `No webhook of ${source} is known: what GitHub delivers cannot be checked.`) ?? []),
    ...(deliveries?.hooks.map(({ hook, found }) => ("is" in found ? `${hook.path}: ${found.reason} It needs ${found.permission}.` : `${hook.path}: ${found.seen} deliveries looked at, ${found.missing} not here, ${found.fetch.length} fetched.`)) ?? []),
    ...(references === undefined ? [] : [`${references.dangling} things are named by others and not here; ${references.jobs} jobs ask for them.`]),
    ...(audit === undefined ? [] : [`${audit.ordered} lists were ordered to be compared one by one; what was found missing or old is being fetched.`]),
    `${repairs} repairs ordered. It took ${requests} requests and ${points} points of GitHub's budget.`,
    summaryOf(coverages),
  ];
}
