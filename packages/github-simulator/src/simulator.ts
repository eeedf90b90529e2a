/** A GitHub with one organisation, its past and its present: world, clock, history, GraphQL, REST, webhooks, oracle, put together. */
import type { VirtualClock } from "./clock.ts";
import { makeHistory } from "./history/history.ts";
import { makePacer, type Pace, runLive } from "./history/live.ts";
import { type HistoryInput, HistoryOptions } from "./history/options.ts";
import { hashText } from "./history/random.ts";
import { createHook } from "./operations/hooks.ts";
import { Oracle } from "./oracle.ts";
import { makeServer, type Server, type ServerOptions } from "./server/make-server.ts";
import type * as E from "./world/entities.ts";
import type { World } from "./world/world.ts";

export type SimulatorOptions = HistoryInput & Pick<ServerOptions, "faults" | "latencyMs" | "limitsClock" | "passTime" | "receivers" | "webhookTimeoutMs"> & {
  /** Where the world is when the simulator is made: at the end of its generated past (the default), or at its beginning, to be played from there. */
  readonly from?: "end" | "beginning";
};

export type Simulator = {
  readonly world: World;
  readonly clock: VirtualClock;
  readonly organization: E.Organization;
  /** What the options came to, defaults included: also when the past began and ends. */
  readonly options: HistoryOptions;
  readonly oracle: Oracle;
  /** Limits, faults, credentials, deliveries, to be looked at and changed by tests. */
  readonly server: Server;
  readonly fetch: Server["fetch"];
  readonly listen: Server["listen"];
  /** Classic tokens: of an owner of the organisation with all scopes, and of a member who may read what is public. */
  readonly tokens: { readonly owner: string; readonly member: string };
  /** Everything that happens up to and with this time of GitHub's clock, at once. What is to be delivered meanwhile is sent afterwards (`settle`). */
  readonly playTo: (time: E.Millis) => void;
  readonly advance: (ms: number) => void;
  /** From now on real time passes; gives the end of it. One at a time. */
  readonly live: (pace: Pace, onError?: (error: unknown) => void) => () => void;
  /** An organisation's hook that wants everything, as JSON. */
  readonly addHook: (url: string, secret?: string | null, events?: readonly string[]) => E.Hook;
  /** When every webhook that is due was answered or given up. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Of a classic token that may do everything its owner may. */
export const OWNER_SCOPES = ["repo", "admin:org", "admin:org_hook", "admin:repo_hook", "user", "project", "read:discussion", "workflow", "read:packages"];

/** As long as a replica may lag behind (server/make-server.ts). */
const REMEMBERED_MS = 120_000;

/** Same options, same GitHub, byte for byte; a small one takes milliseconds. */
export function makeSimulator({ from = "end", faults, limitsClock, receivers, webhookTimeoutMs, latencyMs, passTime, ...input }: SimulatorOptions = {}): Simulator {
  const options = HistoryOptions.parse(input);
  const { world, clock, schedule, organization } = makeHistory(options);
  const server = makeServer({
    world, seed: numberOf(options.seed),
    ...(faults === undefined ? {} : { faults }), ...(limitsClock === undefined ? {} : { limitsClock }), ...(receivers === undefined ? {} : { receivers }), ...(webhookTimeoutMs === undefined ? {} : { webhookTimeoutMs }), ...(latencyMs === undefined ? {} : { latencyMs }), ...(passTime === undefined ? {} : { passTime }),
  });
  const [founder] = organization.members;
  if (founder === undefined) throw new Error("An organisation without members");
  let stopLive: (() => void) | null = null;
  const playTo = (time: E.Millis): void => {
    if (server.faults.rate("stale-read") > 0 && time - clock.now() > REMEMBERED_MS) {
      // Nobody reads between: only the end of a long jump need be remembered, and remembering copies every list that grows.
      world.journal.remember(0);
      schedule.runTo(time - REMEMBERED_MS);
      world.journal.remember(REMEMBERED_MS);
    }
    schedule.runTo(time);
    server.deliveries.pump();
  };
  if (from === "end") playTo(options.end);
  const reader = organization.members.find(({ role }) => role === "member")?.user ?? founder.user;
  const pause = (): void => {
    stopLive?.();
    stopLive = null;
  };
  return {
    world, clock, organization, options, server, fetch: server.fetch, listen: server.listen, playTo,
    oracle: new Oracle(world),
    tokens: { owner: server.credentials.classic(founder.user, OWNER_SCOPES), member: server.credentials.classic(reader, ["public_repo", "read:org"]) },
    advance: (ms) => playTo(clock.now() + ms),
    live: (pace, onError = rethrow) => {
      pause();
      const play = makePacer({ world, clock, schedule }, pace);
      stopLive = runLive((elapsedMs) => {
        play(elapsedMs);
        server.deliveries.pump();
      }, onError);
      return pause;
    },
    addHook: (url, secret = null, events = ["*"]) => createHook(world, { actor: founder.user, target: organization, url, secret, events, contentType: "json" }),
    settle: () => {
      const settled = server.deliveries.settled();
      server.deliveries.pump();
      return settled;
    },
    close: () => {
      pause();
      return server.close();
    },
  };
}

const numberOf = (seed: string): number => (/^\d{1,9}$/.test(seed) ? Number(seed) : hashText(seed));

function rethrow(error: unknown): never {
  throw error;
}
