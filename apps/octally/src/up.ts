/** `octally up`: the whole system in the foreground, from the first check to the last process ended. */
import type { Environment } from "@octally/shared/config";
import { ConfigError, messageOf } from "@octally/shared/errors";
import { parseSources } from "@octally/shared/sources";
import { checkGround } from "./check-ground.ts";
import { problemsOf } from "./core/finding.ts";
import { decideDemo } from "./core/demo.ts";
import type { CheckerNews } from "./core/checker-news.ts";
import type { Component } from "./core/health.ts";
import { planInstance, type InstancePlan } from "./core/instance-plan.ts";
import { bundlesFolder, findStaleBundles } from "./edges/bundles.ts";
import { chooseDemoPort } from "./edges/demo-port.ts";
import { endStaleProcess } from "./edges/stale-process.ts";
import { resolveWebhookSecret } from "./edges/webhook-secret.ts";
import { alreadyRunning, claimHome, isRunning, readInstance, removeInstance, writeInstance, type Instance } from "./instance.ts";
import { makeLocalBackfill, type FirstLoad } from "./local-backfill.ts";
import { readLocalConfig } from "./local-config.ts";
import { makeLocalSystem } from "./local-system.ts";
import { startLocalSystem } from "./start-local-system.ts";
import type { UpOutput } from "./up-output.ts";
import { isRunOver, watchRun } from "./watch-run.ts";

export type UpOptions = {
  readonly environment: Environment;
  readonly output: UpOutput;
  /** The bundles that are deployed run, not the sources. */
  readonly bundles: boolean;
  /** Whether there is to be a simulated GitHub; undefined leaves it to the settings. */
  readonly demo?: boolean | undefined;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly stop: AbortSignal;
  /** Aborted by the second one. */
  readonly force: AbortSignal;
};

/**
 * Resolves when it was stopped after it had been ready.
 * @throws ConfigError when something is missing or in the way; anything else when a part does not start. Nothing is left running.
 */
export async function up({ environment, output, bundles, demo, stop, force }: UpOptions): Promise<void> {
  const { config, home } = readLocalConfig(environment);
  await clearStaleInstance(home);
  const plan = planInstance(config, home, decideDemo(environment, demo).on ? await chooseDemoPort(config) : undefined);
  const problems = problemsOf(await checkGround(plan, environment));
  if (problems.length > 0) throw new ConfigError(problems.join("\n\n"));
  const instance = newInstance(plan, bundles ? "bundles" : "sources");
  await claimHome(instance);
  const secret = await resolveWebhookSecret(config, home);
  // The first word is that it is ready; what is to be told before comes after it.
  let ready = false;
  let early: CheckerNews = {};
  const record = makeRecorder(instance);
  const system = makeLocalSystem({
    plan,
    environment,
    webhookSecret: secret.value,
    bundles: bundles ? bundlesFolder : undefined,
    onChange: (component, problem) => {
      record(Object.values(system.parts).map((part) => part.component()));
      if (ready && !stop.aborted) output.changed(component, problem);
    },
    onNews: (news) => {
      if (!ready) early = { ...early, ...news };
      else if (!stop.aborted) output.news(news, new Date().toISOString());
    },
  });
  force.addEventListener("abort", () => system.kill());
  let stopping: Promise<void> | undefined;
  // While it starts, too: what waits for a part that is ended fails, and the start with it.
  stop.addEventListener("abort", () => {
    stopping = system.stop();
  });
  try {
    const staleBundles = bundles ? await findStaleBundles() : [];
    await startLocalSystem({ system, plan, staleBundles, output, stop });
    const sources = plan.addresses.demo?.organisation ?? config.OCTALLY_SOURCES;
    const loads = system.parts.jobs !== undefined && sources !== undefined ? await loadNewSources(plan, sources) : [];
    output.ready({ ...instance, pids: pidsOf(Object.values(system.parts).map((part) => part.component())) }, secret.file);
    ready = true;
    output.news(early, new Date().toISOString());
    const watching = watchLoads(plan, loads, output, stop);
    await aborted(stop);
    await watching;
    output.stopping();
  } finally {
    await (stopping ?? system.stop());
    await record.settled();
    await removeInstance(home);
  }
  output.stopped();
}

/** Its jobs are on the queue when this is done; loading goes on for as long as it takes. */
async function loadNewSources({ addresses }: InstancePlan, configured: string): Promise<readonly FirstLoad[]> {
  const backfill = makeLocalBackfill(addresses);
  try {
    return await backfill.startFirst(parseSources(configured));
  } finally {
    await backfill.close();
  }
}

const LOOK_AT_LOADS_MS = 2000;

/** Says how far the first loads are until they are over; of one that was over at the start there is nothing to say. */
async function watchLoads({ addresses }: InstancePlan, loads: readonly FirstLoad[], output: UpOutput, signal: AbortSignal): Promise<void> {
  const backfill = makeLocalBackfill(addresses);
  try {
    for (const { source, run } of loads) {
      let looked = false;
      await watchRun(backfill, {
        run,
        lookEveryMs: LOOK_AT_LOADS_MS,
        signal,
        onProgress: (progress, pace) => {
          if (looked || !isRunOver(progress)) output.loading(source, progress, pace, new Date());
          looked = true;
        },
      });
    }
  } catch (failure) {
    // The load goes on; "./octally backfill" and "./octally status" show it.
    if (!signal.aborted) output.warning(`How far the load is cannot be read: ${messageOf(failure)}`);
  } finally {
    await backfill.close();
  }
}

/** What a supervisor that was killed has left behind is ended before its ports and files are needed. */
async function clearStaleInstance(home: string): Promise<void> {
  const instance = await readInstance(home);
  if (instance === undefined) return removeInstance(home).catch(() => undefined);
  if (await isRunning(instance)) throw new ConfigError(alreadyRunning(instance));
  await Promise.all(Object.entries(instance.pids).map(([name, pid]) => endStaleProcess(pid, name === "opensearch" ? home : "octally/src/")));
  return removeInstance(home);
}

function newInstance({ addresses }: InstancePlan, handlers: Instance["handlers"]): Instance {
  return { ...addresses, handlers, pid: process.pid, started_at: new Date().toISOString(), pids: {} };
}

function pidsOf(components: readonly Component[]): Record<string, number> {
  return Object.fromEntries(components.flatMap(({ name, pid }) => (pid === undefined ? [] : [[name, pid]])));
}

/** Keeps instance.json in step with the process ids, one write after the other. */
function makeRecorder(instance: Instance): ((components: readonly Component[]) => void) & { settled: () => Promise<void> } {
  let last: Promise<void> = Promise.resolve();
  const record = (components: readonly Component[]): void => {
    // A full disk must not end the system; the pids in the file are then older ones.
    last = last.then(() => writeInstance({ ...instance, pids: pidsOf(components) })).catch(() => undefined);
  };
  return Object.assign(record, { settled: () => last });
}

function aborted(signal: AbortSignal): Promise<void> {
  return signal.aborted ? Promise.resolve() : new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
