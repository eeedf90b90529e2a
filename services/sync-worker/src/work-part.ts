/**
 * One slice of a part: take the lease, read from the cursor on and store page by page, send the next nudge, move the cursor and give
 * the lease back. Killed between any two of these the message comes again, the lease runs out, and everything before the cursor is stored.
 */
import { type AppError, toAppError, TransientError } from "@octally/shared/errors";
import { toJobMessage, type PartJob } from "@octally/shared/sync-job";
import type { ReadState } from "@octally/store/bulk-body";
import { closeRun } from "./close-run.ts";
import { decideTurn } from "./core/decide-turn.ts";
import { newPart, parsePart, PART_KIND, toPartObservation, type PartEnd, type PartState } from "./core/part-state.ts";
import type { JobPorts } from "./job-ports.ts";
import { followOvertaken } from "./overtaken.ts";
import { metered, type Meter } from "./metered.ts";
import { storeStep } from "./store-step.ts";
import { openWalk } from "./open-walk.ts";

export type PartOutcome =
  | { readonly is: "done" }
  /** Come again, on this very message. */
  | { readonly is: "later"; readonly seconds: number }
  | { readonly is: "failed"; readonly error: AppError };

export type Slice = {
  /** Who holds the lease: the message's id, so that the same message takes up what a killed worker left. */
  readonly by: string;
  /** How long the slice may take, all in all. */
  readonly timeMs: number;
};

/** Longer than any slice with its last request; a worker that is killed is missed for this long. */
const LEASE_BEYOND_SLICE_MS = 15_000;
const MOST_FAILURES = 12;
/** Until a store or queue of ours that is away is tried again. */
const OURS_AWAY_SECONDS = 60;

type Held = { readonly part: PartState; readonly state: ReadState };

export async function workPart(ports: JobPorts, job: PartJob, slice: Slice): Promise<PartOutcome> {
  const stored = (await ports.states.read(PART_KIND, [job.part])).get(job.part);
  const part = stored === undefined ? newPart(job) : parsePart(stored.document);
  const turn = decideTurn(part, { turn: job.turn, by: slice.by }, ports.clock().getTime());
  switch (turn.do) {
    case "drop":
      // Whoever ended it may have been killed before it looked at the run.
      if (turn.because === "over") await closeRun(ports, part.run);
      return { is: "done" };
    case "wait":
      return { is: "later", seconds: turn.seconds };
    case "work": {
      const leased = await takeLease(ports, { ...part, turn: turn.turn }, stored?.state ?? null, slice);
      return leased === undefined ? { is: "later", seconds: 1 } : workLeased(ports, leased, slice);
    }
    default:
      return turn satisfies never;
  }
}

async function takeLease(ports: JobPorts, part: PartState, replaces: ReadState | null, { by, timeMs }: Slice): Promise<Held | undefined> {
  const now = ports.clock();
  const until = new Date(now.getTime() + timeMs + LEASE_BEYOND_SLICE_MS).toISOString();
  const leased: PartState = { ...part, state: "running", lease_by: by, lease_until: until, not_before: null, started_at: part.started_at ?? now.toISOString() };
  return put(ports, leased, replaces);
}

async function put(ports: JobPorts, part: PartState, replaces: ReadState | null): Promise<Held | undefined> {
  const state = await ports.states.put(toPartObservation(part, ports.clock().toISOString()), replaces);
  return state === "taken" ? undefined : { part, state };
}

async function workLeased(ports: JobPorts, held: Held, slice: Slice): Promise<PartOutcome> {
  const meter: Meter = { requests: 0, points: 0 };
  let part = held.part;
  const spent = (): PartState => {
    const { requests, points } = meter;
    meter.requests = 0;
    meter.points = 0;
    return { ...part, requests: part.requests + requests, points: part.points + points };
  };
  try {
    const end = await walkSlice(ports, meter, part, slice, (next) => (part = next));
    part = spent();
    if (end !== undefined) return await finish(ports, held, part, end);
    return await passOn(ports, held, part);
  } catch (thrown) {
    return giveBack(ports, held, spent(), toAppError(thrown));
  }
}

/** Undefined: time is over, and there is more. */
async function walkSlice(ports: JobPorts, meter: Meter, start: PartState, slice: Slice, onStored: (part: PartState) => void): Promise<PartEnd | undefined> {
  let part = start;
  const { job } = part;
  const call = { purpose: part.run.startsWith("repair") ? ("repair" as const) : ("backfill" as const), kind: part.kind ?? "repository" };
  const connected = await ports.github.clientFor(job.type === "backfill" ? (job.repository?.name_with_owner ?? job.org ?? job.source) : job.source, call);
  if (connected.is === "not-installed") return { state: "cannot-see", reason: connected.message };
  const github = metered(connected.github, meter);
  const deadlineMs = github.nowMs() + slice.timeMs;
  // The last third is for the page under way.
  const endsAtMs = deadlineMs - slice.timeMs / 3;
  const walk = openWalk(ports, github, { ...call, deadlineMs, maxWaitMs: slice.timeMs / 2 }, part);
  for (;;) {
    const { done, value } = await walk.next();
    if (done === true) {
      if (value.state !== "moved") return value;
      if (part.job.type === "backfill") onStored({ ...part, job: { ...part.job, org: value.org, repository: value.repository } });
      return undefined;
    }
    part = await storeStep(ports, part, value);
    onStored(part);
    if (github.nowMs() >= endsAtMs && !value.last) return undefined;
  }
}

async function finish(ports: JobPorts, held: Held, part: PartState, end: PartEnd): Promise<PartOutcome> {
  await followOvertaken(ports, part);
  // What could be read was read to its end; of some things GitHub keeps a part from this token.
  const isKept = end.state === "done" && part.missing_permission !== null;
  const [state, reason] = isKept ? (["cannot-see", "GitHub keeps some of these from this token."] as const) : [end.state, end.reason];
  const over: PartState = { ...part, ...(isKept ? { cursor: null } : {}), state, reason, missing_permission: state === "cannot-see" ? (end.missingPermission ?? part.missing_permission) : null, missing_kinds: state === "cannot-see" ? [...(end.missingKinds ?? [part.kind ?? "repository"])] : [], failures: 0, lease_by: null, lease_until: null, finished_at: ports.clock().toISOString() };
  const put_ = await put(ports, over, held.state);
  if (put_ !== undefined) ports.log.info({ part: part.id, state: over.state, seen: over.seen, requests: over.requests }, "part ended");
  if (put_ === undefined) return lostLease(part);
  await closeRun(ports, part.run);
  return { is: "done" };
}

/** The nudge first: where the state stands at a turn, a nudge of that turn is on its way. */
async function passOn(ports: JobPorts, held: Held, part: PartState): Promise<PartOutcome> {
  const turn = part.turn + 1;
  await ports.backfillJobs.sendAll([toJobMessage({ ...part.job, turn })]);
  const released = await put(ports, { ...part, turn, state: "waiting", failures: 0, reason: null, lease_by: null, lease_until: null }, held.state);
  return released === undefined ? lostLease(part) : { is: "done" };
}

/** What was stored stays stored: the cursor moves also when the next page failed. */
async function giveBack(ports: JobPorts, held: Held, part: PartState, error: AppError): Promise<PartOutcome> {
  // Whoever got further did not fail in vain, and may fail as often again.
  const failures = (part.written + part.superseded + part.seen > held.part.written + held.part.superseded + held.part.seen ? 0 : part.failures) + (isDeferral(error) ? 0 : 1);
  if (!error.retryable || failures > MOST_FAILURES) {
    await put(ports, { ...part, state: "failed", reason: `${error.code}: ${error.message}`, failures, lease_by: null, lease_until: null, finished_at: ports.clock().toISOString() }, held.state);
    await closeRun(ports, part.run);
    return { is: "done" };
  }
  const pauseSeconds = isOurs(error) ? OURS_AWAY_SECONDS : Math.min(300, 2 ** Math.min(failures, 8));
  const seconds = Math.ceil(error instanceof TransientError && error.retryAfterSeconds !== undefined ? error.retryAfterSeconds : pauseSeconds * (0.5 + ports.random() / 2));
  const notBefore = new Date(ports.clock().getTime() + seconds * 1000).toISOString();
  await put(ports, { ...part, state: "waiting", reason: `${error.code}: ${error.message}`, failures, not_before: notBefore, lease_by: null, lease_until: null }, held.state);
  return { is: "later", seconds };
}

/** Not the list's failure: there is no budget now, the process was told to end, or our own store or queue is away, however long. */
function isDeferral(error: AppError): boolean {
  return error.code === "github-budget" || error.code === "github-stopped" || isOurs(error);
}

function isOurs({ code }: AppError): boolean {
  return code === "store-unavailable" || code === "queue-unavailable";
}

/** The lease ran out and another took it: what was stored is stored, and the other goes on from the cursor before. */
function lostLease(part: PartState): PartOutcome {
  return { is: "failed", error: new TransientError("lease-lost", `The lease of ${part.id} was lost before its slice ended.`, { retryAfterSeconds: 5 }) };
}
