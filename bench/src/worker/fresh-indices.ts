/** Runs a writer on indices that are new and empty, proves that all of it arrived, and leaves nothing behind for the next one. */
import { kinds } from "@octally/model/registry";
import { delivery } from "@octally/model/own/delivery";
import { ownKinds } from "@octally/model/own/registry";
import { bootstrapStore, ensureShelf } from "@octally/store/bootstrap";
import { makeStoreClient } from "@octally/store/client";
import { shelfOf } from "@octally/store/names";
import { toVersion } from "@octally/model/version";
import { countDocuments } from "../system/count-documents.ts";

/** What `write` gives. `expected` null: `write` looks for itself. `wanted`: of which of GitHub's kinds; each index takes a while. @throws when the number of documents afterwards is another than expected */
export async function withFreshIndices<T>(openSearchUrl: string, prefix: string, expected: number | null, write: () => Promise<T>, wanted: readonly string[] = kinds.map(({ name }) => name)): Promise<T> {
  const client = makeStoreClient(openSearchUrl);
  try {
    await bootstrapStore(client, [...kinds.filter(({ name }) => wanted.includes(name)), ...ownKinds], { prefix });
    // The month's index, which a writer otherwise makes when it first misses it.
    await ensureShelf(client, delivery, shelfOf(delivery, toVersion(new Date().toISOString(), new Date().toISOString())), prefix);
    const result = await write();
    const stored = expected === null ? null : await countDocuments(openSearchUrl, `${prefix}-*`);
    if (stored !== expected) throw new Error(`${stored} documents were stored, ${expected} were expected.`);
    return result;
  } finally {
    const { body } = await client.indices.get({ index: `${prefix}-*`, allow_no_indices: true });
    const indices = Object.keys(body);
    if (indices.length > 0) await client.indices.delete({ index: indices });
    await client.close();
  }
}
