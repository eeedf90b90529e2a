/** What `octally up` says: to a person, or as one JSON object a line to a program. */
import type { RunProgress } from "@octally/store/runs";
import { loadLine, type Pace } from "./core/backfill-screen.ts";
import type { CheckerNews, WebhookHealth } from "./core/checker-news.ts";
import { completenessLine, sameTotals, type StoredTotal } from "./core/completeness-report.ts";
import type { Component } from "./core/health.ts";
import { toReadyScreen } from "./core/ready-screen.ts";
import { withoutCredentials } from "./core/settings.ts";
import { webhookLine } from "./core/webhooks-report.ts";
import type { Instance } from "./instance.ts";
import { isRunOver } from "./watch-run.ts";

export type UpOutput = {
  /** The renderer of the start's progress: lines where there is no terminal, nothing for programs. */
  readonly progress: "default" | "simple" | "silent";
  readonly ready: (instance: Instance, secretFile: string | undefined) => void;
  readonly changed: (component: Component, problem?: string) => void;
  /** Again and again while a first load goes on, and once when it is over. */
  readonly loading: (source: string, progress: RunProgress, pace: Pace | undefined, now: Date) => void;
  readonly warning: (text: string) => void;
  /** After each check. */
  readonly news: (news: CheckerNews, now: string) => void;
  readonly stopping: () => void;
  readonly stopped: () => void;
};

/** The first line comes when everything is ready; failures go to standard error. */
export function makeJsonOutput(write: (line: string) => void): UpOutput {
  const say = (value: object): void => write(JSON.stringify(value));
  return {
    progress: "silent",
    ready: (instance, secretFile) =>
      say({ event: "ready", ...instance, opensearch_url: withoutCredentials(instance.opensearch_url), webhook_secret_file: secretFile ?? null }),
    changed: (component, problem) => say({ event: "component", ...component, ...(problem === undefined ? {} : { problem }) }),
    loading: (source, progress) => {
      if (isRunOver(progress)) say({ event: "loaded", source, run: progress.run, complete: progress.done === progress.parts, parts: progress.parts });
    },
    warning: (text) => say({ event: "warning", text }),
    news: (news) => {
      for (const total of news.completeness ?? []) say({ event: "completeness", ...total });
      for (const one of news.webhooks ?? []) say({ event: "webhooks", ...one });
    },
    stopping: () => say({ event: "stopping" }),
    stopped: () => say({ event: "stopped" }),
  };
}

export function makePersonOutput(write: (line: string) => void, isTerminal: boolean): UpOutput {
  const tell = makeTeller();
  const loader = makeLoader();
  return {
    progress: isTerminal ? "default" : "simple",
    ready: (instance, secretFile) => write(toReadyScreen({ addresses: instance, secretFile })),
    changed: ({ name, state, pid, since }, problem) => {
      const time = since.slice(11, 19);
      if (state === "down") write(`${time}  ${name} ${problem ?? "is down"}; trying again`);
      if (state === "up") write(`${time}  ${name} is up again${pid === undefined ? "" : ` (process ${pid})`}`);
    },
    loading: (source, progress, pace, now) => {
      const line = loader(source, progress, pace, now);
      if (line !== undefined) write(`${now.toISOString().slice(11, 19)}  ${line}`);
    },
    warning: (text) => write(text),
    news: (news, now) => {
      for (const line of tell(news, now)) write(`${now.slice(11, 19)}  ${line}`);
    },
    stopping: () => write("Stopping: what is being worked on is finished first. Ctrl-C again ends everything at once."),
    stopped: () => write("Stopped."),
  };
}

const LOAD_LINE_EVERY_MS = 10_000;

/** A line every ten seconds, and one at the end. */
function makeLoader(): (source: string, progress: RunProgress, pace: Pace | undefined, now: Date) => string | undefined {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return (source, progress, pace, now) => {
    if (isRunOver(progress)) return progress.done === progress.parts ? `${source} is loaded: ${loadLine(progress)}.` : `${source} is loaded, but for ${progress.parts - progress.done} of its lists: "./octally backfill" says why. ${loadLine(progress)}.`;
    if (now.getTime() - toldAtMs < LOAD_LINE_EVERY_MS) return undefined;
    toldAtMs = now.getTime();
    return `Loading ${source}: ${loadLine(progress, pace)}`;
  };
}

/** Only what has changed since it was last told is told; a ping that is awaited is no news. */
function makeTeller(): (news: CheckerNews, now: string) => readonly string[] {
  let totals: readonly StoredTotal[] = [];
  const healths = new Map<string, WebhookHealth["health"]>();
  return ({ completeness, webhooks = [] }, now) => {
    const changed = webhooks.filter(({ hook, health }) => health !== "waiting" && healths.get(hook) !== health);
    for (const { hook, health } of changed) healths.set(hook, health);
    const lines = [...(completeness === undefined || sameTotals(totals, completeness) ? [] : completenessLine(completeness, now).split("\n")), ...changed.map((one) => webhookLine(one, now))];
    totals = completeness ?? totals;
    return lines;
  };
}
