import { describe, expect, test } from "@jest/globals";
import { delivery } from "@octally/model/own/delivery";
import { toVersion } from "@octally/model/version";
import type { Observation } from "@octally/model/observation";
import { makeCheckerWorld, type CheckerWorld } from "../test/checker-world.ts";
import { checkCanary, type CanaryReport } from "./check-canary.ts";
import { checkDeliveries, type DeliveriesReport } from "./check-deliveries.ts";
import { readCoverages } from "./coverage-store.ts";
import type { CheckerPorts } from "./ports.ts";

const HOUR = 3_600_000;
const URL = "https://octally.example.org/webhooks/github";

type Piped = CheckerWorld & { readonly pipe: { open: boolean; readonly came: Set<string>; readonly refused: Set<string> }; readonly store_: () => Promise<void> };

/** GitHub delivers to a way that can be closed; what comes becomes a delivery document. */
function piped(options: Parameters<typeof makeCheckerWorld>[0] = {}): Piped {
  const pipe = { open: true, came: new Set<string>(), refused: new Set<string>() };
  const waiting: Observation[] = [];
  const receivers = new Map([[URL, ({ headers }: { headers: Readonly<Record<string, string>> }) => {
    if (!pipe.open) {
      pipe.refused.add(headers["X-GitHub-Delivery"] ?? "");
      return { status: 503 };
    }
    waiting.push(toDelivery(headers, world.now(), world.simulated.organization.login));
    return { status: 202 };
  }]]);
  const world = makeCheckerWorld({ repositories: 3, pullRequests: 80, years: 0.1, seed: 9, from: "beginning", receivers, ...options });
  return {
    ...world,
    pipe,
    store_: async () => {
      await world.simulated.settle();
      for (const { id } of waiting) pipe.came.add(id);
      await world.store.write(waiting.splice(0));
    },
  };
}

function toDelivery(headers: Readonly<Record<string, string>>, at: string, org: string): Observation {
  const [hook, guid] = [headers["X-GitHub-Hook-ID"] ?? "", headers["X-GitHub-Delivery"] ?? ""];
  const id = `${hook}-${guid}`;
  const document = { id, guid, hook_id: hook, target_type: headers["X-GitHub-Hook-Installation-Target-Type"] ?? null, event: headers["X-GitHub-Event"] ?? "", received_at: at };
  return { kind: delivery.name, id, org, repository: null, document, deletedAt: null, version: toVersion(at, at), observedAt: at, source: "webhook", archive: null };
}

/** `aheadMs`: this machine's clock before GitHub's. */
function portsOf({ ports, simulated }: Piped, aheadMs: number): CheckerPorts {
  return { ...ports, clock: () => new Date(simulated.timing.nowMs() + aheadMs) };
}

async function check(world: Piped, repair = true, aheadMs = 0): Promise<DeliveriesReport> {
  const { simulated } = world;
  return simulated.run(checkDeliveries(portsOf(world, aheadMs), { sources: [simulated.organization.login], repair, timeMs: 60_000, webhookUrl: URL }));
}

/** What the worker does: each is asked for by its id, with its payload, and becomes a document. */
async function fetchAll(world: Piped): Promise<number> {
  const { jobs, simulated, store } = world;
  const wanted = jobs.splice(0);
  for (const job of wanted) {
    if (job.type !== "fetch-delivery") throw new Error(job.type);
    const found = simulated.server.deliveries.find(simulated.organization.hooks.find(({ id }) => String(id) === job.hook_id)!, Number(job.delivery));
    await store.write([toDelivery({ "X-GitHub-Hook-ID": job.hook_id, "X-GitHub-Delivery": found!.guid, "X-GitHub-Event": "any" }, world.now(), simulated.organization.login)]);
  }
  return wanted.length;
}

async function live(world: Piped, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    world.simulated.advance(HOUR);
    await world.store_();
  }
}

describe("the delivery log", () => {
  test("brings back two days without webhooks, whole, and asks for nothing that came", async () => {
    const world = piped();
    world.simulated.addHook(URL, "secret");
    await live(world, 24 * 4);
    expect((await check(world)).hooks[0]?.found).toMatchObject({ missing: 0, givenUp: [] });
    expect(world.jobs).toEqual([]);

    world.pipe.open = false;
    await live(world, 48);
    world.pipe.open = true;
    await live(world, 1);
    const before = world.simulated.requests();
    const report = await check(world);
    const [hook] = report.hooks;
    const missing = world.jobs.length;
    expect(missing).toBeGreaterThan(100);
    expect(hook?.found).toMatchObject({ failed: missing, missing });
    // A hundred a page, and one for the list of hooks.
    expect(world.simulated.requests() - before).toBe(1 + Math.ceil((hook && "seen" in hook.found ? hook.found.seen : 0) / 100));
    expect((await readCoverages(world.ports)).get("org:octo-demo:delivery")).toMatchObject({ status: "repairing", missing });

    expect(await fetchAll(world)).toBe(missing);
    await live(world, 1);
    expect((await check(world)).hooks[0]?.found).toMatchObject({ missing: 0 });
    expect((await readCoverages(world.ports)).get("org:octo-demo:delivery")).toMatchObject({ status: "complete", missing: 0 });
    expect(world.jobs).toEqual([]);
  }, 60_000);

  test.each([["a month ahead", 30 * 24 * HOUR], ["twenty minutes behind", -HOUR / 3]])("brings back what was lost where this machine's clock is %s", async (_, aheadMs) => {
    const world = piped();
    world.simulated.addHook(URL, "secret");
    await live(world, 2);
    // The second time from the watermark.
    for (const _again of [1, 2]) {
      world.pipe.refused.clear();
      world.pipe.open = false;
      await live(world, 24);
      world.pipe.open = true;
      await live(world, 1);
      await check(world, true, aheadMs);
      expect(world.pipe.refused.size).toBeGreaterThan(0);
      expect(await fetchAll(world)).toBe(world.pipe.refused.size);
      expect((await check(world, true, aheadMs)).hooks[0]?.found).toMatchObject({ missing: 0 });
    }
  }, 30_000);

  test("that the token may not read says which permission it lacks", async () => {
    const world = piped({ token: ({ server, organization }) => server.credentials.fineGrained(organization.members[0]!.user, { metadata: "read" }) });
    world.simulated.addHook(URL, "secret");
    await live(world, 2);
    const { hooks } = await check(world);
    expect(hooks.map(({ found }) => found)).toMatchObject([{ is: "cannot-see", permission: "organization_hooks=read" }]);
    expect((await readCoverages(world.ports)).get("org:octo-demo:delivery")).toMatchObject({ status: "cannot-see", permission: "organization_hooks=read" });
  }, 30_000);

  test("names the sources of which no hook is known", async () => {
    const world = piped();
    expect(await check(world)).toMatchObject({ hooks: [], without: ["octo-demo"] });
  }, 30_000);
});

describe("the canary", () => {
  test.each([["as GitHub's", 0], ["a month ahead", 30 * 24 * HOUR], ["ten minutes behind", -HOUR / 6]])("is well while webhooks come, silent when they do not, and well again, this machine's clock %s", async (_, aheadMs) => {
    const world = piped();
    world.simulated.addHook(URL, "secret");
    const health = async (minutes: number): Promise<CanaryReport["state"]["health"] | undefined> => {
      world.simulated.advance(minutes * 60_000);
      await world.store_();
      const [report] = await world.simulated.run(checkCanary(portsOf(world, aheadMs), { sources: ["octo-demo"], timeMs: 60_000, webhookUrl: URL }));
      await world.simulated.settle();
      return report?.state.health;
    };
    expect([await health(1), await health(1)]).toEqual(["waiting", "well"]);
    world.pipe.open = false;
    expect([await health(61), await health(6)]).toEqual(["waiting", "silent"]);
    world.pipe.open = true;
    expect([await health(6), await health(1)]).toEqual(["silent", "well"]);
  }, 30_000);
});
