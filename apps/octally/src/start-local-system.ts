/** The order of the start, with its progress on the terminal. */
import { setTimeout as delay } from "node:timers/promises";
import { TransientError } from "@octally/shared/errors";
import { Listr, type ListrTask } from "listr2";
import { buildBundles } from "./edges/bundles.ts";
import { EXPECTED_JARS, isResolved } from "./edges/opensearch-distribution.ts";
import type { Health } from "./core/health.ts";
import type { InstancePlan } from "./core/instance-plan.ts";
import type { LocalSystem } from "./local-system.ts";
import type { UpOutput } from "./up-output.ts";

const READY_TIMEOUT_MS = 30_000;

export type StartOptions = {
  readonly system: LocalSystem;
  readonly plan: InstancePlan;
  /** Services to bundle first. */
  readonly staleBundles: readonly string[];
  readonly output: UpOutput;
  readonly stop: AbortSignal;
};

export async function startLocalSystem({ system, plan, staleBundles, output, stop }: StartOptions): Promise<void> {
  const { front, queue, opensearch, worker, github, jobs, checker } = system.parts;
  const { addresses, ports } = plan;
  const embedded = ports.openSearch !== undefined;
  const steps: ListrTask[] = [
    {
      title: "Bring OpenSearch from Maven Central (once)",
      enabled: embedded && !isResolved(addresses.home),
      task: (_context, task) =>
        system.bringOpenSearch((jars) => {
          task.output = `${jars} of ${EXPECTED_JARS} files`;
        }, stop),
    },
    { title: "Bundle the handlers", enabled: staleBundles.length > 0, task: () => buildBundles(staleBundles) },
    // First, so that health can be asked from the beginning; webhooks are answered 503 until the queue is there.
    { title: "Open the HTTP front", task: () => front.start() },
    {
      title: embedded ? "Start the queue and OpenSearch" : "Start the queue, reach OpenSearch",
      task: (_context, task) =>
        task.newListr(
          [
            {
              title: github === undefined ? "Queue and archive" : "Queue and archive, then a simulated GitHub",
              task: async () => {
                await queue.start();
                await system.createQueues();
                // It delivers from its first moment on: what the intake could not queue would be lost.
                await github?.start();
              },
            },
            { title: "OpenSearch", task: () => opensearch.start() },
          ],
          { concurrent: true },
        ),
    },
    { title: "Prepare the indices of every kind", task: () => system.bootstrapStore() },
    { title: "Start the worker", task: () => worker.start() },
    { title: "Start the jobs, which read GitHub", enabled: jobs !== undefined, task: () => jobs?.start() },
    { title: "Start the checker, which counts", enabled: checker !== undefined, task: () => checker?.start() },
  ];
  await new Listr(steps, { renderer: output.progress, fallbackRenderer: output.progress, registerSignalListeners: false, concurrent: false }).run();
  system.markStarted();
  await untilHealthy(addresses.health_url, stop);
}

/** The front has heard of it when it says so itself. */
async function untilHealthy(healthUrl: string, stop: AbortSignal): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (performance.now() < deadline && !stop.aborted) {
    const health = await fetch(healthUrl).then((answer) => answer.json() as Promise<Health>).catch(() => undefined);
    // That webhooks are silent, which may be remembered from before, is no reason not to start.
    if (health !== undefined && health.state !== "starting" && health.components.every(({ state }) => state === "up")) return;
    await delay(20);
  }
  throw new TransientError("not-ready", `${healthUrl} does not say "ready", though every part has started.`);
}
