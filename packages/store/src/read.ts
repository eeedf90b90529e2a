/** Reads of whole documents, for commands and services. */
import type { Client } from "@opensearch-project/opensearch";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import { callStore, isStoreAnswer } from "./client.ts";

/** OpenSearch's `index.max_result_window`. */
const MAX_DOCUMENTS = 10_000;

/** The newest documents of an alias by a date field, newest first; none where the alias is not there yet. */
export async function readNewest(client: Client, alias: string, dateField: string): Promise<readonly JsonObject[]> {
  return noneIfMissing(async () => {
    await client.indices.refresh({ index: alias });
    const answer = await client.search({ index: alias, body: { size: MAX_DOCUMENTS, sort: [{ [dateField]: { order: "desc" } }], query: { match_all: {} } } });
    return answer.body.hits.hits.map(({ _source }) => _source);
  });
}

/** Documents by id; those that are not there are left out. */
export async function readByIds(client: Client, alias: string, ids: readonly string[]): Promise<readonly JsonObject[]> {
  if (ids.length === 0) return [];
  return noneIfMissing(async () => {
    await client.indices.refresh({ index: alias });
    const answer = await client.search({ index: alias, body: { size: MAX_DOCUMENTS, query: { ids: { values: [...ids] } } } });
    return answer.body.hits.hits.map(({ _source }) => _source);
  });
}

async function noneIfMissing(read: () => Promise<readonly unknown[]>): Promise<readonly JsonObject[]> {
  try {
    return (await callStore(read)).filter(isJsonObject);
  } catch (error) {
    if (isStoreAnswer(error, "index_not_found_exception")) return [];
    throw error;
  }
}
