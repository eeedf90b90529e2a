/** What the system's own processes hold in memory, now and at most since they started. */
import { readFile } from "node:fs/promises";
import { readInstance } from "@octally/octally/instance";
import type { Measured } from "./figure.ts";
import type { LocalSystem } from "./system/local-system.ts";

const PARTS = ["front", "worker", "queue"] as const;

export async function measureMemory({ instance: { home } }: LocalSystem): Promise<readonly Measured[]> {
  const pids = (await readInstance(home))?.pids ?? {};
  const measured = await Promise.all(
    PARTS.map(async (part) => {
      const status = await readFile(`/proc/${pids[part]}/status`, "utf8");
      return [
        { figure: part, value: megabytes(status, "VmRSS"), unit: "MB" },
        { figure: `${part}, peak`, value: megabytes(status, "VmHWM"), unit: "MB" },
      ];
    }),
  );
  return measured.flat();
}

function megabytes(status: string, field: string): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB`, "mu").exec(status)?.[1];
  if (kibibytes === undefined) throw new Error(`/proc does not tell ${field}.`);
  return (Number(kibibytes) * 1024) / 1_000_000;
}
