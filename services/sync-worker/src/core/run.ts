/** A run: what was asked for. How far it is, its parts say. Pure. */
import type { Observation } from "@octally/model/observation";
import { toVersion } from "@octally/model/version";
import type { DiscoverJob } from "@octally/shared/sync-job";

export type RunSpecification = {
  readonly sources: readonly string[];
  readonly kinds: readonly string[];
  /** ISO 8601, UTC. */
  readonly since: string | null;
  readonly until: string | null;
};

/** The same specification, asked for in whatever order, is the same. */
export function specificationText({ sources, kinds, since, until }: RunSpecification): string {
  return JSON.stringify([sources.map((source) => source.toLowerCase()).toSorted(byText), kinds.toSorted(byText), since, until]);
}

/** One discovery for each source. */
export function discoveriesOf(run: string, { sources, kinds, since, until }: RunSpecification): readonly DiscoverJob[] {
  return sources.map((source) => ({ type: "discover", run, part: `${run}:${source.toLowerCase()}`, turn: 0, source, since, until, kinds: [...kinds] }));
}

export function toRunObservation(run: string, { sources, kinds, since, until }: RunSpecification, reason: string, at: string): Observation {
  const none = { expected: null, done: 0, written: 0, unchanged: 0, deleted: 0, failed: 0, requests: 0, points: 0 };
  const document = { id: run, type: "backfill", kind: null, sources, kinds, parent_id: null, state: "running", reason, started_at: at, updated_at: at, finished_at: null, waiting_until: null, ...none, since, until, cursor: null };
  return { kind: "sync-run", id: run, org: null, repository: null, document, deletedAt: null, version: toVersion(at, at), observedAt: at, source: "rest", archive: null };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
