/**
 * The errors of the system. An edge translates a foreign failure into one of these; the core never sees an HTTP
 * status. What is `retryable` goes back to its queue, everything else becomes a dead letter.
 */
export abstract class AppError extends Error {
  abstract readonly retryable: boolean;
  /** Short and stable, for logs and dead letters: `store-unavailable`, `invalid-json`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** It may work later: an outage, a limit, a time-out. */
export class TransientError extends AppError {
  readonly retryable = true;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, message: string, options?: ErrorOptions & { retryAfterSeconds?: number }) {
    super(code, message, options);
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}

/** It will never work with this input: a malformed message, a document that the store refuses. */
export class PermanentError extends AppError {
  readonly retryable = false;
}

/** The environment or the command line is wrong; the message says which setting and what to do. */
export class ConfigError extends AppError {
  readonly retryable = false;

  constructor(message: string, options?: ErrorOptions) {
    super("config", message, options);
  }
}

/** The text of anything that was thrown, for a message to a person. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** An unknown failure is a defect of ours: it is retried (a deploy may mend it), and named as such. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new TransientError("unexpected", `Unexpected failure: ${messageOf(thrown)}`, { cause: thrown });
}
