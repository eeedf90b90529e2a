/** A backfill is begun, or one of the same specification that is not over, or not complete, goes on. Safe to call twice, and at any time. */
import type { Clock } from "@octally/shared/clock";
import type { QueueMessage } from "@octally/shared/delivery";
import { toJobMessage, type PartJob } from "@octally/shared/sync-job";
import { textAt } from "@octally/shared/json";
import type { Queue } from "@octally/shared/queue";
import type { RunReads } from "@octally/store/runs";
import type { StateStore } from "@octally/store/state";
import pMap from "p-map";
import { closeRun } from "./close-run.ts";
import { discoveriesOf, runPrefixOf, toReopenedRun, toRunObservation, type RunSpecification } from "./core/run.ts";
import { isOver, newPart, parsePart, PART_KIND, reopenedPart, toPartObservation, type PartState } from "./core/part-state.ts";

export type StartRunPorts = {
  readonly states: StateStore;
  readonly runs: Pick<RunReads, "readParts" | "findRuns" | "sumsOf">;
  readonly backfillJobs: Pick<Queue, "sendAll">;
  readonly clock: Clock;
};

export type StartedRun = { readonly run: string; readonly resumed: boolean; /** Lists that had failed or could not be seen, and are tried again from where they stopped. */ readonly reopened: number };

export type StartOptions = {
  /** Also where one of the same specification is over. */
  readonly again?: boolean;
  /** Also where one of the same specification is not over, or not complete. */
  readonly fresh?: boolean;
};

/** So long after its beginning a run's lists are tried again; then GitHub's have changed too much, and a new run reads them from the beginning. */
const REOPENED_FOR_MS = 7 * 24 * 3_600_000;

/** @throws TransientError where the store or the queue cannot be reached: what was done is found again */
export async function startRun(ports: StartRunPorts, specification: RunSpecification, reason: string, { again = true, fresh = false }: StartOptions = {}): Promise<StartedRun> {
  const prefix = runPrefixOf(specification);
  const [latest] = fresh ? [] : await ports.runs.findRuns(prefix);
  if (latest !== undefined) {
    // What was asked for by nobody does not ask again, at each start, for what a token may not see.
    const resumed = await resume(ports, latest, specification, again ? ["failed", "cannot-see"] : ["failed"]);
    if (resumed.open > 0 || !again) return { run: latest, resumed: true, reopened: resumed.reopened };
  }
  const at = ports.clock().toISOString();
  const run = `${prefix}${at.replaceAll(/[-:]|\.\d+/g, "")}`;
  const jobs = discoveriesOf(run, specification);
  // The run first: killed here it is found again, and a part that nobody made yet is begun by its nudge.
  await ports.states.put(toRunObservation(run, specification, reason, at), null);
  for (const job of jobs) await ports.states.put(toPartObservation(newPart(job), at), null);
  await ports.backfillJobs.sendAll(jobs.map(toJobMessage));
  return { run, resumed: false, reopened: 0 };
}

type Resumed = { readonly open: number; readonly reopened: number };

/** Nudges of its unfinished parts again: where one is on its way already, the two become one. What ended badly is opened again. */
async function resume(ports: StartRunPorts, run: string, specification: RunSpecification, badEnds: readonly PartState["state"][]): Promise<Resumed> {
  const { runs, states, backfillJobs, clock } = ports;
  const startedAt = textAt((await states.read("sync-run", [run])).get(run)?.document, "started_at");
  const mayReopen = startedAt !== undefined && Date.parse(startedAt) >= clock().getTime() - REOPENED_FOR_MS;
  const known = new Set<string>();
  let open = 0;
  const ended: string[] = [];
  for await (const some of runs.readParts(run)) {
    const parts = some.map(parsePart);
    for (const { id } of parts) known.add(id);
    const unfinished = parts.filter((part) => !isOver(part));
    open += unfinished.length;
    await backfillJobs.sendAll(unfinished.map(toNudge));
    // What is gone is not waited for: a new run finds what there is.
    if (mayReopen) ended.push(...parts.filter(({ state }) => badEnds.includes(state)).map(({ id }) => id));
  }
  // A discovery without a state was never begun, or the indices were deleted: it begins by its nudge.
  const missing = discoveriesOf(run, specification).filter(({ part }) => !known.has(part));
  await backfillJobs.sendAll(missing.map(toJobMessage));
  const reopened = await reopen(ports, run, ended);
  return { open: open + missing.length + reopened, reopened };
}

function toNudge({ job, turn }: PartState): QueueMessage {
  return toJobMessage({ ...job, turn } satisfies PartJob);
}

const REOPENED_AT_ONCE = 500;
const PUTS_AT_ONCE = 8;

/** From their cursors on. The parts before the run: whoever ends the last of them closes the run again, and here it is looked at once more. */
async function reopen(ports: StartRunPorts, run: string, ids: readonly string[]): Promise<number> {
  const { states, backfillJobs, clock } = ports;
  const at = clock().toISOString();
  let reopened = 0;
  for (let start = 0; start < ids.length; start += REOPENED_AT_ONCE) {
    const stored = [...(await states.read(PART_KIND, ids.slice(start, start + REOPENED_AT_ONCE))).values()];
    const parts = await pMap(stored, async ({ document, state }) => {
      const part = reopenedPart(parsePart(document));
      return part === undefined || (await states.put(toPartObservation(part, at), state)) === "taken" ? undefined : part;
    }, { concurrency: PUTS_AT_ONCE });
    const done = parts.filter((part) => part !== undefined);
    reopened += done.length;
    await backfillJobs.sendAll(done.map(toNudge));
  }
  if (reopened > 0) await reopenRun(ports, run, `${reopened} lists that could not be read are tried again.`);
  return reopened;
}

async function reopenRun(ports: StartRunPorts, run: string, reason: string): Promise<void> {
  const { states, clock } = ports;
  for (;;) {
    const known = (await states.read("sync-run", [run])).get(run);
    if (known === undefined) return;
    if ((await states.put(toReopenedRun(run, known.document, reason, clock().toISOString()), known.state)) !== "taken") break;
  }
  await closeRun(ports, run);
}
