import { ConfigError } from "@octally/shared/errors";
import { parseSources } from "@octally/shared/sources";
import type { RunProgress } from "@octally/store/runs";
import type { Command } from "commander";
import { Listr } from "listr2";
import { toProgressLines, type Pace } from "../core/backfill-screen.ts";
import { troubleLines } from "../core/trouble-lines.ts";
import { requireReadingInstance } from "../instance.ts";
import type { StartedRun } from "@octally/sync-worker/start-run";
import { makeLocalBackfill, parseKinds, type LocalBackfill } from "../local-backfill.ts";
import { readBudgets } from "../read-budget.ts";
import { isRunOver, watchRun } from "../watch-run.ts";

type Options = { readonly since?: string; readonly until?: string; readonly kinds?: string; readonly fresh?: boolean; readonly json?: boolean };

const LOOK_EVERY_MS = 1000;

export function registerBackfill(program: Command): void {
  program
    .command("backfill")
    .description("load the whole history of organisations, users or repositories; called again it goes on where it is, and tries again what failed or could not be seen")
    .argument("[source...]", "organisations, users or owner/name; default: OCTALLY_SOURCES, or the demonstration's")
    .option("--since <time>", "only what changed at or after this time, with all that hangs from it (ISO 8601, a date is its midnight UTC)")
    .option("--until <time>", "only what was there before this time")
    .option("--kinds <names>", "only these kinds, comma-separated; default: all")
    .option("--fresh", "read everything anew, also where an earlier load is not over or not complete")
    .option("--json", "one JSON object a line; the last says whether it is complete")
    .action(backfillAndWatch);
}

async function backfillAndWatch(given: readonly string[], options: Options): Promise<void> {
  const asked = { kinds: parseKinds(options.kinds), since: timeOf("--since", options.since), until: timeOf("--until", options.until) };
  const instance = await requireReadingInstance(process.env);
  const specification = { sources: sourcesOf(given, instance.demo?.organisation ?? process.env["OCTALLY_SOURCES"]), ...asked };
  if (instance.pids["jobs"] === undefined) throw new ConfigError('The running system has no credentials to read GitHub with. Start "./octally up" again with GITHUB_TOKEN, or GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY.');
  const backfill = makeLocalBackfill(instance);
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort()).once("SIGTERM", () => stop.abort());
  try {
    const started = await backfill.start(specification, "octally backfill", { fresh: options.fresh === true });
    const progress = options.json === true ? await watchForPrograms(backfill, instance.url, started.run, stop.signal) : await watchForPeople(backfill, instance.url, started, stop.signal);
    report(progress, await backfill.endOf(started.run), options.json === true);
  } finally {
    await backfill.close();
  }
}

function sourcesOf(given: readonly string[], configured: string | undefined): readonly string[] {
  const sources = parseSources(given.length > 0 ? given.join(",") : (configured ?? ""));
  if (sources.length === 0) throw new ConfigError('Nothing to load: name organisations, users or owner/name, as in "./octally backfill octo-org", or set OCTALLY_SOURCES.');
  return sources;
}

function timeOf(option: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw new ConfigError(`${option} "${value}" is not a time. Write it as 2026-11-21 or 2026-11-21T07:00:00Z.`);
  return new Date(ms).toISOString();
}

async function watchForPrograms(backfill: LocalBackfill, url: string, run: string, signal: AbortSignal): Promise<RunProgress> {
  let last = "";
  const onProgress = async (progress: RunProgress): Promise<void> => {
    const line = JSON.stringify({ progress, budgets: await readBudgets(url) });
    if (line !== last) console.log(line);
    last = line;
  };
  return watchRun(backfill, { run, lookEveryMs: LOOK_EVERY_MS, signal, onProgress });
}

async function watchForPeople(backfill: LocalBackfill, url: string, { run, resumed, reopened }: StartedRun, signal: AbortSignal): Promise<RunProgress> {
  let last: RunProgress | undefined;
  const renderer = process.stdout.isTTY ? "default" : "silent";
  const task = {
    title: `${resumed ? "Going on with" : "Loading"} ${run}${reopened === 0 ? "" : `: ${reopened} lists are tried again`}`,
    task: async (_: unknown, shown: { output: string; title: string }) => {
      const onProgress = async (progress: RunProgress, pace: Pace | undefined): Promise<void> => {
        // The title, and the line in which one types.
        const rows = (process.stdout.rows ?? Number.POSITIVE_INFINITY) - 2;
        shown.output = toProgressLines(progress, { pace, budgets: await readBudgets(url), rows }).join("\n");
      };
      last = await watchRun(backfill, { run, lookEveryMs: LOOK_EVERY_MS, signal, onProgress });
    },
    rendererOptions: { outputBar: Number.POSITIVE_INFINITY, persistentOutput: true },
  };
  await new Listr([task], { renderer, registerSignalListeners: false }).run();
  return last ?? (await backfill.progressOf(run));
}

/** 0 only when everything is there. */
function report(progress: RunProgress, { state: end, reason: why }: Awaited<ReturnType<LocalBackfill["endOf"]>>, json: boolean): void {
  const over = isRunOver(progress);
  const gaps = progress.kinds.reduce((sum, kind) => sum + kind.gaps, 0);
  const complete = over && progress.done === progress.parts && gaps === 0;
  if (!complete) process.exitCode = 1;
  if (json) return console.log(JSON.stringify({ result: { run: progress.run, state: end, complete, over, gaps, troubles: progress.troubles } }));
  if (!process.stdout.isTTY) for (const line of toProgressLines(progress)) console.log(line);
  for (const line of troubleLines(progress.troubles)) console.error(line);
  if (gaps > 0) console.error(`${gaps === 1 ? "One thing was" : `${gaps} things were`} not given whole by GitHub; the log of the jobs says which.`);
  if (complete) console.log("Complete.");
  else if (over) console.log(`Over, but not complete: ${why} "./octally backfill" tries again what is missing, with --fresh it reads everything anew.`);
  else console.log('Not watched any more. It goes on in "./octally up"; "./octally backfill" shows it again, "./octally status" how far it is.');
}
