/** Starts a GitHub's process, and asks it what it was asked. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onInterruption } from "../system/interruption.ts";
import type { Asked, GitHubOrder, GitHubReady } from "./github-process.ts";

const PROGRAM = fileURLToPath(new URL("github-process.ts", import.meta.url));

export type BenchGitHub = GitHubReady & { readonly pid: number; /** Since the last time. */ readonly asked: () => Promise<Asked>; readonly stop: () => Promise<void> };

/** @throws when it ends before it is ready */
export async function startGitHub(order: GitHubOrder): Promise<BenchGitHub> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", PROGRAM, JSON.stringify(order)], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const stop = async (): Promise<void> => {
    // Also while it makes its world, which takes a while and hears nothing.
    child.kill("SIGTERM");
    await exited;
    forget();
  };
  const forget = onInterruption(stop);
  const lines = createInterface({ input: child.stdout });
  const nextLine = async (): Promise<unknown> => {
    const [line] = (await Promise.race([once(lines, "line"), exited])) as [unknown];
    if (typeof line !== "string") throw new Error(`The simulated GitHub has ended (${String(line)}).`);
    return JSON.parse(line);
  };
  const ready = (await nextLine()) as GitHubReady;
  const asked = async (): Promise<Asked> => {
    const line = nextLine();
    child.stdin.write("\n");
    return (await line) as Asked;
  };
  return { ...ready, pid: child.pid ?? 0, asked, stop };
}
