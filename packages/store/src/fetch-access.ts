/** How a service proves to the store who it is: by what its environment names. */
import type { FetchParameter } from "@octally/shared/parameter";
import type { StoreAccess } from "./client.ts";
import type { StoreConfig } from "./store-config.ts";

type AccessConfig = Pick<StoreConfig, "OPENSEARCH_SIGNING_SERVICE" | "OPENSEARCH_SIGNING_REGION" | "OPENSEARCH_CREDENTIALS_PARAMETER" | "AWS_REGION">;

/**
 * Signing and SSM are loaded only where they are used.
 * @throws TransientError when the parameter cannot be read, ConfigError when it holds something else
 */
export async function fetchStoreAccess(config: AccessConfig, fetchParameter: FetchParameter = lazyFetchParameter): Promise<StoreAccess> {
  const { OPENSEARCH_SIGNING_SERVICE: service, OPENSEARCH_CREDENTIALS_PARAMETER: parameter } = config;
  if (service === undefined && parameter === undefined) return {};
  const { passwordAccess, signedAccess } = await import("./access.ts");
  if (parameter !== undefined) return passwordAccess(await fetchParameter(parameter), `The SSM parameter ${parameter}`);
  return service === undefined ? {} : signedAccess(service, config.OPENSEARCH_SIGNING_REGION ?? config.AWS_REGION ?? "");
}

const lazyFetchParameter: FetchParameter = async (name) => {
  const { makeFetchParameter } = await import("@octally/shared/parameter");
  return makeFetchParameter()(name);
};
