/**
 * How many pull requests of the fixed workload one token loads in an hour, under all published limits: in virtual time, with GitHub's usual
 * latency. What is stored is counted and not kept.
 */
import type { Store } from "@octally/store/write";
import { makeJobWorld } from "../../../services/sync-worker/test/job-world.ts";
import { connectSimulator } from "../../../services/sync-worker/test/simulated-github.ts";
import type { Measured } from "../figure.ts";
import { busiestMinute, mostAtOnce, type Span } from "./spans.ts";
import { CORE_KINDS, EACH, makeWorkload, type WorkloadSize } from "./workload.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const LATENCY_MS = { least: 300, most: 1000 };
/** As many lanes, and messages a batch, as the local system and a function of the usual size have. */
const WORKER = { lanes: 3, batchSize: 2 };
/** More than the budgets of an hour let through. */
const SIZE: WorkloadSize = { repositories: 100, pullRequests: 70_000 };

export async function measureHour(size = SIZE): Promise<readonly Measured[]> {
  const answers: Span[] = [];
  const chance = makeChance();
  const simulator = makeWorkload(size);
  const github = connectSimulator(simulator, {
    latencyMs: () => {
      const startMs = simulator.clock.now();
      const ms = LATENCY_MS.least + chance() * (LATENCY_MS.most - LATENCY_MS.least);
      answers.push({ startMs, endMs: startMs + ms });
      return ms;
    },
  });
  const world = makeJobWorld(github);
  const startMs = github.timing.nowMs();
  const counting = countingStore(() => github.timing.nowMs() - startMs);
  Object.assign(world.ports, { store: counting.store });
  await world.send({ type: "discover", run: "hour", part: "hour:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: [...CORE_KINDS] });
  await world.drain(WORKER);
  const parts = world.parts();
  const bad = parts.filter(({ state, gaps }) => state !== "done" || gaps > 0);
  if (bad.length > 0) throw new Error(`Not all of it was loaded: ${bad.map(({ id, state, reason }) => `${id} ${state} ${reason ?? ""}`).join("; ")}`);
  const lastMs = Math.max(...answers.map(({ endMs }) => endMs)) - startMs;
  const inHour = answers.filter(({ startMs: at }) => at - startMs < HOUR_MS);
  return [
    { figure: "in the first hour", value: counting.wholeBy(HOUR_MS), unit: "pull requests" },
    { figure: "loaded in all", value: counting.wholeBy(Infinity), unit: "pull requests" },
    { figure: "virtual time of all", value: lastMs / MINUTE_MS, unit: "min" },
    { figure: "requests in the first hour", value: inHour.length, unit: "requests" },
    { figure: "requests per 100 pull requests", value: (github.requests() * 100) / size.pullRequests, unit: "requests" },
    { figure: "overstepped limits", value: github.violations(), unit: "" },
    { figure: "requests at once, at most", value: mostAtOnce(answers), unit: "of 100" },
    { figure: "response time in a minute, at most", value: busiestMinute(answers) / 1000, unit: "s of 90" },
  ];
}

type CountingStore = { readonly store: Store; /** How many pull requests were stored with all that hangs from them, until then. */ readonly wholeBy: (ms: number) => number };

function countingStore(sinceMs: () => number): CountingStore {
  const writes: { readonly atMs: number; readonly kind: string; readonly count: number }[] = [];
  return {
    store: {
      write: async (observations) => {
        const atMs = sinceMs();
        for (const [kind, of] of Map.groupBy(observations, (observation) => observation.kind)) writes.push({ atMs, kind, count: of.length });
        return observations.map(() => ({ outcome: "written" }));
      },
    },
    wholeBy: (ms) => {
      const sum = (kind: string): number => writes.reduce((all, write) => all + (write.kind === kind && write.atMs <= ms ? write.count : 0), 0);
      return Math.floor(Math.min(...Object.entries(EACH).flatMap(([kind, each]) => (each === 0 ? [] : [sum(kind) / each]))));
    },
  };
}

/** Numerical Recipes' linear congruential generator: the same latencies in every run. */
function makeChance(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
