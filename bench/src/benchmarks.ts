/** The benchmarks by name. Those of one line share what they measure, so that it is started once. */
import { measureBundles } from "./bundles/measure-bundles.ts";
import type { Measured } from "./figure.ts";
import { measureHistory } from "./history/history.ts";
import { measureHour } from "./history/hour.ts";
import { measureHistoryMemory } from "./history/memory.ts";
import { measureHistoryThroughput } from "./history/throughput.ts";
import { measureIntakeRate } from "./intake/intake-rate.ts";
import { measureLambda } from "./lambda/measure-lambda.ts";
import { measureWebhookToSearchable } from "./latency/webhook-to-searchable.ts";
import { measureMemory } from "./memory.ts";
import { measureSimulatorRates } from "./simulator/simulator-rates.ts";
import { measureLargestWorld, measureSimulatorWorlds } from "./simulator/simulator-worlds.ts";
import { startLocalSystem, type LocalSystem } from "./system/local-system.ts";
import { measureWorkerThroughput } from "./worker/worker-throughput.ts";

type Report = (bench: string, measured: readonly Measured[]) => void;

const alone: Readonly<Record<string, () => Promise<readonly Measured[]>>> = {
  bundles: measureBundles,
  "worker-throughput": measureWorkerThroughput,
  history: () => measureHistory(),
  "history-hour": () => measureHour(),
  "history-throughput": measureHistoryThroughput,
  "history-memory": () => measureHistoryMemory(),
  "simulator-rest": () => measureSimulatorRates("rest"),
  "simulator-graphql": () => measureSimulatorRates("graphql"),
  "simulator-worlds": measureSimulatorWorlds,
  "simulator-largest-world": measureLargestWorld,
};
/** In this order: memory is looked at after the load. */
const onLocalSystem: Readonly<Record<string, (system: LocalSystem) => Promise<readonly Measured[]>>> = {
  "webhook-to-searchable": measureWebhookToSearchable,
  "intake-rate": measureIntakeRate,
  memory: measureMemory,
  lambda: measureLambda,
};

export const benchmarkNames: readonly string[] = [...Object.keys(onLocalSystem), ...Object.keys(alone)];

export async function runBenchmarks(names: readonly string[], report: Report): Promise<void> {
  for (const [name, measure] of Object.entries(alone)) {
    if (!names.includes(name)) continue;
    announce(name);
    report(name, await measure());
  }
  const wanted = Object.entries(onLocalSystem).filter(([name]) => names.includes(name));
  if (wanted.length === 0) return;
  announce("start of the local system");
  const system = await startLocalSystem();
  try {
    for (const [name, measure] of wanted) {
      announce(name);
      report(name, await measure(system));
    }
  } finally {
    await system.stop();
  }
}

function announce(what: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what} …\n`);
}
