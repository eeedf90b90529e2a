/** The local system on the very bundles that are deployed. */
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { buildBundles, bundlesFolder, findStaleBundles } from "../../src/edges/bundles.ts";
import { commandLineOf } from "../../src/edges/stale-process.ts";
import { countLabels, deliverLabel, makeHome, pidsOf, removeHome, start, until, untilReady, type Ready, type Started } from "./running-system.ts";

jest.setTimeout(400_000);

const MARK = "loaded from the bundle, by a test";
const workerBundle = join(bundlesFolder, "sync-worker", "deliveries-handler.mjs");

let system: Started;
let ready: Ready;
let built: string;

beforeAll(async () => {
  await buildBundles(await findStaleBundles());
  // One bundle is missing, the other says so when it is loaded.
  await rm(join(bundlesFolder, "webhook-intake"), { recursive: true });
  built = await readFile(workerBundle, "utf8");
  await appendFile(workerBundle, `\nconsole.error("${MARK}");\n`);
  const { environment } = await makeHome();
  system = start(["up", "--bundles", "--json"], environment);
  ready = await untilReady(system);
});
afterAll(async () => {
  await writeFile(workerBundle, built);
  system.child.kill("SIGTERM");
  await system.ended;
  await removeHome(ready.home);
});

test("up --bundles builds what is missing, runs it, and a signed delivery becomes a document", async () => {
  expect(ready).toMatchObject({ event: "ready", handlers: "bundles" });
  expect(await findStaleBundles()).toEqual([]);
  expect(await readFile(join(ready.home, "logs", "worker.log"), "utf8")).toContain(MARK);
  expect(await commandLineOf((await pidsOf(ready))["front"] ?? 0)).toContain(bundlesFolder);
  expect(await deliverLabel(ready, 1)).toBe(202);
  await until("the document is found", async () => (await countLabels(ready, 1)) === 1);
});
