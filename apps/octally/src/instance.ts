/** The running system of a home folder: OCTALLY_HOME/instance.json says who it is and how to reach it. */
import { open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "@octally/shared/config";
import { ConfigError } from "@octally/shared/errors";
import { unusedSettings } from "./core/demo.ts";
import type { Addresses } from "./core/instance-plan.ts";
import * as z from "zod";
import { makeFolder } from "./edges/make-folder.ts";
import { commandLineOf, isAlive } from "./edges/stale-process.ts";
import { homeOf } from "./local-config.ts";

export type Instance = Addresses & {
  /** What the front and the worker run. */
  readonly handlers: "sources" | "bundles";
  /** The supervisor. */
  readonly pid: number;
  readonly started_at: string;
  /** Process ids of its parts, by component name. */
  readonly pids: Readonly<Record<string, number>>;
};

/** What the command line of every supervisor looks like. */
const SUPERVISOR = /octally\/src\/main\.ts (?:.* )?up\b/u;

export function instanceFile(home: string): string {
  return join(home, "instance.json");
}

/** The record of a home, whether its processes still run or not; undefined when it was stopped cleanly. */
export async function readInstance(home: string): Promise<Instance | undefined> {
  const text = await readFile(instanceFile(home), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    return tellsWhatRuns(read) ? read : undefined;
  } catch {
    // Cut off by a crash in the very first write: it says nothing, so nothing of it runs.
    return undefined;
  }
}

const pid = z.int().positive();
const instanceShape = z.looseObject({ home: z.string(), url: z.string(), pid, pids: z.record(z.string(), pid) });

/** Every release writes these; of what another program has written nothing is taken for a process id. */
function tellsWhatRuns(read: unknown): read is Instance {
  return instanceShape.safeParse(read).success;
}

export async function isRunning(instance: Instance): Promise<boolean> {
  return isAlive(instance.pid) && SUPERVISOR.test(await commandLineOf(instance.pid));
}

/**
 * How the other commands reach the system.
 * @throws ConfigError when nothing runs in this home.
 */
export async function requireInstance(environment: Environment): Promise<Instance> {
  const home = homeOf(environment);
  const instance = await readInstance(home);
  if (instance !== undefined && (await isRunning(instance))) return instance;
  throw new ConfigError(`Octally does not run in ${home}. Start it with "./octally up", or set OCTALLY_HOME to the home of the one that runs.`);
}

/** For commands that read GitHub: on standard error, which of their settings the demonstration does not use. */
export async function requireReadingInstance(environment: Environment): Promise<Instance> {
  const instance = await requireInstance(environment);
  const note = unusedSettings(instance.demo, environment);
  if (note !== undefined) process.stderr.write(`${note}\n`);
  return instance;
}

/**
 * Claims the home for this process.
 * @throws ConfigError when another has it.
 */
export async function claimHome(instance: Instance): Promise<void> {
  await makeFolder(instance.home);
  try {
    const file = await open(instanceFile(instance.home), "wx", 0o600);
    await file.writeFile(JSON.stringify(instance));
    await file.close();
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== "EEXIST") throw failure;
    const other = await readInstance(instance.home);
    if (other !== undefined) throw new ConfigError(alreadyRunning(other));
    throw new ConfigError(`${instanceFile(instance.home)} is in the way: another start has just written it, or it is no file of Octally's. Try again, or delete it.`);
  }
}

export function alreadyRunning(instance: Instance): string {
  return `Octally already runs in ${instance.home}: process ${instance.pid}, ${instance.url}. Use that one, stop it (kill ${instance.pid}), or set OCTALLY_HOME and the ports to run a second.`;
}

/** Replaced as a whole: a reader never sees half of it. */
export async function writeInstance(instance: Instance): Promise<void> {
  const temporary = `${instanceFile(instance.home)}.${instance.pid}`;
  await writeFile(temporary, `${JSON.stringify(instance, undefined, 2)}\n`, { mode: 0o600 });
  await rename(temporary, instanceFile(instance.home));
}

export async function removeInstance(home: string): Promise<void> {
  await rm(instanceFile(home), { force: true });
}
