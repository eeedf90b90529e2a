/** SPEC I12: every part killed in the middle of a flood; what was acknowledged is a document in the end. */
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { makeHome, octally, pidsOf, removeHome, start, until, untilReady, type Ready, type Started } from "./running-system.ts";

jest.setTimeout(400_000);

const DELIVERIES = 5000;

let home: string;
let environment: NodeJS.ProcessEnv;
let system: Started;
let ready: Ready;

beforeAll(async () => {
  ({ home, environment } = await makeHome());
  system = start(["up", "--json"], environment);
  ready = await untilReady(system);
});
afterAll(async () => {
  system.child.kill("SIGTERM");
  await system.ended;
  await removeHome(home);
});

/** As GitHub's sender with a redelivery script: what is not acknowledged is sent again, with the same GUID. */
async function deliver(id: number, secret: string): Promise<void> {
  const label = { id, name: `label-${id}`, color: "fff", default: false, description: "x".repeat(2000) };
  const body = JSON.stringify({ action: "created", label, repository: { id: 5, full_name: "octo-demo/kills", owner: { login: "octo-demo" } } });
  const headers = {
    "content-type": "application/json",
    "x-github-event": "label",
    "x-github-delivery": `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`,
    "x-github-hook-id": "1",
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
  for (;;) {
    const answer = await fetch(ready.webhook_url, { method: "POST", headers, body }).catch(() => undefined);
    if (answer?.status === 202) return;
    expect([503, undefined]).toContain(answer?.status);
    await delay(100);
  }
}

async function count(alias: string): Promise<number> {
  const answer = await fetch(`${ready.opensearch_url}/${alias}/_count`).catch(() => undefined);
  return answer?.ok === true ? ((await answer.json()) as { count: number }).count : -1;
}

test(`worker, queue and store killed in the middle of ${DELIVERIES} deliveries, then a restart: none is lost`, async () => {
  const secret = (await readFile(join(home, "webhook-secret"), "utf8")).trim();
  let sent = 0;
  const kills = (["worker", "queue", "opensearch"] as const).map((name, index) => ({ name, after: DELIVERIES * ((index + 1) / 4) }));
  const sender = async (): Promise<void> => {
    while (sent < DELIVERIES) {
      sent += 1;
      await deliver(sent, secret);
    }
  };
  const killer = async (): Promise<void> => {
    for (const { name, after } of kills) {
      await until(`${after} are sent`, () => sent >= after, 120_000);
      const pid = (await pidsOf(ready))[name];
      expect(pid).toBeGreaterThan(1);
      process.kill(pid ?? Number.NaN, "SIGKILL");
    }
  };
  await Promise.all([killer(), ...Array.from({ length: 16 }, sender)]);

  // The whole of it is stopped hard as well, and started again on the same home.
  const pids = Object.values(await pidsOf(ready));
  for (const pid of [ready.pid, ...pids]) process.kill(pid, "SIGKILL");
  await system.ended;
  system = start(["up", "--json"], environment);
  ready = await untilReady(system);

  await until("every delivery is a document", async () => (await count("octally-delivery")) === DELIVERIES, 150_000);
  await until("and so is its label", async () => (await count("octally-label")) === DELIVERIES);
  expect(await count("octally-dead-letter")).toBe(0);
  const status = JSON.parse((await octally(["status", "--json"], environment)).stdout) as { queues: Record<string, { visible: number }> };
  expect(status.queues["deliveries_dead_letters"]).toMatchObject({ visible: 0 });
});
