/** The bundle that the container image holds: it takes messages off the real queue, and ends when it is asked to. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { asMessage, openLocalWorker, type LocalWorker } from "../../../../services/sync-worker/test/local-worker.ts";
import { labelEvent, RECEIVED_AT } from "../../../../services/sync-worker/test/records.ts";
import { buildContainerBundle } from "../../../../tools/build-container.ts";
import { makeSimulator } from "@octally/github-simulator/simulator";
import { makeQueue } from "@octally/shared/queue";
import { toJobMessage } from "@octally/shared/sync-job";
import { makeLocalSqsClient } from "../../src/edges/local-clients.ts";
import { countMessages, makeTestQueue, until } from "./local-aws.ts";

let folder: string;
let program: string;
let surroundings: LocalWorker;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "octally-container-"));
  program = await buildContainerBundle(folder);
  surroundings = await openLocalWorker("container");
  await surroundings.bootstrap();
}, 120_000);
afterAll(async () => {
  await surroundings.close();
  await rm(folder, { recursive: true, force: true });
});

/** What Fargate gives a task: credentials of its role at an address, for those who know the token. */
async function startCredentials(): Promise<{ readonly environment: Record<string, string>; readonly asked: () => number; readonly close: () => Promise<void> }> {
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.headers.authorization !== "the-task") {
      response.writeHead(403).end();
      return;
    }
    asked += 1;
    response.end(JSON.stringify({ AccessKeyId: "test", SecretAccessKey: "test", Token: "of-the-role", Expiration: new Date(Date.now() + 3_600_000).toISOString() }));
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  return {
    environment: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, AWS_CONTAINER_AUTHORIZATION_TOKEN: "the-task" },
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => void server.close(done));
    },
  };
}

test("with its role's credentials and no rights of its own, a message becomes a document, and SIGTERM ends the process with 0", async () => {
  await surroundings.deliveries.send(asMessage(labelEvent("created", 1, RECEIVED_AT)));
  await chmod(folder, 0o755);
  const credentials = await startCredentials();
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, ...environment } = surroundings.environment;
  // The image's user, where this one may become it; HOME is nowhere, as on a root that cannot be written on.
  const nobody = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};
  const child = spawn(process.execPath, [program], { cwd: folder, env: { ...environment, ...credentials.environment, HOME: "/nonexistent" }, stdio: "inherit", ...nobody });
  const exited = once(child, "exit");
  try {
    await until("the document is there", async () => (await surroundings.documents()).some((line) => line.startsWith("label")));
    expect(credentials.asked()).toBeGreaterThan(0);
    await until("the message is gone", async () => {
      const { visible, inFlight } = await surroundings.deliveries.depth();
      return visible + inFlight === 0;
    });
  } finally {
    child.kill("SIGTERM");
    await exited;
    await credentials.close();
  }
  expect(await exited).toEqual([0, null]);
}, 90_000);

test("where GitHub is read it does the jobs as well, of both queues, and SIGTERM ends it with 0", async () => {
  const simulator = makeSimulator({ repositories: 1, pullRequests: 2, seed: 7 });
  const { url } = await simulator.listen();
  const client = makeLocalSqsClient(surroundings.environment["AWS_ENDPOINT_URL"] ?? "");
  const [backfill, dead] = [await makeTestQueue(client), await makeTestQueue(client)];
  const repository = simulator.oracle.repositories().find(({ owner }) => owner === simulator.organization);
  const name = `${simulator.organization.login}/${repository?.name ?? ""}`;
  const of = { run: "backfill-test", part: "backfill-test:one", turn: 0, source: name, since: null, until: null };
  const place = { org: simulator.organization.login, repository: { id: repository?.id ?? 0, name_with_owner: name } };
  await makeQueue(client, backfill.url).sendAll([toJobMessage({ type: "discover", ...of, kinds: ["repository", "label"] })]);
  await surroundings.jobs.sendAll([toJobMessage({ type: "inventory", kind: "milestone", ...place, reason: "a test" })]);
  const environment = { ...surroundings.environment, BACKFILL_JOBS_QUEUE_URL: backfill.url, SYNC_JOBS_DEAD_LETTER_QUEUE_URL: dead.url, GITHUB_API_URL: url, GITHUB_TOKEN: simulator.tokens.owner };
  const child = spawn(process.execPath, [program], { cwd: folder, env: environment, stdio: "inherit" });
  const exited = once(child, "exit");
  try {
    const labels = repository?.labels.length ?? 0;
    expect(labels).toBeGreaterThan(3);
    await until("the labels are there", async () => (await surroundings.documents()).filter((line) => line.startsWith("label-v") && line.includes(name)).length === labels);
    for (const queue of [backfill.url, surroundings.environment["SYNC_JOBS_QUEUE_URL"] ?? ""]) await until("the jobs are done", async () => (await countMessages(client, queue)) === 0);
  } finally {
    child.kill("SIGTERM");
    await exited;
    await simulator.close();
    client.destroy();
  }
  expect(await exited).toEqual([0, null]);
}, 120_000);
