import type { Command } from "commander";
import { ConfigError } from "@octally/shared/errors";
import { replay, type ReplayFilter, type ReplayProgress } from "@octally/sync-worker/replay";
import { requireInstance } from "../instance.ts";
import { makeReplayPorts } from "../local-use-cases.ts";

type Options = {
  readonly since?: string;
  readonly until?: string;
  readonly event?: readonly string[];
  readonly repository?: readonly string[];
  readonly json?: boolean;
};

export function registerReplay(program: Command): void {
  program
    .command("replay")
    .description("rebuild the documents from the archive of raw deliveries; harmless at any time, and as often as one likes")
    .option("--since <time>", "received at or after this time (ISO 8601, a date is its midnight UTC)")
    .option("--until <time>", "received before this time")
    .option("--event <name...>", "only these events, such as pull_request")
    .option("--repository <name...>", "only these repositories: owner/name as it was then, or the numeric id")
    .option("--json", "one JSON object a line; the last is the result")
    .action(run);
}

async function run(options: Options): Promise<void> {
  const filter: ReplayFilter = {
    since: timeOf("--since", options.since),
    until: timeOf("--until", options.until),
    events: options.event,
    repositories: options.repository,
  };
  const ports = await makeReplayPorts(await requireInstance(process.env));
  const progress = await replay(ports, filter, options.json === true ? (now) => console.log(JSON.stringify({ progress: countsOf(now) })) : showProgress);
  if (options.json === true) console.log(JSON.stringify({ result: { ...countsOf(progress), failures: progress.failures } }));
  else report(progress);
  // What could not be read when it arrived cannot be read now: said, and told to scripts.
  if (progress.failures.length > 0) process.exitCode = 1;
}

function timeOf(option: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw new ConfigError(`${option} "${value}" is not a time. Write it as 2026-11-21 or 2026-11-21T07:00:00Z.`);
  return new Date(ms).toISOString();
}

function countsOf({ failures, ...counts }: ReplayProgress): object {
  return { ...counts, failed: failures.length };
}

/** One line that counts up, on a terminal. */
function showProgress({ deliveries, written }: ReplayProgress): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${deliveries} deliveries read, ${written} documents written`);
}

function report({ objects, deliveries, written, superseded, jobs, failures }: ReplayProgress): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
  console.log(`${deliveries} deliveries in ${objects} archive objects: ${written} documents written, ${superseded} were already as new or newer, ${jobs} jobs asked for.`);
  for (const { what, reason } of failures.slice(0, 20)) console.error(`not replayed: ${what}: ${reason}`);
  if (failures.length > 20) console.error(`… and ${failures.length - 20} more; --json lists them all.`);
}
