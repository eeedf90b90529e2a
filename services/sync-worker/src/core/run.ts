/** A run: what was asked for. How far it is, its parts say. Pure. */
import { createHash } from "node:crypto";
import type { Observation } from "@octally/model/observation";
import { toVersion } from "@octally/model/version";
import type { JsonObject } from "@octally/shared/json";
import type { DiscoverJob } from "@octally/shared/sync-job";
import type { RunSums } from "@octally/store/runs";

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

/** How the ids of all runs of this specification begin. */
export function runPrefixOf(specification: RunSpecification): string {
  return `backfill-${createHash("sha256").update(specificationText(specification)).digest("hex").slice(0, 10)}-`;
}

/** One discovery for each source. */
export function discoveriesOf(run: string, { sources, kinds, since, until }: RunSpecification): readonly DiscoverJob[] {
  return sources.map((source) => ({ type: "discover", run, part: `${run}:${source.toLowerCase()}`, turn: 0, source, since, until, kinds: [...kinds] }));
}

export function toRunObservation(run: string, { sources, kinds, since, until }: RunSpecification, reason: string, at: string): Observation {
  const none = { expected: null, done: 0, written: 0, unchanged: 0, deleted: 0, failed: 0, requests: 0, points: 0 };
  const document = { id: run, type: "backfill", kind: null, sources, kinds, parent_id: null, state: "running", reason, started_at: at, updated_at: at, finished_at: null, waiting_until: null, ...none, since, until, cursor: null };
  return toOwn(run, document, at);
}

export type RunEnd = { readonly state: "done" | "failed" | "cannot-see"; readonly reason: string };

/** How a run ended, by its parts; undefined while there are none, or one is not over. */
export function endOfRun({ states, gaps }: RunSums): RunEnd | undefined {
  const count = (state: string): number => states[state] ?? 0;
  const parts = Object.values(states).reduce((sum, some) => sum + some, 0);
  if (parts === 0 || count("waiting") + count("running") > 0) return undefined;
  const not = [[count("failed"), "failed"], [count("cannot-see"), "cannot be seen"], [count("gone"), "of repositories that GitHub no longer shows"]] as const;
  const lists = not.filter(([some]) => some > 0).map(([some, what]) => `${some} ${what}`);
  const reason = [`${count("done")} of ${parts} lists were read`, ...lists, ...(gaps === 0 ? [] : [`${gaps} ${gaps === 1 ? "thing" : "things"} could not be had whole`])].join(", ");
  return { state: count("failed") > 0 ? "failed" : count("done") < parts ? "cannot-see" : "done", reason: `${reason}.` };
}

/** The run's document with its end and sums. */
export function toEndedRun(run: string, known: JsonObject, { state, reason }: RunEnd, sums: RunSums, at: string): Observation {
  const { org: _, repository: __, octally: ___, ...fields } = known;
  const { expected, seen, written, superseded, gaps, requests, points } = sums;
  return toOwn(run, { ...fields, state, reason, updated_at: at, finished_at: at, expected, done: seen, written, unchanged: superseded, failed: gaps, requests, points }, at);
}

/** The run's document while parts of it are to be read again. */
export function toReopenedRun(run: string, known: JsonObject, reason: string, at: string): Observation {
  const { org: _, repository: __, octally: ___, ...fields } = known;
  return toOwn(run, { ...fields, state: "running", reason, updated_at: at, finished_at: null }, at);
}

function toOwn(run: string, document: Readonly<Record<string, unknown>>, at: string): Observation {
  return { kind: "sync-run", id: run, org: null, repository: null, document, deletedAt: null, version: toVersion(at, at), observedAt: at, source: "rest", archive: null };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
