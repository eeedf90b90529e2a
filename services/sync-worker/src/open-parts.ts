import { toJobMessage, type BackfillJob } from "@octally/shared/sync-job";
import pMap from "p-map";
import { newPart, toPartObservation } from "./core/part-state.ts";
import type { JobPorts } from "./job-ports.ts";

const PUTS_AT_ONCE = 8;

/** States first, then nudges: a nudge without a state would be no harm, a state without a nudge waits for the next `octally backfill`. */
export async function openParts(ports: Pick<JobPorts, "states" | "backfillJobs" | "clock">, jobs: readonly BackfillJob[]): Promise<void> {
  const at = ports.clock().toISOString();
  await pMap(jobs, (job) => ports.states.put(toPartObservation(newPart(job), at), null), { concurrency: PUTS_AT_ONCE });
  await ports.backfillJobs.sendAll(jobs.map(toJobMessage));
}
