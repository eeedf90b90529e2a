/** What the benchmarks of the history stand on: the workload, loaded by the jobs' own process into the real store, and read back as bulk lines. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { toHandlerEnvironment } from "@octally/octally/core/handler-environment";
import { planInstance } from "@octally/octally/core/instance-plan";
import { localConfig } from "@octally/octally/core/settings";
import { createQueues } from "@octally/octally/edges/create-queues";
import { makeLocalSqsClient } from "@octally/octally/edges/local-clients";
import { load, startWorker } from "../../src/history/load.ts";
import { startGitHub, type BenchGitHub } from "../../src/history/start-github.ts";
import { readStoredBulk } from "../../src/history/stored-bulk.ts";
import { CORE_KINDS, EACH } from "../../src/history/workload.ts";
import { withFreshIndices } from "../../src/worker/fresh-indices.ts";

jest.setTimeout(180_000);
const PULL_REQUESTS = 7;
const PREFIX = { jobs: `bench-jobs-${process.pid}`, raw: `bench-raws-${process.pid}` };

let folder: string;
let github: BenchGitHub;
let surroundings: Parameters<typeof startWorker>[0];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "octally-bench-test-"));
  const [openSearchUrl = "", endpoint = ""] = [process.env["TEST_OPENSEARCH_URL"], process.env["TEST_AWS_ENDPOINT_URL"]];
  const { addresses } = planInstance(localConfig.parse({ OPENSEARCH_URL: openSearchUrl, OCTALLY_QUEUE_PORT: new URL(endpoint).port }), folder);
  const sqs = makeLocalSqsClient(endpoint);
  await createQueues(sqs, addresses.queue_urls);
  sqs.destroy();
  surroundings = { openSearchUrl, folder, handlerEnvironment: toHandlerEnvironment(process.env, addresses, "bench-secret"), pids: { handler: 0, queue: 0, openSearch: 0 }, stop: () => Promise.resolve() };
  github = await startGitHub({ repositories: 1, pullRequests: PULL_REQUESTS, latencyMs: 0, limits: true });
});
afterAll(async () => {
  await github.stop();
  await rm(folder, { recursive: true, force: true });
});

test("the jobs store the workload whole, tell their memory, and can be read back as what was written", async () => {
  const documents = 1 + Object.values(EACH).reduce<number>((sum, each) => sum + each * PULL_REQUESTS, 0);
  const operations = await withFreshIndices(surroundings.openSearchUrl, PREFIX.jobs, null, async () => {
    const worker = await startWorker(surroundings, github, { prefix: PREFIX.jobs, atFullSpeed: true, logFile: join(folder, "jobs.log") });
    try {
      const { seconds, kinds } = await load(surroundings, worker, PREFIX.jobs, github.organization, CORE_KINDS);
      expect(seconds).toBeGreaterThan(0);
      expect(kinds.find(({ kind }) => kind === "pull-request")).toMatchObject({ expected: PULL_REQUESTS, seen: PULL_REQUESTS, gaps: 0 });
      expect(worker.memory[0]?.rss).toBeGreaterThan(20e6);
      return await readStoredBulk(surroundings.openSearchUrl, { from: PREFIX.jobs, to: PREFIX.raw }, CORE_KINDS);
    } finally {
      await worker.stop();
    }
  }, CORE_KINDS);
  expect(operations).toHaveLength(documents);
  expect(await github.asked()).toMatchObject({ violations: 0 });
  const [action = "", source = ""] = operations.at(-1)?.split("\n") ?? [];
  const { octally } = JSON.parse(source) as { readonly octally: { readonly version: string } };
  expect(action).toMatch(new RegExp(`^\\{"index":\\{"_index":"${PREFIX.raw}-[a-z-]+-write","_id":"[^"]+","version":${octally.version},"version_type":"external","require_alias":true\\}\\}$`));
});
