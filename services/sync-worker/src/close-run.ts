/** A run whose parts are all over gets its end: by whoever ended the last of them, and by whoever finds that nobody did. Harmless when repeated. */
import type { Clock } from "@octally/shared/clock";
import type { JsonObject } from "@octally/shared/json";
import type { RunReads, RunSums } from "@octally/store/runs";
import type { StateStore } from "@octally/store/state";
import { endOfRun, toEndedRun, type RunEnd } from "./core/run.ts";

export type CloseRunPorts = { readonly states: StateStore; readonly runs: Pick<RunReads, "sumsOf">; readonly clock: Clock };

/** A view that is a second old may show these as open although they are over: no worker ends so many in a second. */
const MAY_BE_OVER = 200;

/** @throws TransientError where the store cannot be reached: whoever comes next does it */
export async function closeRun({ states, runs, clock }: CloseRunPorts, run: string): Promise<void> {
  // The document before the parts: whoever reopens one of them meanwhile has replaced it by then. Repairs have none.
  const known = (await states.read("sync-run", [run])).get(run);
  if (known === undefined) return;
  const { waiting = 0, running = 0 } = (await runs.sumsOf(run, { fresh: false })).states;
  if (waiting + running > MAY_BE_OVER) return;
  const sums = await runs.sumsOf(run, { fresh: true });
  const end = endOfRun(sums);
  if (end === undefined || isClosed(known.document, end, sums)) return;
  await states.put(toEndedRun(run, known.document, end, sums, clock().toISOString()), known.state);
}

function isClosed(document: JsonObject, { state, reason }: RunEnd, { requests, written }: RunSums): boolean {
  return document["finished_at"] !== null && document["state"] === state && document["reason"] === reason && document["requests"] === requests && document["written"] === written;
}
