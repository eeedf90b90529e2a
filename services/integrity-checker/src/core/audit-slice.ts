/** Whose turn it is in the rolling audit: every day another part, all of them in `days`. Pure. */
import { createHash } from "node:crypto";
import type { Kind } from "@octally/model/define-kind";
import { isNoWay } from "@octally/model/sources";
import { HIDDEN_PERMISSION, isOfPlace } from "./count-answer.ts";
import type { Coverage } from "./coverage.ts";
import { coverageId } from "./place.ts";

const DAY_MS = 86_400_000;

/** From 0 to `days - 1`, always the same for the same place and kind, and evenly spread. */
export function sliceOf(id: string, days: number): number {
  return createHash("sha256").update(id).digest().readUInt32BE(0) % days;
}

export type AuditOptions = {
  readonly now: string;
  readonly days: number;
  /** Everything, now. */
  readonly full: boolean;
};

/** Those that are audited now. Asked twice on one day it names none twice; what was missed on its day is made up for. */
export function planAudit(kinds: readonly Kind[], coverages: readonly Coverage[], { now, days, full }: AuditOptions): readonly Coverage[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  return coverages.filter((coverage) => {
    const kind = byName.get(coverage.kind);
    if (kind === undefined || isNoWay(kind.sources.inventory) || coverage.repair !== null || seesNothing(coverage)) return false;
    // Nothing there, on either side: nothing to compare. Where GitHub does not count them, one has to look.
    if (coverage.expected === 0 && coverage.stored === 0) return false;
    if (full) return true;
    // What was just loaded waits for its day, or the load would be followed by an audit of everything.
    const last = coverage.audited_at === null ? today(now) - 1 : Date.parse(coverage.audited_at);
    return (isInDoubt(coverage) ? today(now) : dueSince(coverage, now, days)) > last;
  });
}

/** A place as a whole is hidden, or nothing is shown to anybody. */
function seesNothing(coverage: Coverage): boolean {
  return isOfPlace(coverage.permission) && !isInDoubt(coverage);
}

/** One of an organisation's repositories is gone or hidden: the list of all tells which to those who are shown every one, and nothing but an audit tells a late push to the others. */
function isInDoubt({ kind, permission }: Coverage): boolean {
  return kind === "repository" && permission === HIDDEN_PERMISSION;
}

function today(now: string): number {
  return Math.floor(Date.parse(now) / DAY_MS) * DAY_MS;
}

/** The beginning of its last day of audit. */
function dueSince({ org, repository, kind }: Coverage, now: string, days: number): number {
  const day = today(now) / DAY_MS;
  const slice = sliceOf(coverageId({ org, repository }, kind), days);
  return (day - ((((day - slice) % days) + days) % days)) * DAY_MS;
}

