import type { Purpose } from "./limits.ts";

/** What every call to GitHub says beside its question. */
export type Call = {
  readonly purpose: Purpose;
  /** What is asked for, for the api-usage documents: a kind's name. */
  readonly kind: string;
  /** No attempt goes on beyond it, on the clock of `github.nowMs()`: `github.nowMs() + context.getRemainingTimeInMillis() - 5000`. */
  readonly deadlineMs?: number;
  /** How long a request may wait for budget before it is put off instead (TransientError `github-budget`). Default: 15 seconds. */
  readonly maxWaitMs?: number;
  readonly signal?: AbortSignal;
};
