/** EventBridge's schedules for the checker: looks every few seconds whose turn it is, and calls the handler, one check after the other. */
import { setTimeout as delay } from "node:timers/promises";
import type { Schedule } from "@octally/integrity-checker/core/schedules";
import type { CheckSummary } from "@octally/integrity-checker/handler";
import type { Clock } from "@octally/shared/clock";
import { messageOf } from "@octally/shared/errors";
import type { Logger } from "@octally/shared/log";
import { newsOf, type CheckerNews } from "./core/checker-news.ts";
import { isDue, type LastRun } from "./core/checker-timetable.ts";

export type ChecksOptions = {
  readonly schedules: readonly Schedule[];
  readonly check: (schedule: Schedule) => Promise<CheckSummary>;
  /** Whether the history is being loaded. */
  readonly isLoading: () => Promise<boolean>;
  /** When a check of this name last began, in an earlier life of this process. */
  readonly lastBegan: (schedule: Schedule) => Promise<number | undefined>;
  readonly onNews: (news: CheckerNews) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly lookEveryMs: number;
};

/** Resolves when the signal is aborted and the check in hand is over. Never rejects: what fails is tried again. */
export async function runChecks(options: ChecksOptions): Promise<void> {
  const { schedules, signal, logger } = options;
  const last = new Map<string, LastRun>();
  let quietSinceMs: number | null = null;
  let loadedAtMs: number | null = null;
  let loaded = false;
  let remembered = false;
  while (!signal.aborted) {
    try {
      if (!remembered) await recall(options, last);
      remembered = true;
      const loads = await options.isLoading();
      const nowMs = options.clock().getTime();
      if (loaded && !loads) loadedAtMs = nowMs;
      quietSinceMs = loads ? null : (quietSinceMs ?? nowMs);
      loaded = loads;
      for (const schedule of schedules) {
        if (signal.aborted) return;
        if (isDue(schedule, last.get(schedule.name), { nowMs: options.clock().getTime(), quietSinceMs, loadedAtMs })) last.set(schedule.name, await runOne(options, schedule));
      }
    } catch (failure) {
      logger.warn({ reason: messageOf(failure) }, "The store cannot be read; trying again");
    }
    await delay(options.lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}

/** What comes once a day is not begun anew at each start; the counts are: nobody knows what was missed meanwhile. */
async function recall({ schedules, lastBegan }: ChecksOptions, last: Map<string, LastRun>): Promise<void> {
  for (const schedule of schedules.filter(({ waitsForLoads }) => waitsForLoads)) {
    const endedAtMs = await lastBegan(schedule);
    if (endedAtMs !== undefined) last.set(schedule.name, { endedAtMs, failed: false, open: 0, points: 0, awaits: false });
  }
}

async function runOne({ check, clock, logger, onNews }: ChecksOptions, schedule: Schedule): Promise<LastRun> {
  try {
    const summary = await check(schedule);
    onNews(newsOf(summary));
    return { endedAtMs: clock().getTime(), failed: false, open: summary.open, points: summary.points ?? 0, awaits: summary.canary?.some(({ state }) => state.health === "waiting") ?? false };
  } catch (failure) {
    logger.error({ checks: schedule.checks, reason: messageOf(failure) }, "A check failed; trying again");
    return { endedAtMs: clock().getTime(), failed: true, open: 0, points: 0, awaits: false };
  }
}
