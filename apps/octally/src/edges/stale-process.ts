/** Processes that an earlier run left behind. A process id may belong to another program by now: its command line must prove it. */
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { execa } from "execa";

const GRACE_MS = 8000;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    // EPERM: it lives and is another user's.
    return (failure as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The command line of a process; empty when there is none, or it cannot be read. */
export async function commandLineOf(pid: number): Promise<string> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  if (fromProc !== undefined) return fromProc.replaceAll("\0", " ").trim();
  const answer = await execa("ps", ["-ww", "-o", "command=", "-p", String(pid)], { reject: false, stdin: "ignore" });
  return answer.failed ? "" : answer.stdout.trim();
}

/** Ends the process if its command line contains `mark`: SIGTERM, and SIGKILL after 8 s. True when it was ended. */
export async function endStaleProcess(pid: number, mark: string): Promise<boolean> {
  if (!isAlive(pid) || !(await commandLineOf(pid)).includes(mark)) return false;
  process.kill(pid, "SIGTERM");
  const deadline = performance.now() + GRACE_MS;
  while (isAlive(pid) && (await commandLineOf(pid)).includes(mark)) {
    if (performance.now() > deadline) process.kill(pid, "SIGKILL");
    await delay(50);
  }
  return true;
}
