/**
 * From what GitHub says and what the store holds of one kind in one place to what is to be thought and done about it. Pure.
 *
 * A difference is looked at twice before anything is done, because what is on its way differs too; then an inventory is ordered, which
 * finds and mends it one by one. While one is under way none is ordered. Three in vain, and it is stuck: people see the reason, and one a
 * day is tried at most. Equal counts end it, whatever happened before.
 */
import { isOfPlace, type Expected } from "./count-answer.ts";
import type { Coverage, Purpose } from "./coverage.ts";

export type Rules = {
  /** Between the first sight of a difference, or the end of a repair, and what is done about it. */
  readonly settleMs: number;
  /** Traffic excuses a difference no longer than this. */
  readonly busyMs: number;
  /** After this long without a word an inventory counts as failed. */
  readonly patienceMs: number;
  /** This many in vain make it stuck … */
  readonly attempts: number;
  /** … and then only so often one is tried. */
  readonly retryMs: number;
};

const MINUTE = 60_000;
export const RULES: Rules = { settleMs: 5 * MINUTE, busyMs: 6 * 60 * MINUTE, patienceMs: 3 * 60 * MINUTE, attempts: 3, retryMs: 24 * 60 * MINUTE };

export type Busy = {
  /** The history is being loaded: it says itself when it ends. */
  readonly loading: boolean;
  /** Deliveries of this kind and place came a moment ago, or jobs wait. */
  readonly traffic: boolean;
};

/** What is known of the inventory that was ordered. */
export type Report =
  | { readonly is: "running"; /** When it was last heard of. */ readonly at: string }
  /** What it found different, and has asked for or buried. */
  | { readonly is: "done"; readonly at: string; readonly missing: number; readonly surplus: number; readonly stale: number; /** How many GitHub listed; absent where the run does not say it. */ readonly listed?: number }
  | { readonly is: "failed"; readonly at: string; readonly reason: string }
  | { readonly is: "blind"; readonly at: string; readonly permission: string | null; readonly reason: string };

export type Seen = {
  readonly expected: Expected;
  readonly stored: number;
  readonly busy: Busy;
  /** Of the inventory that the previous coverage waits for; undefined: nobody has heard of it. */
  readonly report: Report | undefined;
  /** ISO 8601. */
  readonly now: string;
};

export type Decided = { readonly coverage: Coverage; /** Order an inventory; the coverage does not know its run yet. */ readonly order: Purpose | null };

/** How the last inventory stands. */
type Ended = { readonly is: "none" | "under-way" } | Exclude<Report, { is: "running" }>;

export function decideCoverage(previous: Coverage, seen: Seen, rules: Rules = RULES): Decided {
  const ended = endOf(previous, seen, rules);
  const waiting = ended.is === "under-way";
  const base: Coverage = { ...previous, stored: seen.stored, checked_at: seen.now, repair: waiting ? previous.repair : null, audited_at: ended.is === "done" ? ended.at : previous.audited_at };
  switch (seen.expected.is) {
    case "unknown":
      // What was known stays; only the age of it grows, and an inventory that ended in between is not forgotten.
      return { coverage: { ...previous, stored: seen.stored, reason: seen.expected.reason }, order: null };
    case "cannot-see":
      return { coverage: blind(base, previous, seen.now, seen.expected.permission, seen.expected.reason), order: null };
    case "not-countable":
      return decideUncounted({ ...base, expected: null }, previous, seen.expected, ended, seen, rules);
    case "counted":
      return decideCounted({ ...base, expected: seen.expected.count, permission: null }, previous, seen.expected.count - seen.stored, ended, seen, rules);
    default:
      return seen.expected satisfies never;
  }
}

/** The worker's clock may be another: what it says lies between the order and now, or else it is as if it had come with the order. */
function endOf({ repair }: Coverage, { report, now }: Seen, { patienceMs }: Rules): Ended {
  if (repair === null) return { is: "none" };
  const heardAt = report !== undefined && sinceMs(repair.ordered_at, report.at) >= 0 && sinceMs(report.at, now) >= 0 ? report.at : repair.ordered_at;
  if (report !== undefined && report.is !== "running") return { ...report, at: heardAt };
  if (sinceMs(heardAt, now) < patienceMs) return { is: "under-way" };
  return { is: "failed", at: new Date(Date.parse(heardAt) + patienceMs).toISOString(), reason: "The inventory was ordered and did not come to an end." };
}

function decideCounted(base: Coverage, previous: Coverage, difference: number, ended: Ended, seen: Seen, rules: Rules): Decided {
  // GitHub counts them, and what it lists may not be all: tried again once a day (its attempts tell it from what GitHub does not count).
  if (ended.is === "blind") return { coverage: { ...blind(base, previous, seen.now, ended.permission, ended.reason), attempts: previous.attempts }, order: null };
  // What an audit found stale, until one finds nothing: counts do not show it.
  const stale = ended.is === "done" ? ended.stale : (previous.stale ?? 0);
  const now: Coverage = { ...base, missing: Math.max(0, difference), surplus: Math.max(0, -difference), stale };
  if (difference === 0 && stale === 0) return { coverage: complete(now, ended), order: null };
  return decideDifference(now, previous, ended, seen, rules, difference === 0 ? `${stale} of these are older than GitHub's.` : null);
}

/** Only inventories tell: what one has found is open until the next finds nothing. */
function decideUncounted(base: Coverage, previous: Coverage, { reason, shown }: Extract<Expected, { is: "not-countable" }>, ended: Ended, seen: Seen, rules: Rules): Decided {
  if (ended.is === "blind") return { coverage: blind(base, previous, seen.now, ended.permission, ended.reason), order: null };
  const found = ended.is === "done" ? stillFound(ended, previous.attempts, seen.stored) : { missing: previous.missing ?? 0, surplus: previous.surplus ?? 0, stale: previous.stale ?? 0 };
  const known = ended.is === "done" || previous.audited_at !== null;
  const now: Coverage = { ...base, missing: known ? found.missing : null, surplus: known ? found.surplus : null, stale: known ? found.stale : null };
  if (found.missing + found.surplus + found.stale > 0) return decideDifference(now, previous, ended, seen, rules, null);
  // Only an inventory can tell that it may be seen again, and one a day is tried; where others of the same permission are counted, these tell.
  if (previous.status === "cannot-see" && !shown && !isOfPlace(previous.permission) && ended.is !== "done") {
    const due = ended.is === "none" && isDue(previous, seen.now, rules.retryMs);
    return { coverage: { ...now, status: "cannot-see", reason: previous.reason, permission: previous.permission }, order: due ? "audit" : null };
  }
  const trouble = ended.is === "failed" ? ` The last audit failed: ${ended.reason}` : "";
  return { coverage: { ...now, status: "not-countable", reason: `${reason}${trouble}`, permission: null, incomplete_since: null, attempts: 0 }, order: null };
}

/**
 * What was missing has come where the store now holds as many as were listed. It is believed of an inventory that looked again: of kinds
 * that no webhook tells, each look finds what was made since the one before, and nothing of that is in vain.
 */
function stillFound(ended: Extract<Report, { is: "done" }>, attempts: number, stored: number): Pick<Extract<Report, { is: "done" }>, "missing" | "surplus" | "stale"> {
  const come = attempts > 0 && ended.listed !== undefined && stored >= ended.listed && ended.surplus + ended.stale === 0;
  return come ? { missing: 0, surplus: 0, stale: 0 } : ended;
}

function complete(now: Coverage, ended: Ended): Coverage {
  const reason = ended.is === "failed" ? `The last audit failed: ${ended.reason}` : null;
  return { ...now, status: "complete", reason, incomplete_since: null, attempts: 0 };
}

function decideDifference(now: Coverage, previous: Coverage, ended: Ended, seen: Seen, rules: Rules, told: string | null): Decided {
  const since = previous.incomplete_since !== null && (previous.status !== "cannot-see" || previous.attempts > 0) ? previous.incomplete_since : seen.now;
  const open: Coverage = { ...now, incomplete_since: since };
  const settling = (reason: string): Decided => ({ coverage: { ...open, status: "settling", reason }, order: null });
  const stuck = (reason: string | null): Coverage => ({ ...open, status: "stuck", reason });
  const again = ended.is === "none" && isDue(previous, seen.now, rules.retryMs) ? ("repair" as const) : null;
  if (previous.status === "cannot-see" && previous.attempts > 0 && ended.is !== "done") return { coverage: { ...open, status: "cannot-see", missing: null, surplus: null, reason: previous.reason, permission: previous.permission }, order: again };
  if (ended.is === "under-way") return { coverage: previous.status === "stuck" ? stuck(previous.reason) : { ...open, status: "repairing", reason: told }, order: null };
  if (previous.status === "stuck" && ended.is === "none") return { coverage: stuck(previous.reason), order: again };
  if (seen.busy.loading) return settling("The history is being loaded.");
  const ageMs = sinceMs(since, seen.now);
  // What an inventory asked for is fetched after its end; this very moment is also the first sight of how it ended.
  const restMs = ended.is === "done" || ended.is === "failed" ? Math.min(ageMs, sinceMs(ended.at, seen.now)) : ageMs;
  const failed = ended.is === "failed" ? ended.reason : null;
  if (restMs < rules.settleMs) return { ...settling(failed ?? "Seen for the first time; what is on its way differs too."), ...keepEnded(open, previous, ended, told) };
  if (open.attempts >= rules.attempts) return { coverage: stuck(failed ?? `${open.attempts} inventories did not mend it.`), order: null };
  if (seen.busy.traffic && ageMs < rules.busyMs) return settling(wasFetched(open) ? "What was found has been fetched; that it is right now is looked at when fewer deliveries come in." : "Deliveries are coming in.");
  return { coverage: { ...open, status: "repairing", reason: told, attempts: open.attempts + 1 }, order: "repair" };
}

/** What only an inventory can have found it has had fetched. */
function wasFetched({ expected, stale, attempts }: Coverage): boolean {
  return expected === null || (stale ?? 0) > 0 || attempts > 0;
}

function isDue({ repaired_at }: Coverage, now: string, retryMs: number): boolean {
  return repaired_at === null || sinceMs(repaired_at, now) >= retryMs;
}

/** An end that is too fresh to be judged is kept for the next check. */
function keepEnded(open: Coverage, previous: Coverage, ended: Ended, told: string | null): Partial<Decided> {
  if (ended.is !== "done" && ended.is !== "failed") return {};
  return { coverage: { ...open, repair: previous.repair, status: "repairing", reason: told } };
}

function blind(base: Coverage, previous: Coverage, now: string, permission: string | null, reason: string): Coverage {
  const since = previous.status === "cannot-see" ? previous.incomplete_since : now;
  return { ...base, expected: null, missing: null, surplus: null, stale: null, status: "cannot-see", permission, reason, incomplete_since: since ?? now, attempts: 0 };
}

function sinceMs(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
