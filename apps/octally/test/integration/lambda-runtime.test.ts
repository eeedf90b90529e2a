/** Every handler's bundle as Lambda runs it: a process with a runtime in it, real events, the real queue and store behind it. */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openLocalWorker, type LocalWorker } from "../../../../services/sync-worker/test/local-worker.ts";
import { SECRET, signedEvent } from "../../../../services/webhook-intake/test/signed-event.ts";
import { startFunction, type LambdaFunction } from "../../../../test/lambda/lambda-function.ts";
import { bundleService, findEntries } from "../../../../tools/build-bundles.ts";
import { toSqsRecord } from "../../src/core/sqs-record.ts";
import { makeLocalSqsClient } from "../../src/edges/local-clients.ts";
import { receiveMessages } from "../../src/edges/queue-poll.ts";

const LABEL = JSON.stringify({
  action: "created",
  label: { id: 4711, node_id: "LA_4711", name: "bug", color: "0e8a16", default: false, description: null },
  repository: { id: 1, node_id: "R_1", name: "hello", full_name: "octo-demo/hello", owner: { login: "octo-demo", id: 1 } },
  sender: { login: "octocat", id: 2 },
});

let folder: string;
let surroundings: LocalWorker;
const started: LambdaFunction[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "octally-lambda-"));
  for (const [service, entries] of findEntries()) await bundleService(service, entries, folder);
  surroundings = await openLocalWorker("lambda");
  await surroundings.bootstrap();
}, 120_000);
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
  await surroundings.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(service: string, entry: string, environment: Readonly<Record<string, string>>): Promise<LambdaFunction> {
  const made = await startFunction({ taskRoot: join(folder, service), handler: `${entry}.handler`, memoryMegabytes: 512, environment });
  started.push(made);
  return made;
}

function startIntake(): Promise<LambdaFunction> {
  return start("webhook-intake", "handler", { ...surroundings.environment, GITHUB_WEBHOOK_SECRET: SECRET });
}

function startWorker(): Promise<LambdaFunction> {
  return start("sync-worker", "deliveries-handler", { ...surroundings.environment });
}

test("a signed webhook goes through the intake's bundle onto the queue, and through the worker's into the store", async () => {
  const intake = await startIntake();
  const headers = { "x-github-event": "label", "x-github-delivery": randomUUID() };
  expect(await intake.invoke(signedEvent(LABEL, { headers }))).toMatchObject({ kind: "response", value: { statusCode: 202 } });

  const queueUrl = surroundings.environment["DELIVERIES_QUEUE_URL"] ?? "";
  const client = makeLocalSqsClient(surroundings.environment["AWS_ENDPOINT_URL"] ?? "");
  const messages = await receiveMessages(client, queueUrl, { count: 10, waitSeconds: 2, signal: new AbortController().signal });
  client.destroy();
  expect(messages).toHaveLength(1);

  const worker = await startWorker();
  const outcome = await worker.invoke({ Records: messages.map((message) => toSqsRecord(message, queueUrl)) });
  expect(outcome).toEqual({ kind: "response", value: { batchItemFailures: [] } });
  const documents = await surroundings.documents();
  expect(documents.filter((line) => line.startsWith("label"))).toEqual([expect.stringContaining('"name":"bug"')]);
  expect(documents.filter((line) => line.startsWith("delivery"))).toEqual([expect.stringContaining(headers["x-github-delivery"])]);
}, 60_000);

test("a wrong signature is an answer, and the same process answers the next call", async () => {
  const intake = await startIntake();
  expect(await intake.invoke(signedEvent(LABEL, { secret: "wrong" }))).toMatchObject({ kind: "response", value: { statusCode: 401 } });
  expect(await intake.invoke(signedEvent(LABEL, { secret: "wrong" }))).toMatchObject({ kind: "response", value: { statusCode: 401 } });
}, 30_000);

test("an event that is none is a function error, after which the worker goes on", async () => {
  const worker = await startWorker();
  expect(await worker.invoke({ not: "from SQS" })).toMatchObject({ kind: "error" });
  expect(await worker.invoke({ Records: [] })).toEqual({ kind: "response", value: { batchItemFailures: [] } });
}, 30_000);

test.each([
  ["webhook-intake", "handler"],
  ["sync-worker", "deliveries-handler"],
])("%s without its environment fails its start, and says which variable is missing", async (service, entry) => {
  const made = await start(service, entry, {});
  expect(await made.initialized).toMatchObject({ kind: "error", error: { errorMessage: expect.stringContaining("DELIVERIES_QUEUE_URL") } });
}, 30_000);
