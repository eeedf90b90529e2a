/** The edge to S3: whole objects by key. Endpoint, region and credentials come from the SDK's own environment. */
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { PermanentError, TransientError } from "./errors.ts";

/** Failures are TransientError `bucket-unavailable`; a missing object is a PermanentError `no-such-object`. */
export type Bucket = {
  readonly name: string;
  readonly put: (key: string, body: Uint8Array, contentType: string) => Promise<void>;
  readonly get: (key: string) => Promise<Uint8Array>;
  /** Keys below the prefix, in S3's order (by UTF-8 bytes). */
  readonly list: (prefix: string) => AsyncIterable<string>;
};

export function makeS3Client(requestTimeoutMs = 8000): S3Client {
  return new S3Client({
    maxAttempts: 2,
    // Without `throwOnRequestTimeout` the SDK only warns of a late answer, and waits on.
    requestHandler: { connectionTimeout: 1000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
    // The SDK's default checksum trailers are refused by some S3-compatible stores; TLS and the ETag protect the transfer.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}

export function makeBucket(client: S3Client, name: string): Bucket {
  return {
    name,
    put: (key, body, contentType) =>
      translated(key, async () => {
        await client.send(new PutObjectCommand({ Bucket: name, Key: key, Body: body, ContentType: contentType }));
      }),
    get: (key) =>
      translated(key, async () => {
        const answer = await client.send(new GetObjectCommand({ Bucket: name, Key: key }));
        return answer.Body === undefined ? new Uint8Array() : await answer.Body.transformToByteArray();
      }),
    async *list(prefix) {
      try {
        for await (const page of paginateListObjectsV2({ client }, { Bucket: name, Prefix: prefix })) {
          for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
        }
      } catch (cause) {
        throw unavailable(cause);
      }
    },
  };
}

async function translated<T>(key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof NoSuchKey) throw new PermanentError("no-such-object", `The bucket has no object "${key}".`, { cause });
    throw unavailable(cause);
  }
}

function unavailable(cause: unknown): TransientError {
  return new TransientError("bucket-unavailable", "The bucket cannot be reached or refuses the call.", { cause });
}
