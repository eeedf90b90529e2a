/** The process of the local queue and object store. */
import type { Environment } from "@octally/shared/config";
import type { Child } from "./child-process.ts";
import { definedOnly } from "./defined-environment.ts";
import { launchNodePart, type LaunchedNodePart } from "./node-part.ts";

const STOP_GRACE_MS = 4000;

export type LocalQueueOptions = {
  readonly dataDir: string;
  readonly logFile: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly environment: Environment;
  readonly detached: boolean;
};

export type RunningLocalQueue = {
  readonly endpoint: string;
  readonly pid: number;
  readonly exited: Child["exited"];
  readonly stop: () => Promise<void>;
};

export function launchLocalQueue(options: LocalQueueOptions): Promise<LaunchedNodePart> {
  return launchNodePart({
    program: "queue-process.ts",
    args: [options.dataDir, String(options.port)],
    env: definedOnly(options.environment),
    logFile: options.logFile,
    detached: options.detached,
  });
}

/**
 * For who does not supervise it: started and ready.
 * @throws TransientError when the process ends before it is ready (its log says why).
 */
export async function startLocalQueue(options: LocalQueueOptions): Promise<RunningLocalQueue> {
  const { child, ready } = await launchLocalQueue(options);
  const { endpoint = "" } = await ready;
  return { endpoint, pid: child.pid, exited: child.exited, stop: async () => void (await child.stop(STOP_GRACE_MS)) };
}
