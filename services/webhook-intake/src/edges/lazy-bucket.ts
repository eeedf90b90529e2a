import type { Bucket } from "@octally/shared/bucket";

/**
 * The bucket, for a service that rarely needs it: the S3 client (another 230 kB) is loaded with the first body that is too
 * large for the queue. The bundle's import takes 50 ms without it and 70 ms with it.
 */
export function lazyBucket(name: string): Pick<Bucket, "name" | "put"> {
  let loading: Promise<Bucket> | undefined;
  return {
    name,
    put: async (key, body, contentType) => {
      loading ??= loadBucket(name);
      const bucket = await loading;
      await bucket.put(key, body, contentType);
    },
  };
}

async function loadBucket(name: string): Promise<Bucket> {
  const { makeBucket, makeS3Client } = await import("@octally/shared/bucket");
  return makeBucket(makeS3Client(), name);
}
