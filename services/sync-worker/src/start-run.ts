/** A backfill is begun, or one of the same specification that is not over goes on. Safe to call twice, and at any time. */
import { createHash } from "node:crypto";
import type { Clock } from "@octally/shared/clock";
import { toJobMessage, type PartJob } from "@octally/shared/sync-job";
import type { Queue } from "@octally/shared/queue";
import type { JsonObject } from "@octally/shared/json";
import type { StateStore } from "@octally/store/state";
import { discoveriesOf, specificationText, toRunObservation, type RunSpecification } from "./core/run.ts";
import { isOver, newPart, parsePart, toPartObservation } from "./core/part-state.ts";

export type StartRunPorts = {
  readonly states: StateStore;
  /** All parts of a run, as they are stored; some at a time. */
  readonly readParts: (run: string) => AsyncIterable<readonly JsonObject[]>;
  /** The ids of the runs whose id begins so, newest first. */
  readonly findRuns: (prefix: string) => Promise<readonly string[]>;
  readonly backfillJobs: Pick<Queue, "sendAll">;
  readonly clock: Clock;
};

export type StartedRun = { readonly run: string; readonly resumed: boolean };

/** @throws TransientError where the store or the queue cannot be reached: what was done is found again */
export async function startRun(ports: StartRunPorts, specification: RunSpecification, reason: string, { again = true }: { /** Also where one of the same specification is over. */ readonly again?: boolean } = {}): Promise<StartedRun> {
  const prefix = `backfill-${createHash("sha256").update(specificationText(specification)).digest("hex").slice(0, 10)}-`;
  const [latest] = await ports.findRuns(prefix);
  if (latest !== undefined && ((await resume(ports, latest, specification)) || !again)) return { run: latest, resumed: true };
  const at = ports.clock().toISOString();
  const run = `${prefix}${at.replaceAll(/[-:]|\.\d+/g, "")}`;
  const jobs = discoveriesOf(run, specification);
  for (const job of jobs) await ports.states.put(toPartObservation(newPart(job), at), null);
  await ports.states.put(toRunObservation(run, specification, reason, at), null);
  await ports.backfillJobs.sendAll(jobs.map(toJobMessage));
  return { run, resumed: false };
}

/** Nudges of its unfinished parts again: where one is on its way already, the two become one. False where there is nothing to resume. */
async function resume({ readParts, backfillJobs }: StartRunPorts, run: string, specification: RunSpecification): Promise<boolean> {
  let open = 0;
  let parts = 0;
  for await (const some of readParts(run)) {
    const unfinished = some.map(parsePart).filter((part) => !isOver(part));
    parts += some.length;
    open += unfinished.length;
    await backfillJobs.sendAll(unfinished.map(({ job, turn }) => toJobMessage({ ...job, turn } satisfies PartJob)));
  }
  if (parts > 0) return open > 0;
  // Its parts are lost (the indices were deleted): it begins again under its own name.
  await backfillJobs.sendAll(discoveriesOf(run, specification).map(toJobMessage));
  return true;
}
