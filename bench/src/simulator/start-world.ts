/** Starts a world's process and waits for its line. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onInterruption } from "../system/interruption.ts";
import type { WorldAnswer, WorldOrder } from "./world-process.ts";

const PROGRAM = fileURLToPath(new URL("world-process.ts", import.meta.url));

export type WorldProcess = WorldAnswer & { readonly pid: number; /** Ends it, if it still runs. */ readonly stop: () => Promise<void> };

/** @throws when it ends without a line */
export async function startWorld(order: WorldOrder): Promise<WorldProcess> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "--expose-gc", PROGRAM, JSON.stringify(order)], { stdio: ["ignore", "pipe", "inherit"] });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    }
    forget();
  };
  const forget = onInterruption(stop);
  const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), "line"), once(child, "exit")])) as [unknown];
  if (typeof line !== "string" || child.pid === undefined) {
    await stop();
    throw new Error(`The world's process ended before it was ready (${String(line)}).`);
  }
  return { ...(JSON.parse(line) as WorldAnswer), pid: child.pid, stop };
}

/** One that goes on by itself. */
export async function runWorld(order: WorldOrder): Promise<WorldAnswer> {
  const world = await startWorld(order);
  await world.stop();
  return world;
}
