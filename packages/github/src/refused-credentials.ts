/** GitHub locks out who goes on asking with credentials that it does not accept: after two refusals in a row nothing is sent for a minute. */
import { PermanentError } from "@octally/shared/errors";

export type RefusedCredentials = {
  /** @throws PermanentError `github-unauthorized` while GitHub is left alone */
  readonly mayAsk: () => void;
  readonly refused: (message: string) => PermanentError;
  readonly accepted: () => void;
};

const IN_A_ROW = 2;
const PAUSE_MS = 60_000;

export function makeRefusedCredentials(nowMs: () => number): RefusedCredentials {
  let inARow = 0;
  let last = { atMs: Number.NEGATIVE_INFINITY, message: "" };
  return {
    mayAsk() {
      if (inARow >= IN_A_ROW && nowMs() - last.atMs < PAUSE_MS) throw unauthorized(last.message);
    },
    refused(message) {
      inARow += 1;
      last = { atMs: nowMs(), message };
      return unauthorized(message);
    },
    accepted() {
      inARow = 0;
    },
  };
}

function unauthorized(message: string): PermanentError {
  return new PermanentError("github-unauthorized", `GitHub does not accept the credentials (${message}): is the token revoked, expired or mistyped?`);
}
