/** One round: the same documents through the worker's handler, and raw. */
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { cpuTimes } from "../system/cpu-time.ts";
import { captureBulk } from "./capture-bulk.ts";
import { withFreshIndices } from "./fresh-indices.ts";
import { writeRaw } from "./raw-bulk.ts";
import type { WorkerSurroundings } from "./worker-surroundings.ts";

/** Index prefixes, equally long, so that the bulk lines are. */
export const PREFIX = { worker: "bench-worker", raw: "bench-rawest" } as const;
const BATCHES_AT_ONCE = 3;

export type Handler = (event: SQSEvent) => Promise<unknown>;
/** Microseconds of processor time. */
type Cpu = Readonly<Record<keyof WorkerSurroundings["pids"], number>>;
export type Comparison = {
  readonly documents: number;
  readonly seconds: { readonly worker: number; readonly raw: number };
  readonly workerCpu: Cpu;
  readonly rawCpu: Cpu;
  /** Of the worker with nothing behind it. */
  readonly plainCpu: Cpu;
};

export async function compareOnce(handler: Handler, { openSearchUrl, pids }: WorkerSurroundings, events: readonly SQSEvent[], order: "worker first" | "raw first"): Promise<Comparison> {
  const operations: string[] = [];
  const plain = await measured(async () => void operations.push(...(await captureBulk(events, PREFIX.raw))));
  const write = { worker: () => handleAll(handler, events), raw: () => writeRaw(openSearchUrl, operations) };
  const measure = (name: keyof typeof write): Promise<Measurement> => withFreshIndices(openSearchUrl, PREFIX[name], operations.length, () => measured(write[name]));
  const first = order === "worker first" ? await measure("worker") : undefined;
  const raw = await measure("raw");
  const worker = first ?? (await measure("worker"));
  return { documents: operations.length, seconds: { worker: worker.seconds, raw: raw.seconds }, workerCpu: worker.cpu, rawCpu: raw.cpu, plainCpu: plain.cpu };

  async function measured(work: () => Promise<void>): Promise<Measurement> {
    const before = await cpuTimes(pids);
    const startedAt = performance.now();
    await work();
    const seconds = (performance.now() - startedAt) / 1000;
    const after = await cpuTimes(pids);
    return { seconds, cpu: { handler: after.handler - before.handler, queue: after.queue - before.queue, openSearch: after.openSearch - before.openSearch } };
  }
}

type Measurement = { readonly seconds: number; readonly cpu: Cpu };

async function handleAll(handler: Handler, events: readonly SQSEvent[]): Promise<void> {
  const waiting = events.values();
  await Promise.all(
    Array.from({ length: BATCHES_AT_ONCE }, async () => {
      for (const event of waiting) {
        const { batchItemFailures } = (await handler(event)) as SQSBatchResponse;
        if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} deliveries failed.`);
      }
    }),
  );
}
