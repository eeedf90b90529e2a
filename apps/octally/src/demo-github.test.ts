import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { startDemoGithub, type DemoGithub, type DemoOrder } from "./demo-github.ts";

const NOW = Date.UTC(2026, 10, 21, 12);
const DAY_MS = 86_400_000;
const WEBHOOK = "http://octally.test/webhooks/github";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "octally-demo-"));
});
afterEach(() => rm(folder, { recursive: true }));

type Received = { readonly guid: string; readonly hook: string; readonly body: string };

function order(name: string): DemoOrder {
  return { port: 0, token: "ghp_test", webhookUrl: WEBHOOK, webhookSecret: "s", stateFile: join(folder, name, "organisation.json") };
}

/** Runs until so much was received. `now`: how far its clock may go. */
async function run(demo: DemoOrder, events: number, now = NOW): Promise<{ readonly received: readonly Received[]; readonly github: DemoGithub }> {
  const received: Received[] = [];
  const receivers = new Map([[WEBHOOK, ({ headers, body }: { headers: Readonly<Record<string, string>>; body: string }) => {
    received.push({ guid: headers["X-GitHub-Delivery"] ?? "", hook: headers["X-GitHub-Hook-ID"] ?? "", body: body.replaceAll(/127\.0\.0\.1:\d+/gu, "host") });
    return { status: 202 };
  }]]);
  const github = await startDemoGithub(demo, { now: () => now, onError: (failure) => { throw failure; }, receivers, eventsPerMinute: 6000 });
  while (received.length < events) await new Promise((resolve) => setTimeout(resolve, 20));
  return { received, github };
}

const positionOf = async ({ stateFile }: DemoOrder): Promise<string> => (JSON.parse(await readFile(stateFile, "utf8")) as { position: string }).position;

describe("the GitHub of the demonstration", () => {
  test("goes on at the next start as if it had never stopped: no delivery is missing or another one", async () => {
    const through = await run(order("through"), 150);
    await through.github.close();
    const whole = through.received.map(({ guid }) => guid);
    expect(new Set(whole).size).toBe(whole.length);

    const stopped = order("stopped");
    const first = await run(stopped, 50);
    const early = await readFile(stopped.stateFile, "utf8");
    await first.github.close();
    const second = await run(stopped, 50, NOW + 3 * DAY_MS);
    await second.github.close();
    // Nothing is told again but the hook's ping, and what happened in the very millisecond of the stop.
    const again = second.received.filter(({ guid }) => first.received.some((delivery) => delivery.guid === guid));
    expect(again[0]).toEqual(first.received[0]);
    expect(again.length).toBeLessThan(15);
    // As after a crash: what was saved last is older than what was done.
    await writeFile(stopped.stateFile, early);
    const third = await run(stopped, 120, NOW + 3 * DAY_MS);
    await third.github.close();
    const pieces = new Map([...first.received, ...second.received, ...third.received].map((delivery) => [delivery.guid, delivery]));
    for (const delivery of through.received.slice(0, 110)) expect(pieces.get(delivery.guid)).toEqual(delivery);
    expect([...pieces.keys()].slice(0, 110)).toEqual(whole.slice(0, 110));
  }, 60_000);

  test("its token reads it, and its clock does not pass the present", async () => {
    const soon = NOW - 30 * DAY_MS + 3_600_000;
    const demo = order("short");
    // Made with the present of NOW, a month ahead of its past's end.
    const made = await run(demo, 1);
    await made.github.close();
    const { github } = await run(demo, 1, soon);
    while (github.simulator.clock.now() < soon) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(github.simulator.clock.now()).toBe(soon);
    const answer = await fetch(`${github.url}/orgs/octo-demo/repos`, { headers: { authorization: "Bearer ghp_test" } });
    expect([answer.status, Date.parse(answer.headers.get("date") ?? "")]).toEqual([200, soon]);
    await github.close();
    expect(Date.parse(await positionOf(demo))).toBe(soon - 1);
  }, 60_000);

  test("a state that cannot be read is not gone over", async () => {
    const demo = order("broken");
    await (await run(demo, 1)).github.close();
    await writeFile(demo.stateFile, "{");
    await expect(run(demo, 1)).rejects.toThrow("Delete");
  });
});
