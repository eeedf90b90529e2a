/** The bundles that read GitHub as Lambda runs them: the discovery begins a load, the jobs do it, the checks find it complete. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { makeSimulator, type Simulator } from "@octally/github-simulator/simulator";
import { allowScrollIn, allowWriteTo } from "../../../../infra/src/constructs/store.ts";
import { logMetrics } from "../../../../infra/src/log-metrics.ts";
import { openLocalWorker, type LocalWorker } from "../../../../services/sync-worker/test/local-worker.ts";
import { startFunction, type LambdaFunction } from "../../../../test/lambda/lambda-function.ts";
import { bundleService, findEntries } from "../../../../tools/build-bundles.ts";
import { repositoryRoot } from "../../src/repository-root.ts";
import { toSqsRecord } from "../../src/core/sqs-record.ts";
import { makeLocalSqsClient } from "../../src/edges/local-clients.ts";
import { deleteMessages, receiveMessages } from "../../src/edges/queue-poll.ts";
import { makeTestQueue } from "./local-aws.ts";
import { openRecordedStore, refusedBy, type RecordedStore } from "./recorded-store.ts";
import { deniedBy, type StoreRole } from "./store-role.ts";

jest.setTimeout(120_000);
const HOUR_MS = 3_600_000;
/** The most that a service may hold. */
const MOST_MEGABYTES = 256;

let folder: string;
let surroundings: LocalWorker;
let simulator: Simulator;
let client: SQSClient;
let environment: Record<string, string>;
let queues: { readonly sync: string; readonly backfill: string };
const functions: LambdaFunction[] = [];
const stores: RecordedStore[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "octally-reading-"));
  for (const service of ["sync-worker", "integrity-checker"]) for (const [name, entries] of findEntries([service])) await bundleService(name, entries, folder);
  // An empty store, as after a deployment: who writes makes the indices.
  surroundings = await openLocalWorker("reading");
  simulator = makeSimulator({ repositories: 1, pullRequests: 4, seed: 5 });
  const { url } = await simulator.listen();
  client = makeLocalSqsClient(surroundings.environment["AWS_ENDPOINT_URL"] ?? "");
  const [backfill, dead] = [await makeTestQueue(client), await makeTestQueue(client)];
  queues = { sync: surroundings.environment["SYNC_JOBS_QUEUE_URL"] ?? "", backfill: backfill.url };
  environment = { ...surroundings.environment, LOG_LEVEL: "info", BACKFILL_JOBS_QUEUE_URL: backfill.url, SYNC_JOBS_DEAD_LETTER_QUEUE_URL: dead.url, GITHUB_API_URL: url, GITHUB_TOKEN: simulator.tokens.owner, OCTALLY_SOURCES: simulator.organization.login };
});
afterAll(async () => {
  await Promise.all(functions.map((each) => each.stop()));
  await Promise.all(stores.map((each) => each.close()));
  await simulator.close();
  client.destroy();
  await surroundings.close();
  await rm(folder, { recursive: true, force: true });
});

type Started = { readonly function: LambdaFunction; readonly store: RecordedStore };

async function start(service: string, entry: string): Promise<Started> {
  const store = await openRecordedStore(environment["OPENSEARCH_URL"] ?? "");
  const made = await startFunction({ taskRoot: join(folder, service), handler: `${entry}.handler`, memoryMegabytes: 512, environment: { ...environment, OPENSEARCH_URL: store.url } });
  functions.push(made);
  stores.push(store);
  expect(await made.initialized).toMatchObject({ kind: "ready" });
  return { function: made, store };
}

const writing = allowWriteTo("");
const scrolling = allowScrollIn("");
const strip = ({ actions, resources }: { readonly actions: readonly string[]; readonly resources: readonly string[] }): { actions: readonly string[]; resources: readonly string[] } => ({ actions, resources });

/** All that was asked of the store its role may ask, and the figure that an alarm is made of stands in its log. */
async function expectWithinItsRights({ function: made, store }: Started, statements: readonly Parameters<typeof strip>[0][], fields: readonly (keyof typeof logMetrics)[]): Promise<void> {
  expect(store.asked().length).toBeGreaterThan(3);
  expect(refusedBy(statements.map(strip), store.asked(), surroundings.db.prefix)).toEqual([]);
  const role = JSON.parse(await readFile(join(repositoryRoot, "infra", "store-security", "octally-writer.json"), "utf8")) as StoreRole;
  expect(deniedBy(role, store.asked())).toEqual([]);
  const lines = made.output().split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const name of fields) {
    const { service, field } = logMetrics[name];
    expect({ name, written: lines.some(({ service: from, [field]: value }) => from === service && typeof value === "number" && value >= 0) }).toEqual({ name, written: true });
  }
  expect(await made.peakMegabytes()).toBeLessThan(MOST_MEGABYTES);
}

/** As the event source does it, until both queues are empty; returns how many messages there were. */
async function work(jobs: LambdaFunction): Promise<number> {
  let done = 0;
  for (let empty = 0; empty < 2; ) {
    const before = done;
    for (const url of [queues.sync, queues.backfill]) {
      const messages = await receiveMessages(client, url, { count: 10, waitSeconds: 0, signal: new AbortController().signal });
      if (messages.length === 0) continue;
      const outcome = await jobs.invoke({ Records: messages.map((message) => toSqsRecord(message, url)) });
      if (outcome.kind !== "response") throw new Error(JSON.stringify(outcome));
      const failed = new Set((outcome.value as { batchItemFailures: { itemIdentifier: string }[] }).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const over = messages.filter(({ MessageId }) => !failed.has(MessageId ?? ""));
      await deleteMessages(client, url, over.map(({ ReceiptHandle }) => ReceiptHandle ?? ""));
      done += over.length;
    }
    empty = done === before ? empty + 1 : 0;
  }
  return done;
}

test("a source is loaded by itself: the discovery sends one message, the jobs do the rest, each within its rights", async () => {
  const discovery = await start("sync-worker", "discovery-handler");
  const begun = await discovery.function.invoke({ look: "new" });
  expect(begun).toMatchObject({ kind: "response", value: { runs: [expect.stringMatching(/^backfill-/)] } });
  expect(await discovery.function.invoke({ look: "new" })).toMatchObject({ kind: "response", value: { runs: [] } });

  const jobs = await start("sync-worker", "jobs-handler");
  expect(await work(jobs.function)).toBeGreaterThan(10);
  const stored = await surroundings.documents();
  for (const kind of ["repository", "label", "pull-request", "review", "team", "member"] as const) expect({ kind, some: stored.some((line) => line.startsWith(`${kind}-v`)) }).toEqual({ kind, some: true });
  expect(stored.filter((line) => line.startsWith("pull-request-v"))).toHaveLength(4);
  await expectWithinItsRights(jobs, [writing, scrolling], ["GitHubBudgetLeftPercent"]);

  expect(await discovery.function.invoke({ look: "all" })).toMatchObject({ kind: "response", value: { runs: [expect.stringMatching(/^backfill-/)] } });
  expect(await discovery.function.invoke({ look: "nothing" })).toMatchObject({ kind: "error", error: { errorMessage: expect.stringContaining('The discovery takes { "look": "new" }') } });
  await expectWithinItsRights(discovery, [writing, scrolling], []);
});

test("the checks find what was loaded complete, and say so in figures, each within its rights", async () => {
  const checker = await start("integrity-checker", "handler");
  const counted = await checker.function.invoke({ checks: ["counts"] });
  expect(counted).toMatchObject({ kind: "response", value: { repairs: 0, places: expect.any(Number) } });
  await surroundings.db.client.indices.refresh({ index: `${surroundings.db.prefix}-*` });
  simulator.clock.moveTo(simulator.clock.now() + HOUR_MS);
  for (const check of ["deliveries", "references", "audit", "canary"]) expect(await checker.function.invoke({ checks: [check] })).toMatchObject({ kind: "response" });
  expect(await checker.function.invoke({ checks: ["everything"] })).toMatchObject({ kind: "error" });
  await expectWithinItsRights(checker, [writing], ["CompletenessPercent", "OverduePercent", "Stuck", "SilentHooks"]);
  const found = checker.function.output().split("\n").find((line) => line.includes("completeness_percent"));
  expect(JSON.parse(found ?? "{}")).toMatchObject({ completeness_percent: 100, overdue_percent: 0, stuck: 0 });
});

test.each([
  ["sync-worker", "jobs-handler", "BACKFILL_JOBS_QUEUE_URL"],
  ["sync-worker", "discovery-handler", "BACKFILL_JOBS_QUEUE_URL"],
  ["integrity-checker", "handler", "SYNC_JOBS_QUEUE_URL"],
])("%s/%s without its environment fails its start, and says which variable is missing", async (service, entry, variable) => {
  const made = await startFunction({ taskRoot: join(folder, service), handler: `${entry}.handler`, memoryMegabytes: 512, environment: {} });
  functions.push(made);
  expect(await made.initialized).toMatchObject({ kind: "error", error: { errorMessage: expect.stringContaining(variable) } });
});
