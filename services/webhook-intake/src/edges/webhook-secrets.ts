import type { FetchParameter } from "@octally/shared/parameter";
import type { WebhookSecrets } from "../core/check-signature.ts";

/** Asked once a request: an implementation that has to fetch the secrets does so once, and again only after a failure. */
export type FetchSecrets = () => Promise<WebhookSecrets>;

type SecretsConfig = {
  readonly GITHUB_WEBHOOK_SECRET?: string | undefined;
  readonly GITHUB_WEBHOOK_SECRET_PARAMETER?: string | undefined;
  readonly GITHUB_WEBHOOK_SECRET_PREVIOUS?: string | undefined;
  readonly GITHUB_WEBHOOK_SECRET_PREVIOUS_PARAMETER?: string | undefined;
};

/**
 * From the environment, or from the SSM parameters that it names. Those are fetched from now on, so that the first request
 * finds them; until it succeeds, each request tries again and fails with a TransientError.
 */
export function makeFetchSecrets(config: SecretsConfig, fetchParameter: FetchParameter = lazyFetchParameter): FetchSecrets {
  const load = async (): Promise<WebhookSecrets> => {
    const [current, previous] = await Promise.all([
      valueOf(config.GITHUB_WEBHOOK_SECRET, config.GITHUB_WEBHOOK_SECRET_PARAMETER, fetchParameter),
      valueOf(config.GITHUB_WEBHOOK_SECRET_PREVIOUS, config.GITHUB_WEBHOOK_SECRET_PREVIOUS_PARAMETER, fetchParameter),
    ]);
    // The configuration has seen to it that there is one; an empty secret would let everybody in.
    if (current === undefined) throw new Error("There is no webhook secret.");
    return { current, previous };
  };
  let loading: Promise<WebhookSecrets> | undefined;
  const fetchSecrets = async (): Promise<WebhookSecrets> => {
    loading ??= load();
    const mine = loading;
    try {
      return await mine;
    } catch (failure) {
      if (loading === mine) loading = undefined;
      throw failure;
    }
  };
  // Whoever asks next is told of a failure, by the attempt of its own.
  fetchSecrets().catch(() => undefined);
  return fetchSecrets;
}

async function valueOf(value: string | undefined, parameter: string | undefined, fetchParameter: FetchParameter): Promise<string | undefined> {
  return parameter === undefined ? value : await fetchParameter(parameter);
}

/** The SSM client is loaded only where a parameter is named. */
const lazyFetchParameter: FetchParameter = async (name) => {
  const { makeFetchParameter } = await import("@octally/shared/parameter");
  return makeFetchParameter()(name);
};
