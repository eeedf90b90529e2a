/** The real OpenSearch of the test run, below an index prefix of the file's own. */
import { randomBytes } from "node:crypto";
import type { Client } from "@opensearch-project/opensearch";
import { makeStoreClient } from "../src/client.ts";

export type TestStore = { readonly client: Client; readonly prefix: string; readonly close: () => Promise<void>; readonly sourceOf: (alias: string, id: string) => Promise<unknown>; readonly sourcesIn: (alias: string) => Promise<readonly string[]> };

/** `url`: of another than the test run's. */
export function openTestStore(name: string, url = process.env["TEST_OPENSEARCH_URL"]): TestStore {
  if (url === undefined) throw new Error("TEST_OPENSEARCH_URL is not set: run the test in the project `integration`.");
  const client = makeStoreClient(url);
  const prefix = `t-${name}-${randomBytes(4).toString("hex")}`;
  return {
    client,
    prefix,
    async close() {
      await client.indices.delete({ index: `${prefix}-*`, expand_wildcards: "all" });
      await client.indices.deleteIndexTemplate({ name: `${prefix}-*` });
      await client.close();
    },
    async sourceOf(alias, id) {
      const answer = await client.get({ index: alias, id });
      return answer.body._source;
    },
    /** Every document, as text, in the order of the ids. */
    async sourcesIn(alias) {
      await client.indices.refresh({ index: alias });
      const answer = await client.search({ index: alias, size: 10_000, sort: ["_id"], body: { query: { match_all: {} } } });
      return answer.body.hits.hits.map((hit) => `${hit._index} ${hit._id} ${JSON.stringify(hit._source)}`);
    },
  };
}
