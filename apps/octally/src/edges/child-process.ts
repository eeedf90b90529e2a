/** Long-running children: output into a log file, a group of their own, ended by process id. */
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

const LOG_ROTATE_BYTES = 10 * 1024 * 1024;

export type ChildExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type Child = {
  readonly pid: number;
  readonly exited: Promise<ChildExit>;
  readonly isRunning: () => boolean;
  /** Messages of a child that was started with `ipc`. */
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly send: (message: object) => void;
  /** SIGTERM, and SIGKILL after the grace time. Resolves when it has ended; harmless when it already has. */
  readonly stop: (graceMs: number) => Promise<ChildExit>;
  /** SIGKILL, at once. */
  readonly kill: () => void;
};

export type ChildOptions = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly logFile: string;
  /** With an IPC channel a Node child learns of its supervisor's death by `disconnect`. */
  readonly ipc: boolean;
  /** A group of its own: Ctrl-C in the terminal reaches the supervisor only, which then ends the parts in order. */
  readonly detached: boolean;
};

/** @throws when the command cannot be started at all. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = openLog(options.logFile);
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: options.detached,
    stdio: options.ipc ? ["ignore", log, log, "ipc"] : ["ignore", log, log],
  });
  closeSync(log);
  const exited = new Promise<ChildExit>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  // A message to a child that has just died is lost; its exit is noticed and acted on elsewhere.
  child.on("error", () => undefined);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? 0,
    exited,
    isRunning,
    onMessage: (listener) => void child.on("message", listener),
    send: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    stop: async (graceMs) => {
      if (isRunning()) child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), graceMs);
      const exit = await exited;
      clearTimeout(force);
      return exit;
    },
    kill: () => void child.kill("SIGKILL"),
  };
}

function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_ROTATE_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, "a");
}
