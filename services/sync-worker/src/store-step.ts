/** Stores what a page gave, and counts it. */
import type { Observation } from "@octally/model/observation";
import type { Listing } from "@octally/model/sources";
import { MAX_REFRESH_SUBJECTS, toJobMessage, type BackfillJob, type RefreshJob } from "@octally/shared/sync-job";
import type { Gathered } from "./core/gathered.ts";
import { kindOf } from "./core/kind-of.ts";
import { AND } from "./core/permission-text.ts";
import { isOfPeriod, isWhole } from "./core/period.ts";
import { isEach, listingOf } from "./core/plan-parts.ts";
import type { PartState } from "./core/part-state.ts";
import { withoutUnchanged } from "./core/unchanged.ts";
import type { JobPorts } from "./job-ports.ts";
import type { Step } from "./walks/walk.ts";

/** @throws TransientError where something could not be stored now: the page is read again */
export async function storeStep(ports: JobPorts, part: PartState, { gathered, seen, cursor, expected }: Step): Promise<PartState> {
  const { job } = part;
  const observations = gathered.observations.filter((observation) => isWanted(ports, job, observation));
  const changed = await leaveOutUnchanged(ports, observations);
  const stored = await storeAll(ports, changed);
  if (job.type === "backfill") await askAgain(ports, job, gathered);
  const gaps = [...gathered.gaps, ...stored.refused];
  if (gaps.length > 0) ports.log.warn({ part: part.id, gaps: gaps.slice(0, 5) }, "not everything of a page could be had");
  return {
    ...part,
    cursor,
    seen: part.seen + seen,
    written: part.written + stored.written,
    superseded: part.superseded + stored.superseded + observations.length - changed.length,
    refreshes: part.refreshes + gathered.refreshes.length,
    gaps: part.gaps + gaps.length,
    missing_permission: gathered.denied.length === 0 ? part.missing_permission : [...new Set([...(part.missing_permission?.split(AND) ?? []), ...gathered.denied])].toSorted().join(AND),
    // How many of them are of a period GitHub does not count.
    expected: isWhole(job) ? (expected ?? part.expected) : null,
  };
}

/** Of a kind so many are looked up at once. */
const LOOKED_UP_AT_ONCE = 500;

/** A load that finds everything as it is stored writes nothing. */
async function leaveOutUnchanged({ kinds, library }: JobPorts, observations: readonly Observation[]): Promise<readonly Observation[]> {
  const changed: Observation[] = [];
  for (const [name, group] of Map.groupBy(observations, ({ kind }) => kind)) {
    const things = [...Map.groupBy(group, ({ id }) => id)];
    for (let start = 0; start < things.length; start += LOOKED_UP_AT_ONCE) {
      const some = things.slice(start, start + LOOKED_UP_AT_ONCE);
      const stored = new Map((await library.byIds(name, some.map(([id]) => id))).map((one) => [one.id, one]));
      changed.push(...withoutUnchanged(kindOf(kinds, name), some.flatMap(([, seen]) => seen), stored));
    }
  }
  return changed;
}

export type Stored = { readonly written: number; readonly superseded: number; /** Why, of each that the store will never take. */ readonly refused: readonly string[] };

/** @throws the first failure that may pass */
export async function storeAll({ store }: Pick<JobPorts, "store">, observations: readonly Observation[]): Promise<Stored> {
  if (observations.length === 0) return { written: 0, superseded: 0, refused: [] };
  const results = await store.write(observations);
  const refused: string[] = [];
  for (const [index, result] of results.entries()) {
    if (result.outcome !== "failed") continue;
    if (result.error.retryable) throw result.error;
    refused.push(`${observations[index]?.kind ?? ""} ${observations[index]?.id ?? ""}: ${result.error.message}`);
  }
  return { written: results.filter(({ outcome }) => outcome === "written").length, superseded: results.filter(({ outcome }) => outcome === "superseded").length, refused };
}

/** By the other queue: it is a few things, and whoever waits for them should not wait for the history. */
async function askAgain({ syncJobs }: JobPorts, { org, repository }: BackfillJob, { refreshes }: Gathered): Promise<void> {
  const jobs = [...Map.groupBy(refreshes, ({ kind }) => kind)].flatMap(([kind, group]) =>
    Array.from({ length: Math.ceil(group.length / MAX_REFRESH_SUBJECTS) }, (_, index): RefreshJob => {
      const subjects = group.slice(index * MAX_REFRESH_SUBJECTS, (index + 1) * MAX_REFRESH_SUBJECTS).map(({ subject }) => subject);
      return { type: "refresh", kind, org, repository, subjects, reason: "its list did not give it whole" };
    }),
  );
  if (jobs.length > 0) await syncJobs.sendAll(jobs.map(toJobMessage));
}

/** What hangs from a thing goes with it, whenever it was made. */
function isWanted({ kinds }: JobPorts, job: PartState["job"], { kind, document: { created_at: createdAt } }: Observation): boolean {
  const hangs = job.type === "backfill" && (kind !== job.list.kind || isBelow(listingOf({ kind: kindOf(kinds, kind), way: job.list.way })));
  return job.until === null || hangs || isOfPeriod({ createdAt }, job);
}

function isBelow(listing: Listing | undefined): boolean {
  return listing === undefined || listing.by === "parent" || isEach(listing);
}
