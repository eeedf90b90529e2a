/** A simulated GitHub by itself: its past is made, then it listens until it is told to stop. */
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { makeSimulator, type Simulator } from "@octally/github-simulator/simulator";
import type { FaultRates } from "@octally/github-simulator/faults/faults";
import type { Level, Permission } from "@octally/github-simulator/world/viewer";
import { ConfigError } from "@octally/shared/errors";
import type { SimulateReport } from "./simulate-report.ts";

export type Permissions = Readonly<Partial<Record<Permission, Level>>>;

export type SimulateOrder = {
  readonly port: number;
  readonly seed: string;
  readonly organisation: string;
  readonly repositories: number;
  readonly pullRequests: number;
  /** Its seconds in one of ours; null: the clock goes on, but nothing happens by itself. */
  readonly live: number | null;
  readonly webhook: { readonly url: string; readonly secret: string | null } | null;
  readonly faults: FaultRates;
  readonly limits: boolean;
  /** What the token may do, beside seeing which repositories there are; null: whatever an owner may. */
  readonly permissions?: Permissions | null;
  /** How long each answer takes at least. */
  readonly latencyMs: number;
  readonly report: SimulateReport;
  readonly stop: AbortSignal;
};

const STEPS = 200;
const TICK_MS = 100;
const LOOPBACK = "127.0.0.1";

/** Its present is now, so that a client's clock and its own agree (but for the fault `clock-skew`). */
export async function simulate(order: SimulateOrder): Promise<void> {
  await mustBeFree(order.port);
  const skewMs = (order.faults["clock-skew"] ?? 0) * 1000;
  const now = (): number => Date.now() + skewMs;
  const simulator = makeWorld(order, now);
  try {
    const { start, end } = simulator.options;
    for (let step = 1; step <= STEPS && !order.stop.aborted; step += 1) {
      simulator.playTo(start + ((end - start) * step) / STEPS);
      order.report.making(step / STEPS);
      // Lets Ctrl-C in.
      await new Promise<void>((resolve) => void setImmediate(resolve));
    }
    if (order.stop.aborted) return;
    const { url } = await listen(simulator, order.port);
    const endTime = order.live === null ? tick(simulator, now) : simulator.live({ speed: order.live }, order.report.failed);
    if (order.webhook !== null) simulator.addHook(order.webhook.url, order.webhook.secret);
    order.report.ready({ url, token: tokenOf(simulator, order.permissions ?? null), organisation: simulator.organization.login, seed: order.seed, counts: countsOf(simulator), live: order.live, webhookUrl: order.webhook?.url ?? null });
    await stopped(order.stop);
    endTime();
    order.report.stopped();
  } finally {
    await simulator.close();
  }
}

function tokenOf({ tokens, server, organization }: Simulator, permissions: Permissions | null): string {
  const [founder] = organization.members;
  return permissions === null || founder === undefined ? tokens.owner : server.credentials.fineGrained(founder.user, { metadata: "read", ...permissions });
}

function makeWorld(order: SimulateOrder, now: () => number): Simulator {
  try {
    return makeSimulator({
      seed: order.seed, organization: order.organisation, repositories: order.repositories, pullRequests: order.pullRequests, end: now(), from: "beginning",
      faults: order.faults, limitsClock: order.limits ? now : null, latencyMs: order.latencyMs,
      // By how long an answer takes a client tells what it counts as.
      ...(order.limits ? { passTime: (ms: number) => delay(ms, undefined, { ref: false }) } : {}),
    });
  } catch (failure) {
    // The options that its schema refuses: an organisation's name that GitHub would not allow.
    if (failure instanceof Error && failure.name === "ZodError") throw new ConfigError(`Such an organisation cannot be made: ${(JSON.parse(failure.message) as { message: string }[]).map(({ message }) => message).join("; ")}.`, { cause: failure });
    throw failure;
  }
}

/** Asked before the past is made: a large one takes minutes. */
async function mustBeFree(port: number): Promise<void> {
  const probe = createServer();
  await told(port, async () => {
    probe.listen(port, LOOPBACK);
    await once(probe, "listening");
  });
  probe.close();
  await once(probe, "close");
}

async function listen(simulator: Simulator, port: number): Promise<{ readonly url: string }> {
  return told(port, () => simulator.listen(port));
}

async function told<T>(port: number, take: () => Promise<T>): Promise<T> {
  try {
    return await take();
  } catch (failure) {
    if (codeOf(failure) === "EACCES") throw new ConfigError(`Port ${port} is not for everybody on this machine. Choose one from 1024 on with --port, or 0 for a free one.`, { cause: failure });
    if (codeOf(failure) === "EADDRINUSE") throw new ConfigError(`Port ${port} of 127.0.0.1 is taken. Choose another with --port, or 0 for a free one.`, { cause: failure });
    throw failure;
  }
}

function codeOf(failure: unknown): unknown {
  return typeof failure === "object" && failure !== null && "code" in failure ? failure.code : undefined;
}

/** Keeps GitHub's clock at the real time. */
function tick({ clock, server }: Simulator, now: () => number): () => void {
  const timer = setInterval(() => {
    clock.moveTo(now());
    server.deliveries.pump();
  }, TICK_MS);
  return () => clearInterval(timer);
}

function countsOf({ world }: Simulator): { readonly repositories: number; readonly pullRequests: number; readonly issues: number } {
  const repositories = [...world.repositories.values()].filter(({ deleted, owner }) => !deleted && owner.type === "Organization");
  const sum = (of: (repository: (typeof repositories)[number]) => number): number => repositories.reduce((total, repository) => total + of(repository), 0);
  return { repositories: repositories.length, pullRequests: sum(({ pullRequests }) => pullRequests.length), issues: sum(({ issues }) => issues.length) };
}

function stopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
}
