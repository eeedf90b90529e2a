/** Waits until the worker has done the inventories that were ordered. */
import { setTimeout as delay } from "node:timers/promises";
import { readRunReports } from "@octally/integrity-checker/coverage-store";
import type { CheckerPorts } from "@octally/integrity-checker/ports";

export type Inventories = { readonly ended: number; readonly of: number };
export type Waiting = { readonly lookEveryMs: number; readonly signal: AbortSignal; readonly onProgress: (so: Inventories) => void };

/** By the names of their runs; ends early when it is stopped. */
export async function waitForInventories(ports: Pick<CheckerPorts, "states">, runs: readonly string[], { lookEveryMs, signal, onProgress }: Waiting): Promise<Inventories> {
  for (;;) {
    const reports = await readRunReports(ports, runs);
    const so = { ended: [...reports.values()].filter(({ is }) => is !== "running").length, of: runs.length };
    onProgress(so);
    if (so.ended === so.of || signal.aborted) return so;
    await delay(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}
