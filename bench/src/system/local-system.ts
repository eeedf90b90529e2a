/** The whole system as a user starts it: `./octally up --json`, its own processes, in a home and on ports of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findFreePort, findFreePortBetween } from "@octally/octally/edges/ports";
import type { Instance } from "@octally/octally/instance";
import { repositoryRoot } from "@octally/octally/repository-root";
import { onInterruption } from "./interruption.ts";
import { makeTemporaryHome } from "./temporary-home.ts";

export const SECRET = "bench-secret";
/** Sources, credentials and settings of the user who runs this have no say. */
const NOT_PASSED = /^(?:OCTALLY_|GITHUB_|OPENSEARCH_|AWS_|LOG_LEVEL$)/u;
const STOP_GRACE_MS = 20_000;

export type LocalSystem = { readonly instance: Instance; /** Ends every process of it, and removes its folder. */ readonly stop: () => Promise<void> };

export async function startLocalSystem(): Promise<LocalSystem> {
  const home = await makeTemporaryHome();
  const kept = Object.entries(process.env).filter(([name]) => !NOT_PASSED.test(name));
  const env = {
    ...Object.fromEntries(kept),
    OCTALLY_HOME: home.folder,
    OCTALLY_PORT: String(await findFreePort()),
    OCTALLY_QUEUE_PORT: String(await findFreePort()),
    OCTALLY_OPENSEARCH_PORT: String(await findFreePortBetween(9210, 9299)),
    GITHUB_WEBHOOK_SECRET: SECRET,
    // Nothing comes but what is measured.
    OCTALLY_DEMO: "off",
  };
  const child = spawn(join(repositoryRoot, "octally"), ["up", "--json"], { env, stdio: ["ignore", "pipe", "inherit"], detached: true });
  const stop = async (): Promise<void> => {
    await end(child);
    await home.remove();
    forget();
  };
  const forget = onInterruption(stop);
  try {
    return { instance: await readyLine(child), stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}

/** The first line that `up --json` writes; the rest is read, and passed over. */
async function readyLine(child: ChildProcess): Promise<Instance> {
  if (child.stdout === null) throw new Error("octally up has no output.");
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, "line"), once(child, "exit")])) as [unknown];
  if (typeof line !== "string") throw new Error(`octally up ended before it was ready (${String(line)}).`);
  return JSON.parse(line) as Instance;
}

/** By its own process id; it ends its parts. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), STOP_GRACE_MS);
  await exited;
  clearTimeout(force);
}
