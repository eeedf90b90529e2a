/** The edge to SSM's parameters, where secrets are. Region, credentials and endpoint come from the SDK's own environment. */
import { GetParameterCommand, ParameterNotFound, SSMClient } from "@aws-sdk/client-ssm";
import { TransientError } from "./errors.ts";

/** The decrypted value. @throws TransientError `parameter-unavailable`: also for one that is missing or empty, because somebody may put it there */
export type FetchParameter = (name: string) => Promise<string>;

/** The intake has ten seconds for everything. */
export function makeSsmClient(requestTimeoutMs = 3000): SSMClient {
  return new SSMClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 1000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true } });
}

export function makeFetchParameter(client: Pick<SSMClient, "send"> = makeSsmClient()): FetchParameter {
  return async (name) => {
    const value = await read(client, name);
    if (value === undefined || value === "") throw new TransientError("parameter-unavailable", `The SSM parameter ${name} is empty.`);
    return value;
  };
}

async function read(client: Pick<SSMClient, "send">, name: string): Promise<string | undefined> {
  try {
    const answer = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return answer.Parameter?.Value;
  } catch (cause) {
    if (cause instanceof ParameterNotFound) throw new TransientError("parameter-unavailable", `The SSM parameter ${name} does not exist in this account and region. Put it there (docs/deploy.md).`, { cause });
    throw new TransientError("parameter-unavailable", `The SSM parameter ${name} cannot be read: is the role allowed ssm:GetParameter, and its key's kms:Decrypt?`, { cause });
  }
}
