/**
 * Documents a second that the worker's handler writes when it is given SQS events directly, beside the raw bulk rate of the very
 * same documents into the same OpenSearch: one after the other, in turns, several times.
 */
import { makeLambdaContext } from "@octally/octally/core/lambda-context";
import { readRecordings } from "../deliveries/recordings.ts";
import { makeSqsEvent } from "../deliveries/sqs-event.ts";
import { makeTemplate } from "../deliveries/template.ts";
import type { Measured } from "../figure.ts";
import { median } from "../statistics.ts";
import { PREFIX, compareOnce, type Comparison, type Handler } from "./compare-once.ts";
import { startWorkerSurroundings, type WorkerSurroundings } from "./worker-surroundings.ts";

const ROUNDS = 4;
const BATCHES_PER_ROUND = 16;
const WARM_UP_BATCHES = 8;
const DELIVERIES_PER_BATCH = 400;

export async function measureWorkerThroughput(): Promise<readonly Measured[]> {
  const surroundings = await startWorkerSurroundings();
  try {
    // The handler reads its environment when it is imported.
    Object.assign(process.env, surroundings.handlerEnvironment, { LOG_LEVEL: "warn", OCTALLY_INDEX_PREFIX: PREFIX.worker });
    const { handler } = await import("@octally/sync-worker/deliveries-handler");
    const call: Handler = (event) => handler(event, makeLambdaContext("octally-sync-worker", "bench", () => 60_000));
    return toFigures(await compareInRounds(call, surroundings));
  } finally {
    await surroundings.stop();
  }
}

async function compareInRounds(handler: Handler, surroundings: WorkerSurroundings): Promise<readonly Comparison[]> {
  const templates = readRecordings().flatMap((recording) => makeTemplate(recording) ?? []);
  const rounds: Comparison[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const events = Array.from({ length: round === 0 ? WARM_UP_BATCHES : BATCHES_PER_ROUND }, (_, index) =>
      makeSqsEvent(templates, round * 1_000_000 + index * DELIVERIES_PER_BATCH, DELIVERIES_PER_BATCH),
    );
    const comparison = await compareOnce(handler, surroundings, events, round % 2 === 0 ? "worker first" : "raw first");
    const { documents, seconds } = comparison;
    process.stderr.write(`  ${round === 0 ? "warm-up" : `round ${round}`}: worker ${Math.round(documents / seconds.worker)}/s, raw ${Math.round(documents / seconds.raw)}/s\n`);
    if (round > 0) rounds.push(comparison);
  }
  return rounds;
}

function toFigures(rounds: readonly Comparison[]): readonly Measured[] {
  const middle = (value: (round: Comparison) => number): number => median(rounds.map(value));
  const cpu = (value: (round: Comparison) => number): number => middle((round) => value(round) / round.documents);
  return [
    { figure: "worker", value: middle(({ documents, seconds }) => documents / seconds.worker), unit: "documents/s" },
    { figure: "raw bulk", value: middle(({ documents, seconds }) => documents / seconds.raw), unit: "documents/s" },
    { figure: "ratio", value: middle(({ seconds }) => seconds.raw / seconds.worker), unit: "" },
    { figure: "deliveries", value: ROUNDS * BATCHES_PER_ROUND * DELIVERIES_PER_BATCH, unit: "" },
    { figure: "documents", value: rounds.reduce((sum, { documents }) => sum + documents, 0), unit: "" },
    { figure: "CPU of the handler", value: cpu(({ workerCpu }) => workerCpu.handler), unit: "µs/document" },
    { figure: "CPU of the handler without I/O", value: cpu(({ plainCpu }) => plainCpu.handler), unit: "µs/document" },
    { figure: "CPU of queue and archive", value: cpu(({ workerCpu }) => workerCpu.queue), unit: "µs/document" },
    { figure: "CPU of OpenSearch", value: cpu(({ workerCpu }) => workerCpu.openSearch), unit: "µs/document" },
    { figure: "CPU of OpenSearch, raw", value: cpu(({ rawCpu }) => rawCpu.openSearch), unit: "µs/document" },
  ];
}
