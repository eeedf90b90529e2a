/** A simulated organisation, GitHub's client for it, and time that passes only when somebody waits or GitHub answers. */
import { generateKeyPairSync } from "node:crypto";
import { connect, type Connections } from "@octally/github/connect";
import type { ApiUse } from "@octally/shared/api-usage";
import type { Credentials } from "@octally/github/credentials";
import type { Timing } from "@octally/github/clock";
import type { VirtualClock } from "@octally/github-simulator/clock";
import { createApp } from "@octally/github-simulator/operations/accounts";
import type { Repository } from "@octally/github-simulator/world/entities";
import type { Level, Permission, Viewer } from "@octally/github-simulator/world/viewer";
import { makeSimulator, type Simulator, type SimulatorOptions } from "@octally/github-simulator/simulator";

export type SimulatedGitHub = Simulator & {
  readonly github: Pick<Connections, "clientFor" | "app">;
  readonly uses: ApiUse[];
  readonly timing: Timing;
  /** Runs until the work is done, however long it waits. */
  readonly run: <T>(work: Promise<T>) => Promise<T>;
  /** Whoever works without sleeping, on another server: GitHub's time stands still meanwhile. */
  readonly standStill: <T>(work: Promise<T>) => Promise<T>;
  /** Lets the time pass that GitHub computes, while others ask. */
  readonly passTime: (ms: number) => Promise<void>;
  /** How many requests GitHub was sent. */
  readonly requests: () => number;
  /** Who asks, and what they may see now. */
  readonly viewer: () => Viewer;
  /** All of them together: 0 for a client that keeps to the rules. */
  readonly violations: () => number;
};

export type SimulatedOptions = Omit<SimulatorOptions, "latencyMs"> & {
  /** How long each answer is on its way, beside what GitHub computes for it. */
  readonly latencyMs?: number | (() => number);
  /** What happens at GitHub before each of its answers. */
  readonly meanwhile?: () => void;
  /** By name of `tokens`, or another one. Default: an owner's. */
  readonly token?: (simulator: Simulator) => string;
  /** Instead of a token: an App, installed on the organisation, that may do this. */
  readonly app?: Readonly<Partial<Record<Permission, Level>>>;
  /** The App's repositories. Default: all. */
  readonly installedOn?: (simulator: Simulator) => readonly Repository[];
};

type ConnectionOptions = Pick<SimulatedOptions, "latencyMs" | "meanwhile" | "token" | "app" | "installedOn">;

export function simulateGitHub({ latencyMs = 250, meanwhile = () => {}, token = ({ tokens }) => tokens.owner, app, installedOn, ...options }: SimulatedOptions = {}): SimulatedGitHub {
  const simulator = makeSimulator({ repositories: 3, pullRequests: 60, seed: 1, passTime: (ms) => simulated.passTime(ms), ...options });
  const simulated: SimulatedGitHub = connectSimulator(simulator, { latencyMs, meanwhile, token, ...(app === undefined ? {} : { app }), ...(installedOn === undefined ? {} : { installedOn }) });
  return simulated;
}

export function connectSimulator(simulator: Simulator, { latencyMs = 250, meanwhile = () => {}, token = ({ tokens }) => tokens.owner, app, installedOn }: ConnectionOptions = {}): SimulatedGitHub {
  const time = makeTime(simulator.clock);
  const uses: ApiUse[] = [];
  let requests = 0;
  const fetchSlowly: typeof globalThis.fetch = async (input, init) => {
    requests += 1;
    await time.timing.sleep(typeof latencyMs === "number" ? latencyMs : latencyMs(), init?.signal ?? NEVER);
    time.begin();
    try {
      meanwhile();
      return await simulator.fetch(input, init);
    } finally {
      time.end();
    }
  };
  const passTime = async (ms: number): Promise<void> => {
    if (ms <= 0) return;
    time.end();
    await time.timing.sleep(ms, NEVER);
    time.begin();
  };
  const { credentials, viewer } = app === undefined ? asToken(simulator, token(simulator)) : asApp(simulator, app, installedOn?.(simulator) ?? null);
  const github = connect(credentials, { fetch: fetchSlowly, timing: time.timing, chance: () => 0.5, onUse: (use) => uses.push(use) });
  const { violations } = simulator.server.limits;
  return { ...simulator, github, uses, timing: time.timing, run: time.run, standStill: time.standStill, passTime, requests: () => requests, viewer, violations: () => Object.values(violations).reduce((sum, count) => sum + count, 0) };
}

type Access = { readonly credentials: Credentials; readonly viewer: () => Viewer };

function asToken({ server }: Simulator, token: string): Access {
  return { credentials: { is: "token", token }, viewer: () => server.credentials.authenticate(`Bearer ${token}`, "127.0.0.1").viewer };
}

function asApp({ server, world, organization }: Simulator, permissions: NonNullable<SimulatedOptions["app"]>, repositories: readonly Repository[] | null): Access {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { app } = createApp(world, { slug: "mirror", name: "Mirror", owner: organization });
  const registered = server.credentials.registerApp(app, keys.publicKey.export({ type: "spki", format: "pem" }).toString(), permissions);
  const installation = server.credentials.install(registered, organization, repositories);
  return {
    credentials: { is: "app", appId: String(app.id), privateKey: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString() },
    viewer: () => server.credentials.installationToken(installation).viewer,
  };
}

const NEVER = new AbortController().signal;

const STUCK_AFTER_MS = 30_000;

type Sleeper = { readonly atMs: number; readonly wake: () => void };

/** GitHub's clock and the client's are one; it moves on when everybody waits. */
function makeTime(clock: VirtualClock): { readonly timing: Timing; readonly run: SimulatedGitHub["run"]; readonly standStill: SimulatedGitHub["standStill"]; readonly begin: () => void; readonly end: () => void } {
  let sleepers: readonly Sleeper[] = [];
  let underWay = 0;
  let elsewhere = 0;
  let allBack = Promise.withResolvers<void>();
  const nowMs = clock.now;
  const sleep: Timing["sleep"] = async (ms, signal) => {
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const sleeper: Sleeper = { atMs: nowMs() + Math.max(0, ms), wake: () => resolve() };
    signal.addEventListener("abort", sleeper.wake);
    sleepers = [...sleepers, sleeper];
    await promise;
    signal.removeEventListener("abort", sleeper.wake);
    sleepers = sleepers.filter((other) => other !== sleeper);
  };
  const idle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  return {
    timing: { nowMs, sleep },
    begin: () => void (underWay += 1),
    end: () => void (underWay -= 1),
    async standStill(work) {
      elsewhere += 1;
      try {
        return await work;
      } finally {
        elsewhere -= 1;
        if (elsewhere === 0) {
          allBack.resolve();
          allBack = Promise.withResolvers();
        }
      }
    },
    async run(work) {
      let done = false;
      const watched = work.finally(() => (done = true));
      watched.catch(() => undefined);
      let quiet = 0;
      let stuckSince: number | undefined;
      for (;;) {
        await idle();
        if (done) return watched;
        // Waited for, not turned through: the processor is needed there.
        if (elsewhere > 0) {
          await allBack.promise;
          quiet = 0;
        }
        quiet = underWay === 0 ? quiet + 1 : 0;
        if (quiet < 10) continue;
        const [next] = sleepers.toSorted((a, b) => a.atMs - b.atMs);
        if (next === undefined) {
          // Real work beside the event loop (compression) is waited for.
          stuckSince ??= performance.now();
          if (performance.now() - stuckSince > STUCK_AFTER_MS) throw new Error("Everybody waits, and nobody for the time.");
          continue;
        }
        stuckSince = undefined;
        clock.moveTo(next.atMs);
        next.wake();
        quiet = 0;
      }
    },
  };
}
