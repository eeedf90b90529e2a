/** The whole system as its users start it. The tests follow one another on one home: a start costs seconds. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { isPortFree } from "../../src/edges/ports.ts";
import { isAlive } from "../../src/edges/stale-process.ts";
import { countLabels, deliverLabel, makeHome, octally, pidsOf, readJson, removeHome, start, until, untilReady, type Ready, type Started } from "./running-system.ts";

jest.setTimeout(400_000);

let home: string;
let environment: NodeJS.ProcessEnv;
let system: Started;
let ready: Ready;
/** How many documents there were when it was stopped. */
let kept: number;

async function up(): Promise<void> {
  system = start(["up", "--json"], environment);
  ready = await untilReady(system);
}

beforeAll(async () => {
  ({ home, environment } = await makeHome());
  await up();
});
afterAll(async () => {
  system.child.kill("SIGTERM");
  await system.ended;
  await removeHome(home);
});

test("the first line names everything, and health is 200 from then on", async () => {
  const port = environment["OCTALLY_PORT"];
  expect(ready).toMatchObject({
    event: "ready",
    url: `http://127.0.0.1:${port}`,
    webhook_url: `http://127.0.0.1:${port}/webhooks/github`,
    health_url: `http://127.0.0.1:${port}/api/health`,
    opensearch_url: `http://127.0.0.1:${environment["OCTALLY_OPENSEARCH_PORT"]}`,
    queue_endpoint: `http://127.0.0.1:${environment["OCTALLY_QUEUE_PORT"]}`,
    queue_urls: { deliveries: expect.any(String), deliveries_dead_letters: expect.any(String), sync_jobs: expect.any(String), backfill_jobs: expect.any(String), sync_jobs_dead_letters: expect.any(String) },
    bucket: "octally-archive",
    home,
  });
  const { status, body } = await readJson(ready.health_url);
  expect([status, body["state"], body["opensearch_url"]]).toEqual([200, "ready", ready.opensearch_url]);
  expect(body["components"]).toEqual(
    ["front", "queue", "opensearch", "worker"].map((name) => ({ name, state: "up", pid: expect.any(Number), restarts: 0, since: expect.any(String) })),
  );
});

test("a signed webhook becomes a document, an unsigned one nothing", async () => {
  expect(await deliverLabel(ready, 1)).toBe(202);
  await until("the document is found", async () => (await countLabels(ready)) === 1);
  const headers = { "content-type": "application/json", "x-github-event": "label", "x-github-delivery": "d-1" };
  expect((await fetch(ready.webhook_url, { method: "POST", headers, body: "{}" })).status).toBe(401);
});

test("the secret was made, for its owner only", () => {
  expect(statSync(join(home, "webhook-secret")).mode & 0o777).toBe(0o600);
});

test("status shows it, for people and for programs", async () => {
  const forPrograms = await octally(["status", "--json"], environment);
  expect(forPrograms).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(forPrograms.stdout)).toMatchObject({ state: "ready", documents: { label: 1 }, queues: { deliveries: { visible: 0 }, sync_jobs: { visible: expect.any(Number) } } });
  expect((await octally(["status"], environment)).stdout).toMatch(/Octally is ready[\s\S]*deliveries dead letters[\s\S]*label/u);
});

test("a second instance on the same home is refused, and told where the first one is", async () => {
  const second = await octally(["up"], environment);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`process ${ready.pid}, ${ready.url}`);
  expect((await readJson(ready.health_url)).status).toBe(200);
});

test("a port that is taken is named, with the variable that changes it", async () => {
  const other = await makeHome();
  const refused = await octally(["up"], { ...other.environment, OCTALLY_PORT: environment["OCTALLY_PORT"] });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(new RegExp(`Port ${environment["OCTALLY_PORT"]}[\\s\\S]*set OCTALLY_PORT`, "u"));
  expect(refused.stderr).not.toContain("    at ");
  expect(existsSync(join(other.home, "instance.json"))).toBe(false);
  await removeHome(other.home);
});

test.each(["queue", "worker", "opensearch", "front"])("%s that is killed comes back by itself, and nothing acknowledged is lost", async (name) => {
  const pid = (await pidsOf(ready))[name]!;
  process.kill(pid, "SIGKILL");
  await until(`${name} is noticed to be down`, () => system.events.some((event) => event["event"] === "component" && event["name"] === name && event["state"] === "down"));
  // While it is down: taken in, or refused so that GitHub shows the failure; never acknowledged and lost.
  const id = 100 + pid;
  const early = await deliverLabel(ready, id);
  expect([202, 503, 0]).toContain(early);
  await until(`${name} is up again`, async () => (await fetch(ready.health_url).catch(() => undefined))?.status === 200);
  expect((await pidsOf(ready))[name]).not.toBe(pid);
  if (early !== 202) expect(await deliverLabel(ready, id)).toBe(202);
  await until("the delivery is a document", async () => (await countLabels(ready, id)) === 1);
});

test("SIGTERM ends it cleanly: exit code 0, nothing listens, nothing runs, nothing is left behind", async () => {
  const pids = [ready.pid, ...Object.values(await pidsOf(ready))];
  expect(pids).toHaveLength(5);
  kept = await countLabels(ready);
  const begin = performance.now();
  system.child.kill("SIGTERM");
  const ended = await system.ended;
  expect(ended).toMatchObject({ code: 0, signal: null, stderr: "" });
  expect(performance.now() - begin).toBeLessThan(15_000);
  expect(system.events.at(-1)).toEqual({ event: "stopped" });
  expect(pids.filter(isAlive)).toEqual([]);
  for (const name of ["OCTALLY_PORT", "OCTALLY_QUEUE_PORT", "OCTALLY_OPENSEARCH_PORT"]) expect(await isPortFree(Number(environment[name]))).toBe(true);
  expect(existsSync(join(home, "instance.json"))).toBe(false);
});

test("status of one that does not run says so", async () => {
  const answer = await octally(["status"], environment);
  expect(answer.code).toBe(1);
  expect(answer.stderr).toContain("./octally up");
});

test("the next start has everything the last one had", async () => {
  await up();
  expect(kept).toBeGreaterThanOrEqual(5);
  expect(await countLabels(ready)).toBe(kept);
});

test("what a killed supervisor left behind is ended by the next start", async () => {
  const left = await pidsOf(ready);
  process.kill(ready.pid, "SIGKILL");
  await system.ended;
  expect(isAlive(left["opensearch"]!)).toBe(true);
  await up();
  expect(Object.values(left).filter(isAlive)).toEqual([]);
  expect(await countLabels(ready)).toBe(kept);
});
