/** What a check was and cost: a `sync-run` document. Pure. */
import type { Observation } from "@octally/model/observation";
import { toVersion } from "@octally/model/version";
import type { Coverage } from "./coverage.ts";

export type DoneCheck = {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly checks: readonly string[];
  readonly sources: readonly string[];
  readonly requests: number;
  readonly points: number;
  readonly coverages: readonly Coverage[];
  /** Jobs that were sent. */
  readonly orders: number;
};

export function toRunObservation({ startedAt, finishedAt, checks, sources, requests, points, coverages, orders }: DoneCheck): Observation {
  const sum = (value: (coverage: Coverage) => number | null): number => coverages.reduce((total, coverage) => total + (value(coverage) ?? 0), 0);
  const id = `check:${checks.join("+")}:${startedAt}`;
  const document = {
    id,
    type: "check",
    kind: null,
    sources,
    kinds: [],
    parent_id: null,
    state: "done",
    reason: `${checks.join(", ")}: ${orders} jobs ordered`,
    started_at: startedAt,
    updated_at: finishedAt,
    finished_at: finishedAt,
    waiting_until: null,
    expected: sum(({ expected }) => expected),
    done: coverages.length,
    written: 0,
    unchanged: 0,
    deleted: 0,
    missing: sum(({ missing }) => missing),
    surplus: sum(({ surplus }) => surplus),
    stale: sum(({ stale }) => stale),
    missing_permission: null,
    failed: 0,
    requests,
    points,
    since: null,
    until: null,
    cursor: null,
  };
  return { kind: "sync-run", id, org: null, repository: null, document, deletedAt: null, version: toVersion(finishedAt, finishedAt), observedAt: finishedAt, source: "rest", archive: null };
}
