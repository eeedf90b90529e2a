/**
 * Plays histories: `node test/histories/main.ts --seeds 1+3000 --jobs 2` (3,000 from 1, by two processes), `--replay 17` (one, with everything
 * that is wrong); `--real`: on a real OpenSearch, queue and archive, one after the other. Ends with 1 where one of them did not come out as GitHub has it.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { HistoryReport } from "./report.ts";
import { openRealPlay } from "./play-real.ts";
import { runHistory } from "./run-history.ts";

const MOST_LINES = 8;

const { values } = parseArgs({ options: { seeds: { type: "string", default: "1+100" }, jobs: { type: "string", default: "2" }, replay: { type: "string" }, share: { type: "string" }, real: { type: "boolean", default: false } } });
const [first = 1, many = 1] = values.seeds.split("+").map(Number);
const jobs = values.real ? 1 : Math.min(Number(values.jobs), many);
const onReal = values.real && (values.share !== undefined || values.replay !== undefined) ? await openRealPlay() : undefined;

if (values.replay !== undefined) process.exitCode = tell(await play(Number(values.replay)), Number.POSITIVE_INFINITY) ? 0 : 1;
else if (values.share !== undefined) for (let seed = first + Number(values.share); seed < first + many; seed += jobs) say(JSON.stringify(await play(seed)));
else process.exitCode = await playAll();
await onReal?.close();

async function play(seed: number): Promise<HistoryReport> {
  try {
    return await (onReal?.play ?? runHistory)(seed);
  } catch (thrown) {
    return { seed, wrong: [thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)], documents: 0, deliveries: 0, requests: 0, kills: 0, deaths: 0, deadLetters: [] };
  }
}

/** Each process takes every so manieth seed. */
async function playAll(): Promise<number> {
  const startedMs = performance.now();
  const reports: HistoryReport[] = [];
  await Promise.all(
    Array.from({ length: jobs }, async (_, share) => {
      const child = spawn(process.execPath, [...process.execArgv, import.meta.filename, "--seeds", values.seeds, "--jobs", String(jobs), "--share", String(share), ...(values.real ? ["--real"] : [])], { stdio: ["ignore", "pipe", "inherit"] });
      for await (const line of createInterface({ input: child.stdout })) {
        const report = JSON.parse(line) as HistoryReport;
        reports.push(report);
        if (report.wrong.length > 0) tell(report, MOST_LINES);
      }
    }),
  );
  const sum = (of: (report: HistoryReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const wrong = reports.filter((report) => report.wrong.length > 0).map(({ seed }) => seed).toSorted((a, b) => a - b);
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  say(JSON.stringify({ seeds: reports.length, wrong, seconds, documents: sum((one) => one.documents), deliveries: sum((one) => one.deliveries), requests: sum((one) => one.requests), kills: sum((one) => one.kills), deaths: sum((one) => one.deaths), deadLetters: sum(({ deadLetters }) => deadLetters.length) }));
  return wrong.length === 0 && reports.length === many ? 0 : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function tell({ seed, wrong, deadLetters }: HistoryReport, most: number): boolean {
  say(wrong.length === 0 ? `seed ${seed}: as GitHub has it` : `seed ${seed}: ${wrong.length} wrong. Again: node services/integrity-checker/test/histories/main.ts --replay ${seed}`);
  for (const line of wrong.slice(0, most)) say(`  ${line}`);
  if (most === Number.POSITIVE_INFINITY) for (const letter of deadLetters) say(`  dead letter: ${letter.slice(0, 400)}`);
  return wrong.length === 0;
}
