/** From the configuration to the secrets themselves. */
import { ConfigError } from "@octally/shared/errors";
import type { FetchParameter } from "@octally/shared/parameter";
import { type CredentialsConfig, type Secret, toPem } from "./config.ts";

export type Credentials = { readonly is: "anonymous" } | { readonly is: "token"; readonly token: string } | { readonly is: "app"; readonly appId: string; readonly privateKey: string };

/** @throws TransientError `parameter-unavailable`; ConfigError when a parameter holds something else */
export async function readCredentials(config: CredentialsConfig, fetchParameter: FetchParameter = lazyFetchParameter): Promise<Credentials> {
  switch (config.is) {
    case "anonymous":
      return config;
    case "token":
      return { is: "token", token: (await read(config.token, fetchParameter)).trim() };
    case "app": {
      const privateKey = toPem(await read(config.privateKey, fetchParameter));
      if (privateKey === undefined) throw new ConfigError(`${config.privateKey.is === "parameter" ? `The SSM parameter ${config.privateKey.name}` : "GITHUB_APP_PRIVATE_KEY"} does not hold a PEM private key.`);
      return { is: "app", appId: config.appId, privateKey };
    }
    default:
      return config satisfies never;
  }
}

function read(secret: Secret, fetchParameter: FetchParameter): string | Promise<string> {
  return secret.is === "value" ? secret.value : fetchParameter(secret.name);
}

/** The SSM client is loaded only where a parameter is named. */
const lazyFetchParameter: FetchParameter = async (name) => {
  const { makeFetchParameter } = await import("@octally/shared/parameter");
  return makeFetchParameter()(name);
};
