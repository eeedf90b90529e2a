/** How the client proves to OpenSearch who it is. */
import { ConfigError } from "@octally/shared/errors";
import type { StoreAccess } from "./client.ts";

export type SigningService = "es" | "aoss";

/** The value of the parameter is never part of the message. @throws ConfigError */
export function passwordAccess(userAndPassword: string, source: string): StoreAccess {
  // A user's name has no colon, a password may.
  const [, username, password] = /^([^:\n]+):(.+)$/u.exec(userAndPassword.trim()) ?? [];
  if (username === undefined || password === undefined) throw new ConfigError(`${source} does not hold "user:password".`);
  return { auth: { username, password } };
}

/**
 * SigV4, with the credentials of the AWS SDK's default chain: on Lambda the function's role. Loaded only where it is used.
 * `es`: a domain of Amazon OpenSearch Service; `aoss`: a serverless collection.
 */
export async function signedAccess(service: SigningService, region: string): Promise<StoreAccess> {
  const [{ AwsSigv4Signer }, { defaultProvider }] = await Promise.all([import("@opensearch-project/opensearch/aws-v3"), import("@aws-sdk/credential-provider-node")]);
  return AwsSigv4Signer({ service, region, getCredentials: defaultProvider() });
}
