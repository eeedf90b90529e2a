/** What a call of each deployed bundle costs under Lambda's Runtime API: its start, its first answer, the next ones, its memory. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toGatewayEvent } from "@octally/octally/core/gateway-event";
import { toHandlerEnvironment } from "@octally/octally/core/handler-environment";
import { startFunction } from "../../../test/lambda/lambda-function.ts";
import type { Outcome } from "../../../test/lambda/runtime-api.ts";
import { bundleService, findEntries } from "../../../tools/build-bundles.ts";
import { readRecordings } from "../deliveries/recordings.ts";
import { signDelivery } from "../deliveries/signed-delivery.ts";
import { makeSqsEvent } from "../deliveries/sqs-event.ts";
import { makeTemplate } from "../deliveries/template.ts";
import type { Measured } from "../figure.ts";
import { median } from "../statistics.ts";
import { SECRET, type LocalSystem } from "../system/local-system.ts";

const STARTS = 11;
const WARM_CALLS = 30;
const MEMORY_MEGABYTES = 512;

type Subject = { readonly service: string; readonly entry: string; readonly call: string; readonly makeEvent: (number: number) => unknown; readonly isDone: (outcome: Outcome) => boolean };
type Sample = { readonly initMs: number; readonly coldMs: number; readonly warmMs: number; readonly peakMegabytes: number };

export async function measureLambda({ instance }: LocalSystem): Promise<readonly Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), "octally-bench-lambda-"));
  try {
    for (const [service, entries] of findEntries()) await bundleService(service, entries, folder);
    const environment = { ...toHandlerEnvironment({}, instance, SECRET), LOG_LEVEL: "warn" };
    const measured: Measured[] = [];
    for (const subject of subjects()) measured.push(...toFigures(subject, await measure(subject, folder, environment)));
    return measured;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function subjects(): readonly Subject[] {
  const templates = readRecordings().flatMap((recording) => makeTemplate(recording) ?? []);
  const worker = { service: "sync-worker", entry: "deliveries-handler", isDone: ({ kind }: Outcome) => kind === "response" };
  return [
    { service: "webhook-intake", entry: "handler", call: "one delivery", makeEvent: makeGatewayEvent, isDone: (outcome) => outcome.kind === "response" && (outcome.value as { readonly statusCode: number }).statusCode === 202 },
    { ...worker, call: "one delivery", makeEvent: (number) => makeSqsEvent(templates, 10_000_000 + number, 1) },
    { ...worker, call: "100 deliveries", makeEvent: (number) => makeSqsEvent(templates, 20_000_000 + number * 100, 100) },
  ];

  function makeGatewayEvent(number: number): unknown {
    const template = templates[number % templates.length];
    if (template === undefined) throw new Error("There are no templates.");
    const { headers, body } = signDelivery(template.event, template.fill(30_000_000 + number), SECRET);
    return toGatewayEvent({ method: "POST", url: "/webhooks/github", headers, body, sourceIp: "192.0.2.1", requestId: String(number), receivedAt: new Date() });
  }
}

/** The first start only warms the disk's cache. */
async function measure(subject: Subject, folder: string, environment: Readonly<Record<string, string>>): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round <= STARTS; round += 1) {
    const sample = await measureOnce(subject, round * (WARM_CALLS + 1), folder, environment);
    if (round > 0) samples.push(sample);
  }
  return samples;
}

async function measureOnce({ service, entry, makeEvent, isDone }: Subject, firstNumber: number, folder: string, environment: Readonly<Record<string, string>>): Promise<Sample> {
  const events = Array.from({ length: WARM_CALLS + 1 }, (_, index) => makeEvent(firstNumber + index));
  const made = await startFunction({ taskRoot: join(folder, service), handler: `${entry}.handler`, memoryMegabytes: MEMORY_MEGABYTES, environment });
  try {
    const initialized = await made.initialized;
    if (initialized.kind === "error") throw new Error(`${service} did not start: ${initialized.error.errorMessage}`);
    const times: number[] = [];
    for (const event of events) {
      const startedAt = performance.now();
      const outcome = await made.invoke(event);
      times.push(performance.now() - startedAt);
      if (!isDone(outcome)) throw new Error(`${service} answered ${JSON.stringify(outcome)}`);
    }
    const [first = Number.NaN, ...warm] = times;
    const initMs = initialized.atMs - made.startedAtMs;
    return { initMs, coldMs: initMs + first, warmMs: median(warm), peakMegabytes: await made.peakMegabytes() };
  } finally {
    await made.stop();
  }
}

function toFigures({ service, entry, call }: Subject, samples: readonly Sample[]): readonly Measured[] {
  const name = `${service}/${entry}, ${call}`;
  const middle = (value: (sample: Sample) => number): number => median(samples.map(value));
  return [
    { figure: `${name}: start of the process until it asks for an event`, value: middle(({ initMs }) => initMs), unit: "ms" },
    { figure: `${name}: start of the process until the first answer`, value: middle(({ coldMs }) => coldMs), unit: "ms" },
    { figure: `${name}: a later call`, value: middle(({ warmMs }) => warmMs), unit: "ms" },
    { figure: `${name}: memory at most`, value: Math.max(...samples.map(({ peakMegabytes }) => peakMegabytes)), unit: "MB" },
  ];
}
