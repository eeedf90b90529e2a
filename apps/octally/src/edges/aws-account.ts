/** The AWS account that is deployed to: who is asking, and whether its parameters are there. Nothing here changes it. */
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { ConfigError, messageOf } from "@octally/shared/errors";

const limits = { maxAttempts: 2, requestHandler: { connectionTimeout: 4000, requestTimeout: 10_000, throwOnRequestTimeout: true } };

export type Caller = { readonly account: string; readonly arn: string };
export type ParameterKind = "secret" | "plain" | "missing";

/** @throws ConfigError that says why AWS does not know who is asking */
export async function fetchCaller(region: string): Promise<Caller> {
  const client = new STSClient({ region, ...limits });
  try {
    const { Account = "", Arn = "" } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn };
  } catch (cause) {
    throw new ConfigError(refusal(cause, region), { cause });
  } finally {
    client.destroy();
  }
}

/** Values stay encrypted and are not looked at. @throws ConfigError */
export async function fetchParameterKinds(region: string, names: readonly string[]): Promise<ReadonlyMap<string, ParameterKind>> {
  const client = new SSMClient({ region, ...limits });
  try {
    const { Parameters = [] } = await client.send(new GetParametersCommand({ Names: [...names], WithDecryption: false }));
    const types = new Map(Parameters.map(({ Name, Type }) => [Name, Type]));
    return new Map(names.map((name) => [name, !types.has(name) ? "missing" : types.get(name) === "SecureString" ? "secret" : "plain"]));
  } catch (cause) {
    throw new ConfigError(`The SSM parameters in ${region} cannot be looked at (ssm:GetParameters): ${messageOf(cause)}`, { cause });
  } finally {
    client.destroy();
  }
}

/** Messages that wait or are in hand; undefined where they cannot be counted. */
export async function countMessages(region: string, queueUrl: string): Promise<number | undefined> {
  const client = new SQSClient({ region, ...limits });
  try {
    const { Attributes = {} } = await client.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"] }));
    return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
  } catch {
    // The caller says that it is not known; that is all it would do with the reason.
    return undefined;
  } finally {
    client.destroy();
  }
}

const NO_CREDENTIALS = new Set(["CredentialsProviderError", "TokenProviderError"]);
const REFUSED = new Set(["InvalidClientTokenId", "SignatureDoesNotMatch", "ExpiredToken", "ExpiredTokenException", "AccessDenied", "AuthFailure", "UnrecognizedClientException", "IncompleteSignature"]);

function refusal(cause: unknown, region: string): string {
  const name = cause instanceof Error ? cause.name : "";
  const check = 'Check with "aws sts get-caller-identity".';
  if (NO_CREDENTIALS.has(name)) return `No AWS credentials were found. Log in ("aws sso login", "aws configure"), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. ${check} (${messageOf(cause)})`;
  if (REFUSED.has(name)) return `AWS refuses the credentials (${name}: ${messageOf(cause)}). They are wrong or have run out, or the account has not enabled the region ${region}. ${check}`;
  return `AWS does not answer in ${region} (${messageOf(cause) || name}). Is "region" in the configuration a region of AWS, and is AWS reachable from here?`;
}
