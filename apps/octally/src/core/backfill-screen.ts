/** How far a run is, in lines for a person. Pure. */
import type { KindProgress, RunProgress } from "@octally/store/runs";

/** What was there when somebody began to look, and how long ago. */
export type Pace = { readonly seconds: number; readonly since: RunProgress };

const BAR = 20;

export function toProgressLines(progress: RunProgress, pace?: Pace): readonly string[] {
  const kinds = progress.kinds.filter(({ kind }) => kind !== null).toSorted((a, b) => b.seen + (b.expected ?? 0) - a.seen - (a.expected ?? 0));
  const width = Math.max(0, ...kinds.map(({ kind }) => (kind ?? "").length));
  return [...kinds.map((kind) => kindLine(kind, width)), totalLine(progress, pace), ...(progress.waiting_until === null ? [] : [`Some of it waits for GitHub's budget, until ${progress.waiting_until}.`])];
}

function kindLine({ kind, parts, over, expected, seen }: KindProgress, width: number): string {
  const share = expected === null || expected === 0 ? over / Math.max(1, parts) : Math.min(1, seen / expected);
  const full = Math.round(share * BAR);
  return `${(kind ?? "").padEnd(width)} ${"█".repeat(full)}${"░".repeat(BAR - full)} ${expected === null ? `${seen}` : `${seen} of ${expected}`}${over < parts ? `, ${parts - over} lists to go` : ""}`;
}

function totalLine(progress: RunProgress, pace: Pace | undefined): string {
  const written = sum(progress, "written") + sum(progress, "superseded");
  const spent = `${sum(progress, "requests")} requests, ${sum(progress, "points")} points`;
  const rate = pace === undefined || pace.seconds < 1 ? undefined : (written - sum(pace.since, "written") - sum(pace.since, "superseded")) / pace.seconds;
  return [`${progress.over} of ${progress.parts} lists`, `${written} documents`, spent, ...(rate === undefined ? [] : [`${Math.round(rate)}/s`, ...togo(progress, pace)])].join(", ");
}

/** By the things that GitHub counts. */
function togo(progress: RunProgress, pace: Pace | undefined): readonly string[] {
  const counted = (run: RunProgress): { readonly seen: number; readonly left: number } =>
    run.kinds.reduce((all, { expected, seen }) => (expected === null ? all : { seen: all.seen + Math.min(seen, expected), left: all.left + Math.max(0, expected - seen) }), { seen: 0, left: 0 });
  const [now, then] = [counted(progress), counted(pace?.since ?? progress)];
  const perSecond = (now.seen - then.seen) / Math.max(1, pace?.seconds ?? 1);
  if (perSecond <= 0 || now.left === 0) return [];
  const seconds = Math.ceil(now.left / perSecond);
  return [seconds < 90 ? `about ${seconds} s to go` : `about ${Math.ceil(seconds / 60)} min to go`];
}

function sum({ kinds }: RunProgress, name: "written" | "superseded" | "requests" | "points"): number {
  return kinds.reduce((all, kind) => all + kind[name], 0);
}
