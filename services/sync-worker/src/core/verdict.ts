/** What becomes of a message: done, retried, or dead. Pure. */
import type { AppError } from "@octally/shared/errors";
import type { WriteResult } from "@octally/store/write";

export type Verdict =
  | { readonly is: "done" }
  | { readonly is: "retry"; readonly error: AppError }
  | { readonly is: "dead"; readonly error: AppError; readonly response: unknown };

export const DONE: Verdict = { is: "done" };

export function verdictOfError(error: AppError, response: unknown = null): Verdict {
  return error.retryable ? { is: "retry", error } : { is: "dead", error, response };
}

/** One document that is refused makes the message dead; one that may work later makes it come again; both: again first. */
export function verdictOfWrites(results: readonly WriteResult[]): Verdict {
  const failures = results.filter((result) => result.outcome === "failed");
  const first = failures.find(({ error }) => error.retryable) ?? failures[0];
  return first === undefined ? DONE : verdictOfError(first.error, first.response);
}

const FIRST_RETRY_SECONDS = 2;
const LAST_RETRY_SECONDS = 300;
/** SQS hides a message for twelve hours at most, counted from its receipt. */
const LONGEST_RETRY_SECONDS = 11 * 3600;

/**
 * How long a message stays invisible before it comes again: doubling from 2 s to 5 minutes, the upper half of it by chance, so that what failed
 * together does not come back together. Never sooner than the other side asked for, up to what the queue can do.
 */
export function retryDelaySeconds(receiveCount: number, error: AppError, random: number): number {
  const ceiling = Math.min(FIRST_RETRY_SECONDS * 2 ** Math.max(0, Math.min(receiveCount - 1, 16)), LAST_RETRY_SECONDS);
  const asked = "retryAfterSeconds" in error && typeof error.retryAfterSeconds === "number" ? error.retryAfterSeconds : 0;
  return Math.min(LONGEST_RETRY_SECONDS, Math.ceil(Math.max(asked, ceiling / 2 + (ceiling / 2) * random)));
}
