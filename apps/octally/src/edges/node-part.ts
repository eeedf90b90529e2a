/** A part of the system that is a Node program of this package: started with an IPC channel, ready when it says so. */
import { join } from "node:path";
import { TransientError } from "@octally/shared/errors";
import { repositoryRoot } from "../repository-root.ts";
import type { Child } from "./child-process.ts";
import { startChild } from "./child-process.ts";

export type NodePartOptions = {
  /** The file in `apps/octally/src`. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly detached: boolean;
  /** Of long-lived objects; without it, as Node thinks the machine can bear. */
  readonly heapMegabytes?: number;
};

/** What a part says when it is ready: `process.send(…)`. */
export type ReadyMessage = { readonly ready: true; readonly endpoint?: string };

export type LaunchedNodePart = { readonly child: Child; /** Rejects when it ends before. */ readonly ready: Promise<ReadyMessage> };

export async function launchNodePart(options: NodePartOptions): Promise<LaunchedNodePart> {
  const child = await startChild({
    command: process.execPath,
    args: [...(options.heapMegabytes === undefined ? [] : [`--max-old-space-size=${options.heapMegabytes}`]), "--disable-warning=ExperimentalWarning", join(repositoryRoot, "apps", "octally", "src", options.program), ...options.args],
    env: options.env,
    cwd: repositoryRoot,
    logFile: options.logFile,
    ipc: true,
    detached: options.detached,
  });
  const said = new Promise<ReadyMessage>((resolve) => {
    child.onMessage((message) => {
      if (isReadyMessage(message)) resolve(message);
    });
  });
  const ended = child.exited.then(({ code, signal }): never => {
    throw new TransientError("part-ended", `${options.program} ended while it started (${signal ?? `exit code ${code}`}). Its log is ${options.logFile}.`);
  });
  return { child, ready: Promise.race([said, ended]) };
}

function isReadyMessage(message: unknown): message is ReadyMessage {
  return typeof message === "object" && message !== null && "ready" in message && message.ready === true;
}
