/** The processor time of processes: unlike a rate it hardly changes when the machine is busy with something else. */
import { readFile } from "node:fs/promises";

/** Linux counts in hundredths of a second. */
const TICK_MICROSECONDS = 10_000;

/** Microseconds since each was started, all its threads together. */
export async function cpuTimes<Name extends string>(pids: Readonly<Record<Name, number>>): Promise<Record<Name, number>> {
  const times = await Promise.all(Object.entries<number>(pids).map(async ([name, pid]) => [name, await cpuTime(pid)] as const));
  return Object.fromEntries(times) as Record<Name, number>;
}

async function cpuTime(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name, in brackets, and may hold spaces. proc(5): utime and stime are fields 14 and 15.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
}
