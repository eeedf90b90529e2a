/** A backfill through the handler itself: the simulated GitHub on a port, a real queue, a real OpenSearch. */
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { makeSimulator, type Simulator } from "@octally/github-simulator/simulator";
import { kinds } from "@octally/model/registry";
import { allKinds } from "@octally/model/own/registry";
import { systemClock } from "@octally/shared/clock";
import { makeQueue, makeSqsClient, type Queue } from "@octally/shared/queue";
import { makeRunReads, type RunProgress, type RunReads } from "@octally/store/runs";
import { makeStateStore } from "@octally/store/state";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { startRun, type StartRunPorts } from "../../src/start-run.ts";
import { createQueue, openLocalWorker, type LocalWorker } from "../local-worker.ts";

jest.setTimeout(120_000);
let worker: LocalWorker;
let simulator: Simulator;
let backfillJobs: Queue;
let reads: RunReads;
let ports: StartRunPorts;
let handler: (event: SQSEvent, context: Context) => Promise<unknown>;
const sqs = makeSqsClient();

beforeAll(async () => {
  worker = await openLocalWorker("jobs");
  simulator = makeSimulator({ repositories: 2, pullRequests: 40, seed: 3 });
  // What changed within the last seconds would rightly be written once more by a second load.
  simulator.clock.moveTo(simulator.clock.now() + 60_000);
  const { url } = await simulator.listen();
  const endpoint = process.env["TEST_AWS_ENDPOINT_URL"] ?? "";
  const [backfillUrl, deadUrl] = [await createQueue(endpoint, `${worker.db.prefix}-backfill`), await createQueue(endpoint, `${worker.db.prefix}-jobs-dead`)];
  backfillJobs = makeQueue(sqs, backfillUrl);
  Object.assign(process.env, worker.environment, { BACKFILL_JOBS_QUEUE_URL: backfillUrl, SYNC_JOBS_DEAD_LETTER_QUEUE_URL: deadUrl, GITHUB_TOKEN: simulator.tokens.owner, GITHUB_API_URL: url });
  await worker.bootstrap();
  reads = makeRunReads(worker.db.client, worker.db.prefix);
  ports = { runs: reads, states: makeStateStore(worker.db.client, allKinds, worker.db.prefix), backfillJobs, clock: systemClock };
  const module = await import("../../src/jobs-handler.ts");
  handler = (event, context) => module.handler(event, context);
});
afterAll(async () => {
  await simulator.close();
  await worker.close();
  sqs.destroy();
});

/** As the event source does it, until nothing is left to do. */
async function work(run: string): Promise<void> {
  for (;;) {
    const messages = await backfillJobs.receive({ waitSeconds: 1, visibilitySeconds: 60 });
    if (messages.length === 0) {
      const { parts, over } = await reads.progressOf(run);
      if (parts > 0 && over === parts) return;
      continue;
    }
    const event = { Records: messages.map(({ messageId, receiptHandle, body, attributes }) => ({ messageId, receiptHandle, body, attributes: { ApproximateReceiveCount: "1" }, messageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, stringValue]) => [name, { dataType: "String", stringValue }])), eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${worker.db.prefix}-backfill` })) };
    const answer = (await handler(event as unknown as SQSEvent, { getRemainingTimeInMillis: () => 25_000 } as Context)) as SQSBatchResponse;
    const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    await backfillJobs.remove(messages.filter(({ messageId }) => !failed.has(messageId)).map(({ receiptHandle }) => receiptHandle));
  }
}

const WITHOUT_EACH = kinds.map(({ name }) => name).filter((name) => !["check-run", "status", "workflow-job", "deployment-status", "transfer"].includes(name));

test("an organisation is loaded from nothing; the same again finds its unfinished run, and a finished one is not begun again by itself", async () => {
  const specification = { sources: [simulator.organization.login], kinds: WITHOUT_EACH, since: null, until: null };
  const { run, resumed } = await startRun(ports, specification, "test");
  expect(resumed).toBe(false);
  await worker.db.client.indices.refresh({ index: `${worker.db.prefix}-*` });
  expect(await startRun(ports, specification, "test")).toEqual({ run, resumed: true, reopened: 0 });
  await work(run);
  const progress = await reads.progressOf(run);
  expect(progress.troubles).toEqual([]);
  expect(progress.done).toBe(progress.parts);
  expect(progress.kinds.find(({ kind }) => kind === "pull-request")).toMatchObject({ expected: 40, seen: 40, gaps: 0 });
  await worker.db.client.indices.refresh({ index: `${worker.db.prefix}-*` });
  const stored = async (kind: string): Promise<number> => (await worker.db.client.count({ index: `${worker.db.prefix}-${kind}` })).body.count;
  const truth = (kind: "pull-request" | "review" | "review-comment" | "issue-comment" | "issue" | "commit" | "label" | "star" | "team-member"): number =>
    [...simulator.oracle.things(kind)].filter((thing) => (thing.repository?.owner ?? thing.organization) === simulator.organization).length;
  for (const kind of ["pull-request", "review", "review-comment", "issue-comment", "issue", "commit", "label", "star", "team-member"] as const) expect({ kind, stored: await stored(kind) }).toEqual({ kind, stored: truth(kind) });
  expect(await stored("api-usage")).toBeGreaterThan(3);
  expect(await startRun(ports, specification, "test", { again: false })).toEqual({ run, resumed: true, reopened: 0 });

  const all = (name: "seen" | "written" | "superseded" | "requests" | "points" | "expected"): number => progress.kinds.reduce((soFar, kind) => soFar + (kind[name] ?? 0), 0);
  const ended = async (of: string): Promise<unknown> => (await ports.states.read("sync-run", [of])).get(of)?.document;
  const sums = { expected: all("expected"), done: all("seen"), written: all("written"), unchanged: all("superseded"), failed: 0, requests: all("requests"), points: all("points") };
  expect(await ended(run)).toMatchObject({ state: "done", ...sums, reason: `${progress.parts} of ${progress.parts} lists were read.` });

  // Once more, an hour later: not a single document is touched.
  const everything = async (): Promise<readonly string[]> => (await Promise.all(WITHOUT_EACH.map((kind) => worker.db.sourcesIn(`${worker.db.prefix}-${kind}-all`)))).flat();
  const before = await everything();
  simulator.clock.moveTo(simulator.clock.now() + 3_600_000);
  const second = await startRun(ports, specification, "test");
  expect(second.resumed).toBe(false);
  await work(second.run);
  const again = await reads.progressOf(second.run);
  expect(again.kinds.filter(({ written }) => written > 0)).toEqual([]);
  expect(await everything()).toEqual(before);
  expect(await ended(second.run)).toMatchObject({ state: "done", written: 0, unchanged: again.kinds.reduce((soFar, kind) => soFar + kind.superseded, 0) });
  const requests = (of: RunProgress): number => of.kinds.reduce((sum, kind) => sum + kind.requests, 0);
  expect(requests(again)).toBeLessThanOrEqual(requests(progress));
});
