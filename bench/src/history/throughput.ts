/** Documents a second that the jobs read from a GitHub that answers at once and write, beside the raw bulk rate of the very same documents, in turns. */
import { join } from "node:path";
import type { Measured } from "../figure.ts";
import { median } from "../statistics.ts";
import { cpuTimes } from "../system/cpu-time.ts";
import { PREFIX } from "../worker/compare-once.ts";
import { withFreshIndices } from "../worker/fresh-indices.ts";
import { writeRaw } from "../worker/raw-bulk.ts";
import { startWorkerSurroundings } from "../worker/worker-surroundings.ts";
import { load, startWorker } from "./load.ts";
import { startGitHub } from "./start-github.ts";
import { readStoredBulk } from "./stored-bulk.ts";
import { CORE_KINDS, type WorkloadSize } from "./workload.ts";

const SIZE: WorkloadSize = { repositories: 10, pullRequests: 1000 };
const ROUNDS = 2;

type Cpu = Readonly<Record<"worker" | "github" | "queue" | "openSearch", number>>;
type Round = { readonly documents: number; readonly jobs: Timed; readonly raw: Timed };
type Timed = { readonly seconds: number; readonly cpu: Cpu };

export async function measureHistoryThroughput(): Promise<readonly Measured[]> {
  const surroundings = await startWorkerSurroundings();
  const { openSearchUrl, folder, pids } = surroundings;
  const github = await startGitHub({ ...SIZE, latencyMs: 0, limits: false });
  const worker = await startWorker(surroundings, github, { prefix: PREFIX.worker, atFullSpeed: true, logFile: join(folder, "jobs.log") });
  const all = { worker: worker.pid, github: github.pid, queue: pids.queue, openSearch: pids.openSearch };
  const timed = async (work: () => Promise<number | undefined>): Promise<Timed> => {
    const [before, startedAt] = [await cpuTimes(all), performance.now()];
    // The load knows its own time better.
    const seconds = (await work()) ?? (performance.now() - startedAt) / 1000;
    const after = await cpuTimes(all);
    return { seconds, cpu: { worker: after.worker - before.worker, github: after.github - before.github, queue: after.queue - before.queue, openSearch: after.openSearch - before.openSearch } };
  };
  let operations: readonly string[] = [];
  const byJobs = (): Promise<Timed> =>
    withFreshIndices(openSearchUrl, PREFIX.worker, null, async () => {
      const jobs = await timed(async () => (await load(surroundings, worker, PREFIX.worker, github.organization, CORE_KINDS)).seconds);
      const stored = await readStoredBulk(openSearchUrl, { from: PREFIX.worker, to: PREFIX.raw }, CORE_KINDS);
      if (operations.length > 0 && stored.length !== operations.length) throw new Error(`${stored.length} documents were stored, ${operations.length} in the round before.`);
      operations = stored;
      return jobs;
    }, CORE_KINDS);
  const byBulk = (): Promise<Timed> =>
    withFreshIndices(
      openSearchUrl,
      PREFIX.raw,
      operations.length,
      () =>
        timed(async () => {
          await writeRaw(openSearchUrl, operations);
          return undefined;
        }),
      CORE_KINDS,
    );
  try {
    const rounds: Round[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const first = round % 2 === 0 ? undefined : await byBulk();
      const jobs = await byJobs();
      const raw = first ?? (await byBulk());
      const documents = operations.length;
      process.stderr.write(`  ${round === 0 ? "warm-up" : `round ${round}`}: jobs ${Math.round(documents / jobs.seconds)}/s, raw ${Math.round(documents / raw.seconds)}/s\n`);
      if (round > 0) rounds.push({ documents, jobs, raw });
    }
    return toFigures(rounds);
  } finally {
    await worker.stop();
    await github.stop();
    await surroundings.stop();
  }
}

function toFigures(rounds: readonly Round[]): readonly Measured[] {
  const middle = (value: (round: Round) => number): number => median(rounds.map(value));
  const cpu = (value: (round: Round) => number): number => middle((round) => value(round) / round.documents);
  return [
    { figure: "jobs", value: middle(({ documents, jobs }) => documents / jobs.seconds), unit: "documents/s" },
    { figure: "raw bulk", value: middle(({ documents, raw }) => documents / raw.seconds), unit: "documents/s" },
    { figure: "ratio", value: middle(({ jobs, raw }) => raw.seconds / jobs.seconds), unit: "" },
    { figure: "documents a round", value: middle(({ documents }) => documents), unit: "" },
    { figure: "CPU of the jobs", value: cpu(({ jobs }) => jobs.cpu.worker), unit: "µs/document" },
    { figure: "CPU of the simulated GitHub", value: cpu(({ jobs }) => jobs.cpu.github), unit: "µs/document" },
    { figure: "CPU of the queue", value: cpu(({ jobs }) => jobs.cpu.queue), unit: "µs/document" },
    { figure: "CPU of OpenSearch", value: cpu(({ jobs }) => jobs.cpu.openSearch), unit: "µs/document" },
    { figure: "CPU of OpenSearch, raw", value: cpu(({ raw }) => raw.cpu.openSearch), unit: "µs/document" },
  ];
}
