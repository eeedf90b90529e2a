/** A bucket for tests that are of something else. */
import type { Bucket } from "../src/bucket.ts";
import { PermanentError } from "../src/errors.ts";

export type MemoryBucket = Bucket & { readonly objects: ReadonlyMap<string, Uint8Array> };

export function makeMemoryBucket(): MemoryBucket {
  const objects = new Map<string, Uint8Array>();
  return {
    name: "memory",
    objects,
    put: async (key, body) => void objects.set(key, body),
    get: async (key) => {
      const found = objects.get(key);
      if (found === undefined) throw new PermanentError("no-such-object", key);
      return found;
    },
    async *list(prefix) {
      for (const key of [...objects.keys()].toSorted()) if (key.startsWith(prefix)) yield key;
    },
  };
}
