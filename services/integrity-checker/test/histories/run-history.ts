/** Plays one history to its end: live, with all that goes wrong; then nothing goes wrong any more, and the checks have their turn. */
import type { Fetch } from "@octally/github/transport";
import { Random } from "@octally/github-simulator/history/random";
import { makeSimulator, type Simulator } from "@octally/github-simulator/simulator";
import type { MemoryOptions } from "../../../../packages/store/test/memory-documents.ts";
import { CHECKS, type Check } from "../../src/check-completeness.ts";
import { SECRET, WEBHOOK_URL } from "./intake.ts";
import { makeOctally, type Octally, type OctallyOptions } from "./octally.ts";
import { planHistory, type HistoryPlan, type Window } from "./plan.ts";
import { memoryParts, type OpenParts } from "./parts.ts";
import { NO_QUEUE_FAULTS, type QueueFaults } from "./queue.ts";
import { toReport, type Ended, type HistoryReport } from "./report.ts";
import { makeTime, type Time } from "./time.ts";
import { upheave } from "./upheavals.ts";

export type HistoryOptions = { /** Default: models. */ readonly parts?: OpenParts; readonly broken?: Broken; readonly change?: (plan: HistoryPlan) => HistoryPlan; readonly onEnd?: (ended: Ended) => void };

/** To show that it is noticed. */
export type Broken = Pick<MemoryOptions, "comparesVersions" | "keepsTombstones"> & Pick<OctallyOptions, "states">;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LATENCY_MS = 250;
/** Nothing may take longer than this once nothing goes wrong any more. */
const PATIENCE_MS = 72 * HOUR;

export async function runHistory(seed: number, { parts, broken = {}, change = (plan) => plan, onEnd = () => undefined }: HistoryOptions = {}): Promise<HistoryReport> {
  const plan = change(planHistory(seed));
  const scene = await makeScene(plan, parts, broken);
  const { octally, simulator } = scene;
  try {
    await live(scene);
    scene.calm();
    await pass(scene, simulator.clock.now() + PATIENCE_MS, () => octally.isIdle());
    await checkTwice(scene);
    const fresh = await loadAfresh(scene);
    const ended = { ...scene, documents: await octally.parts.look(), fresh: await fresh.parts.look(), freshDead: [...fresh.dead, ...fresh.defects], requests: scene.requests() };
    onEnd(ended);
    return toReport(ended);
  } finally {
    await octally.parts.close();
    await simulator.close();
  }
}

type Scene = { readonly plan: HistoryPlan; readonly simulator: Simulator; readonly time: Time; readonly octally: Octally; readonly fetch: Fetch; readonly random: Random; readonly workers: Octally[]; readonly requests: () => number; readonly calm: () => void; readonly isCalm: () => boolean; readonly look: { atMs: number }; /** Deliveries that have to become documents, by the ids of these. */ readonly sent: Set<string>; /** Those of them that were not taken, as far as that is known, and when that was. */ readonly failed: Map<string, number> };

async function makeScene(plan: HistoryPlan, openParts: OpenParts | undefined, { states, ...memory }: Broken): Promise<Scene> {
  const { seed, repositories, pullRequests, start, end, richness } = plan;
  const rates = { ...plan.github };
  let calm = false;
  let requests = 0;
  const random = new Random(`run ${seed}`);
  const receivers = new Map<string, Octally["receive"]>();
  const simulator = makeSimulator({ seed, repositories, pullRequests, start, end, richness, from: "beginning", faults: rates, receivers });
  const nowMs = simulator.clock.now;
  const time = makeTime(nowMs);
  const fetch: Fetch = async (input, init) => {
    requests += 1;
    await time.timing.sleep(LATENCY_MS, init?.signal ?? new AbortController().signal);
    return time.standStill(simulator.fetch(input, init));
  };
  const within = (windows: readonly Window[]): boolean => !calm && windows.some(({ from, to }) => nowMs() >= from && nowMs() < to);
  const name = `history ${seed}`;
  const open = openParts ?? memoryParts({ lagMs: () => (calm ? 0 : random.between(0, plan.searchLagMs)), ...memory });
  const faults = (): QueueFaults => (calm ? NO_QUEUE_FAULTS : plan.queue);
  const parts = await open({ name, nowMs, faults, isAway: () => within(plan.down.store), isCalm: () => calm, standStill: time.standStill });
  const octally = makeOctally(parts, {
    name, token: simulator.tokens.owner, fetch, time, source: simulator.organization.login,
    troubles: {
      isDown: (what) => (what === "intake" || what === "queue" || (what === "store" && parts.isAwayItself !== true)) && within(plan.down[what]),
      failing: () => (calm ? 0 : plan.failing),
      killed: () => (calm ? 0 : plan.killed),
    },
    skewsMs: plan.skewsMs,
    idleMs: () => (calm ? 1000 : plan.idleMs),
    states,
  });
  const [sent, failed] = [new Set<string>(), new Map<string, number>()];
  receivers.set(WEBHOOK_URL, async (request) => {
    const id = `${request.headers["X-GitHub-Hook-ID"] ?? ""}-${request.headers["X-GitHub-Delivery"] ?? ""}`;
    // A ping that is not taken is the canary's news, and nobody fetches it: a fetched one would say that the way is open (completeness.md).
    const isPing = request.headers["X-GitHub-Event"] === "ping";
    if (!isPing) {
      sent.add(id);
      failed.set(id, nowMs());
    }
    const answer = await octally.receive(request);
    if (answer.status >= 300) return answer;
    sent.add(id);
    failed.delete(id);
    return answer;
  });
  return {
    plan, simulator, time, octally, fetch, random, workers: [octally], look: { atMs: Number.POSITIVE_INFINITY }, sent, failed, requests: () => requests,
    isCalm: () => calm,
    calm: () => {
      calm = true;
      for (const fault of Object.keys(rates)) Reflect.set(rates, fault, 0);
    },
  };
}

/** GitHub keeps what it delivered for three days: whoever looks seldom looks in time, and afterwards in vain. */
const KEPT_MS = 72 * HOUR;
const SOONEST_LOOK_MS = HOUR / 2;
const LATEST_LOOK_MS = 30 * HOUR;

/** What did not arrive and has not become a document; then one looks again. */
function lookInTime({ octally, simulator, random, look, failed }: Scene): void {
  const now = simulator.clock.now();
  for (const [id, atMs] of failed) if (octally.has("delivery", id) || now - atMs > KEPT_MS) failed.delete(id);
  if (failed.size === 0) look.atMs = Number.POSITIVE_INFINITY;
  else if (look.atMs <= now) octally.check(["deliveries", "counts"], false);
  if (failed.size > 0 && (look.atMs <= now || look.atMs === Number.POSITIVE_INFINITY)) look.atMs = now + random.between(SOONEST_LOOK_MS, LATEST_LOOK_MS / (look.atMs <= now ? 6 : 1));
}

/** Lets time pass until somebody has had enough, or it is that late. While it is not calm yet, the organisation goes on with its life. */
async function pass(scene: Scene, untilMs: number, isEnough: () => boolean = () => false): Promise<boolean> {
  const { simulator, time, workers, random, isCalm } = scene;
  const { clock, server } = simulator;
  for (;;) {
    await time.quiet();
    if (workers.map((one) => one.startWork()).includes(true)) continue;
    if (isEnough()) return true;
    if (!isCalm()) lookInTime(scene);
    if (time.wakeNext()) continue;
    if (clock.now() >= untilMs) return false;
    const step = isCalm() ? Number.POSITIVE_INFINITY : clock.now() + random.between(MINUTE, 6 * HOUR);
    const next = Math.min(untilMs, time.nextAtMs(), step, isCalm() ? Number.POSITIVE_INFINITY : scene.look.atMs, server.deliveries.nextDueAt ?? Number.POSITIVE_INFINITY, ...workers.map((one) => one.nextAtMs()));
    const at = Math.max(clock.now(), Math.ceil(next));
    if (isCalm()) {
      clock.moveTo(at);
      server.deliveries.pump();
    } else simulator.playTo(at);
  }
}

async function live(scene: Scene): Promise<void> {
  const { plan, simulator, octally } = scene;
  const founder = simulator.organization.members[0]?.user ?? simulator.world.ghost;
  const install = (): void => {
    simulator.addHook(WEBHOOK_URL, SECRET);
    octally.load();
  };
  const actions: readonly { readonly at: number; readonly act: () => void }[] = [
    { at: plan.installedAt, act: install },
    // Whoever finds that it was not begun begins it again.
    ...[10 * MINUTE, HOUR, 7 * HOUR, 24 * HOUR, 72 * HOUR, 144 * HOUR].map((later) => ({ at: plan.installedAt + later, act: () => octally.load() })),
    ...plan.upheavals.map((upheaval) => ({ at: upheaval.at, act: () => upheave(simulator, founder, upheaval) })),
    ...plan.checksAt.map((at, index) => ({ at, act: () => octally.check(checksOf(index), false) })),
  ];
  for (const { at, act } of actions.toSorted((a, b) => a.at - b.at)) {
    if (at < plan.installedAt) simulator.playTo(at);
    else await pass(scene, at);
    act();
  }
  await pass(scene, plan.end);
}

const checksOf = (index: number): readonly Check[] => (index % 6 === 5 ? ["deliveries", "counts", "references", "audit"] : ["deliveries", "counts"]);

/** As its schedules do, with the audit of everything for the month that it would take. */
async function checkTwice(scene: Scene): Promise<void> {
  const { octally, simulator } = scene;
  for (let hour = 0; hour < 10; hour += 1) {
    const everything = hour === 1 || hour === 5;
    octally.check(everything ? CHECKS.filter((check) => check !== "canary") : ["deliveries", "counts"], everything);
    await pass(scene, simulator.clock.now() + HOUR);
  }
  await pass(scene, simulator.clock.now() + PATIENCE_MS, () => octally.isIdle());
}

async function loadAfresh(scene: Scene): Promise<Octally> {
  const { plan, simulator, time, fetch, workers } = scene;
  const never = { isDown: () => false, failing: () => 0, killed: () => 0, };
  const name = `fresh ${plan.seed}`;
  const fresh = makeOctally(await memoryParts()({ name, nowMs: time.timing.nowMs, faults: () => NO_QUEUE_FAULTS, isAway: () => false, isCalm: () => true, standStill: time.standStill }), { name, token: simulator.tokens.owner, fetch, time, source: simulator.organization.login, troubles: never, skewsMs: [0], idleMs: () => 0 });
  workers.push(fresh);
  fresh.load();
  await pass(scene, simulator.clock.now() + PATIENCE_MS, () => fresh.isIdle());
  return fresh;
}
