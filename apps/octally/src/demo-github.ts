/** A GitHub whose organisation goes on where it stopped the last time: same things, same ids, same deliveries, a clock that never goes back. */
import { editHook } from "@octally/github-simulator/operations/hooks";
import { makeSimulator, OWNER_SCOPES, type Simulator, type SimulatorOptions } from "@octally/github-simulator/simulator";
import { DEMO_EVENTS_PER_MINUTE, DEMO_ORGANISATION } from "./core/demo.ts";
import { readDemoState, writeDemoState, type DemoState } from "./edges/demo-state.ts";

export type DemoOrder = {
  readonly port: number;
  readonly token: string;
  readonly webhookUrl: string;
  readonly webhookSecret: string;
  readonly stateFile: string;
};

type Surroundings = {
  /** The present, which its clock does not pass. */
  readonly now: () => number;
  readonly onError: (failure: unknown) => void;
  readonly receivers?: SimulatorOptions["receivers"];
  readonly eventsPerMinute?: number;
};

export type DemoGithub = { readonly url: string; readonly simulator: Simulator; /** What is on its way is delivered first. */ readonly close: () => Promise<void> };

const DAY_MS = 86_400_000;
/**
 * A small organisation is quiet: so that something happens every few seconds, an hour of it passes in about a minute of ours. It begins in the past and
 * catches up after about eleven hours of running (20,000 events); from then on it goes with ours. No document is ever dated in the future.
 */
const HEAD_START_MS = 30 * DAY_MS;
const PAST_MS = 40 * DAY_MS;
const STEPS = 50;
const SAVE_MS = 1000;

export async function startDemoGithub(order: DemoOrder, { now, onError, receivers, eventsPerMinute = DEMO_EVENTS_PER_MINUTE }: Surroundings): Promise<DemoGithub> {
  const state = (await readDemoState(order.stateFile)) ?? firstState(now());
  await writeDemoState(order.stateFile, state);
  const simulator = makeSimulator({ ...state.made, from: "beginning", limitsClock: null, ...(receivers === undefined ? {} : { receivers }) });
  await makePast(simulator);
  const { url } = await simulator.listen(order.port);
  const [founder] = simulator.organization.members;
  if (founder === undefined) throw new Error("An organisation without members");
  simulator.server.credentials.classic(founder.user, OWNER_SCOPES, order.token);
  // Made at the same moment of its history each time, so that it is the same hook; what was delivered in earlier runs happens again, but is not told again.
  const hook = simulator.addHook(order.webhookUrl, order.webhookSecret);
  editHook(simulator.world, { hook, active: false });
  simulator.playTo(Date.parse(state.position));
  editHook(simulator.world, { hook, active: true });
  const pause = simulator.live({ eventsPerMinute, notAfter: now }, onError);
  const keeper = keepPosition(simulator, state, order.stateFile, onError);
  return {
    url,
    simulator,
    close: async () => {
      pause();
      await keeper.end();
      await simulator.close();
    },
  };
}

function firstState(now: number): DemoState {
  const end = now - HEAD_START_MS;
  const [start, position] = [new Date(end - PAST_MS).toISOString(), new Date(end).toISOString()];
  return { made: { seed: "1", organization: DEMO_ORGANISATION, repositories: 8, pullRequests: 300, richness: "full", start, end: position }, position };
}

async function makePast({ playTo, options: { start, end } }: Simulator): Promise<void> {
  for (let step = 1; step <= STEPS; step += 1) {
    playTo(start + ((end - start) * step) / STEPS);
    // Lets SIGTERM in.
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
}

/** Saves how far it is, when everything up to there was delivered. After a crash what is later happens again, with the same delivery GUIDs. */
function keepPosition(simulator: Simulator, state: DemoState, file: string, onError: (failure: unknown) => void): { readonly end: () => Promise<void> } {
  let saved = Date.parse(state.position);
  let last: Promise<void> = Promise.resolve();
  const save = async (): Promise<void> => {
    // Of the present millisecond more may come.
    const position = simulator.clock.now() - 1;
    if (position <= saved) return;
    await simulator.settle();
    await writeDemoState(file, { ...state, position: new Date(position).toISOString() });
    saved = position;
  };
  const next = (): Promise<void> => (last = last.then(save).catch(onError));
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => void (timer = setTimeout(() => void next().then(() => timer !== undefined && again()), SAVE_MS));
  again();
  return {
    end: () => {
      clearTimeout(timer);
      timer = undefined;
      return next();
    },
  };
}
