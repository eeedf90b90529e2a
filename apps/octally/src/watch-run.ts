/** Looks at a load again and again until it is over. */
import { setTimeout as delay } from "node:timers/promises";
import type { RunProgress, RunReads } from "@octally/store/runs";
import type { Pace } from "./core/backfill-screen.ts";

export type Watch = {
  readonly run: string;
  readonly lookEveryMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress, pace: Pace | undefined) => void | Promise<void>;
};

export function isRunOver({ parts, over }: RunProgress): boolean {
  return parts > 0 && over === parts;
}

/** As it was found last: over, or not watched any more. */
export async function watchRun({ progressOf }: Pick<RunReads, "progressOf">, { run, lookEveryMs, signal, onProgress }: Watch): Promise<RunProgress> {
  const pacer = makePacer();
  for (;;) {
    const progress = await progressOf(run);
    await onProgress(progress, pacer(progress, performance.now()));
    if (isRunOver(progress) || signal.aborted) return progress;
    await delay(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}

/** The pace of the last minute: what was fast at the beginning may be slow now. */
const WINDOW_MS = 60_000;

export function makePacer(): (progress: RunProgress, nowMs: number) => Pace | undefined {
  const looks: { readonly atMs: number; readonly progress: RunProgress }[] = [];
  return (progress, nowMs) => {
    while (looks.length > 1 && nowMs - (looks[1]?.atMs ?? nowMs) >= WINDOW_MS) looks.shift();
    const [first] = looks;
    looks.push({ atMs: nowMs, progress });
    return first === undefined ? undefined : { seconds: (nowMs - first.atMs) / 1000, since: first.progress };
  };
}
