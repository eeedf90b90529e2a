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
import { until } from "./local-aws.ts";

let folder: string;
let surroundings: LocalWorker;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "octally-container-"));
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
  const program = await buildContainerBundle(folder);
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
