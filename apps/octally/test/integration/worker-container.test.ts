/** The bundle that the container image holds: it takes messages off the real queue, and ends when it is asked to. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
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

test("a message becomes a document, and SIGTERM ends the process with 0", async () => {
  await surroundings.deliveries.send(asMessage(labelEvent("created", 1, RECEIVED_AT)));
  const program = await buildContainerBundle(folder);
  const child = spawn(process.execPath, [program], { cwd: folder, env: { ...surroundings.environment }, stdio: "inherit" });
  const exited = once(child, "exit");
  try {
    await until("the document is there", async () => (await surroundings.documents()).some((line) => line.startsWith("label")));
    await until("the message is gone", async () => {
      const { visible, inFlight } = await surroundings.deliveries.depth();
      return visible + inFlight === 0;
    });
  } finally {
    child.kill("SIGTERM");
  }
  expect(await exited).toEqual([0, null]);
}, 90_000);
