/** How far a run is, in lines for a person. Pure. */
import type { KindProgress, RunProgress } from "@octally/store/runs";
import { budgetText, type GithubBudget } from "./github-budget.ts";

/** What was there a while ago, and how long. */
export type Pace = { readonly seconds: number; readonly since: RunProgress };

export type Around = {
  readonly pace?: Pace | undefined;
  readonly budgets?: readonly GithubBudget[];
  /** So many lines there is room for; what is done gives way first. */
  readonly rows?: number;
};

const BAR = 20;
const number = new Intl.NumberFormat("en");

export function toProgressLines(progress: RunProgress, { pace, budgets = [], rows = Number.POSITIVE_INFINITY }: Around = {}): readonly string[] {
  const kinds = progress.kinds.filter(({ kind }) => kind !== null).toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const below = [
    ...waitingLine(progress),
    [`GitHub: ${number.format(sum(progress, "requests"))} requests, ${number.format(sum(progress, "points"))} points spent`, budgetText(budgets) ?? []].flat().join("; "),
    totalLine(progress, pace),
  ];
  return [...kindLines(kinds, rows - below.length), ...below];
}

/** That GitHub cannot be reached is waited for too, and is not its budget. */
function waitingLine({ waiting_until: until, waiting_for: reason }: RunProgress): readonly string[] {
  if (until === null) return [];
  const [, code = "github-budget", message = ""] = /^([\w-]+): (.*)$/s.exec(reason ?? "") ?? [];
  return [code === "github-budget" ? `Some of it waits for GitHub's budget, until ${until}.` : `Some of it is tried again at ${until}: ${message}`];
}

function kindLines(kinds: readonly KindProgress[], room: number): readonly string[] {
  const width = Math.max(0, ...kinds.map(({ kind }) => (kind ?? "").length));
  if (kinds.length <= room) return kinds.map((kind) => kindLine(kind, width));
  const open = kinds.filter(({ parts, over }) => over < parts);
  const shown = open.slice(0, Math.max(0, room - 1));
  const hidden = [kinds.length > open.length ? `${kinds.length - open.length} kinds are done` : "", open.length > shown.length ? `${open.length - shown.length} smaller ones are not` : ""].filter((text) => text !== "");
  return [...shown.map((kind) => kindLine(kind, width)), `${"…".padEnd(width)} ${hidden.join(", ")}`];
}

function sizeOf({ seen, expected }: KindProgress): number {
  return Math.max(seen, expected ?? 0);
}

/** "of" only where GitHub counted all that was seen. */
function kindLine({ kind, parts, over, expected, seen, seen_counted: counted }: KindProgress, width: number): string {
  const isCounted = expected !== null && counted === seen;
  const share = !isCounted || expected === 0 ? over / Math.max(1, parts) : Math.min(1, seen / expected);
  const full = Math.round(share * BAR);
  return `${(kind ?? "").padEnd(width)} ${"█".repeat(full)}${"░".repeat(BAR - full)} ${isCounted ? `${number.format(seen)} of ${number.format(expected)}` : number.format(seen)}${over < parts ? `, ${listsText(parts - over)} to go` : ""}`;
}

function totalLine(progress: RunProgress, pace: Pace | undefined): string {
  const counted = countedOf(progress);
  const rate = pace === undefined || pace.seconds < 1 ? undefined : (documentsOf(progress) - documentsOf(pace.since)) / pace.seconds;
  return [
    ...(counted.all === 0 ? [] : [`${number.format(counted.seen)} of ${number.format(counted.all)} things that GitHub counts`]),
    `${number.format(progress.over)} of ${listsText(progress.parts)}`,
    `${number.format(documentsOf(progress))} documents`,
    ...(rate === undefined ? [] : [`${number.format(Math.round(rate))}/s`, ...togo(progress, pace)]),
  ].join(", ");
}

/** In one line, for `up`. */
export function loadLine(progress: RunProgress, pace?: Pace): string {
  return [totalLine(progress, pace), ...waitingLine(progress)].join(". ");
}

/** By the things that GitHub counts. */
function togo(progress: RunProgress, pace: Pace | undefined): readonly string[] {
  const [now, then] = [countedOf(progress), countedOf(pace?.since ?? progress)];
  const perSecond = (now.seen - then.seen) / Math.max(1, pace?.seconds ?? 1);
  if (perSecond <= 0 || now.seen === now.all) return [];
  const seconds = Math.ceil((now.all - now.seen) / perSecond);
  return [seconds < 90 ? `about ${seconds} s to go` : `about ${Math.ceil(seconds / 60)} min to go`];
}

/** GitHub may count more by the time the last of them is read. */
function countedOf({ kinds }: RunProgress): { readonly seen: number; readonly all: number } {
  return kinds.reduce((so, { expected, seen_counted: seen }) => (expected === null ? so : { seen: so.seen + Math.min(seen, expected), all: so.all + expected }), { seen: 0, all: 0 });
}

function documentsOf(progress: RunProgress): number {
  return sum(progress, "written") + sum(progress, "superseded");
}

function listsText(count: number): string {
  return `${number.format(count)} ${count === 1 ? "list" : "lists"}`;
}

function sum({ kinds }: RunProgress, name: "written" | "superseded" | "requests" | "points"): number {
  return kinds.reduce((all, kind) => all + kind[name], 0);
}
