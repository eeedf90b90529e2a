/** The edge that proves who asks. Tokens are never part of a message or a log. */
import { messageOf, PermanentError, TransientError } from "@octally/shared/errors";
import { createAppAuth } from "@octokit/auth-app";
import type { Octokit } from "@octokit/core";
import { messageIn } from "./exchange.ts";
import { responseIn } from "./transport.ts";

/** The value of the authorization header, or undefined for none. @throws PermanentError `github-unauthorized`, TransientError `github-unavailable` */
export type Authorize = () => Promise<string | undefined>;

export const anonymous: Authorize = () => Promise.resolve(undefined);

export function withToken(token: string): Authorize {
  return () => Promise.resolve(`token ${token}`);
}

export type AppAuthorization = {
  /** As the App itself: its installations and its webhook's deliveries. */
  readonly asApp: Authorize;
  readonly asInstallation: (installationId: number) => Authorize;
};

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A JWT lasts ten minutes and is dated half a minute back: beyond that a wrong clock of the worker shows. */
const BEARABLE_SKEW_SECONDS = 20;

/** Installation tokens last an hour; they are kept and renewed by @octokit/auth-app. */
export function appAuthorization(octokit: Octokit, appId: string, privateKey: string, wallMs: () => number = () => Date.now()): AppAuthorization {
  const authOf = (timeDifference: number): ReturnType<typeof createAppAuth> => createAppAuth({ appId, privateKey, request: octokit.request, log: silent, timeDifference });
  let auth = authOf(0);
  let skewSeconds = 0;

  async function asInstallation(installationId: number, again = true): Promise<string> {
    try {
      const { token } = await auth({ type: "installation", installationId });
      return `token ${token}`;
    } catch (thrown) {
      const date = Date.parse(responseIn(thrown)?.headers["date"] ?? "");
      const skew = Number.isNaN(date) ? 0 : Math.round((date - wallMs()) / 1000);
      if (!again || responseIn(thrown)?.status !== 401 || Math.abs(skew - skewSeconds) < BEARABLE_SKEW_SECONDS) throw authorizationFailure(thrown);
      skewSeconds = skew;
      auth = authOf(skew);
      return asInstallation(installationId, false);
    }
  }

  return {
    async asApp() {
      try {
        const { token } = await auth({ type: "app" });
        return `bearer ${token}`;
      } catch (thrown) {
        throw authorizationFailure(thrown);
      }
    },
    asInstallation: (installationId) => () => asInstallation(installationId),
  };
}

/** Apart from the answers to questions: "no such installation" must never read as "no such repository". */
function authorizationFailure(thrown: unknown): PermanentError | TransientError {
  const response = responseIn(thrown);
  if (response === undefined && thrown instanceof Error && !("status" in thrown)) return new PermanentError("github-unauthorized", `The GitHub App's private key cannot be used: ${thrown.message}`, { cause: thrown });
  const told = response === undefined ? messageOf(thrown) : messageIn(response.body);
  if (response !== undefined && [401, 403, 404].includes(response.status) && !/rate limit/i.test(told)) {
    return new PermanentError("github-unauthorized", `GitHub gives the App no token for this installation (${response.status} ${told}): is it still installed and not suspended, and do App id and private key belong together?`, { cause: thrown });
  }
  const retryAfterSeconds = Number(response?.headers["retry-after"] ?? 30);
  return new TransientError("github-unavailable", `GitHub gives no installation token now: ${told}`, { cause: thrown, retryAfterSeconds: Number.isFinite(retryAfterSeconds) ? retryAfterSeconds : 30 });
}
