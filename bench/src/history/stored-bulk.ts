/** The bulk lines by which a worker's documents would be written to indices of another prefix: read back from where they are stored. */
import { kinds } from "@octally/model/registry";
import { isJsonObject, part, textAt } from "@octally/shared/json";
import { makeStoreClient } from "@octally/store/client";
import { allAlias, writeAlias } from "@octally/store/names";
import * as z from "zod";

const PAGE = 1000;
const KEEP = "1m";
const page = z.object({ _scroll_id: z.string(), hits: z.object({ hits: z.array(z.object({ _id: z.string(), _source: z.unknown() })) }) });

/** Of GitHub's kinds; the worker's own states are not among them. One operation: its action line and its source. */
export async function readStoredBulk(openSearchUrl: string, { from, to }: { readonly from: string; readonly to: string }, wanted: readonly string[]): Promise<readonly string[]> {
  const client = makeStoreClient(openSearchUrl);
  const operations: string[] = [];
  try {
    for (const { name } of kinds.filter((kind) => wanted.includes(kind.name))) {
      const index = allAlias(from, name);
      await client.indices.refresh({ index });
      let current = page.parse((await client.search({ index, scroll: KEEP, size: PAGE, body: { sort: ["_doc"] } })).body);
      while (current.hits.hits.length > 0) {
        operations.push(...current.hits.hits.map(({ _id: id, _source: source }) => linesOf(writeAlias(to, { kind: name, month: null }), id, source)));
        current = page.parse((await client.scroll({ body: { scroll_id: current._scroll_id, scroll: KEEP } })).body);
      }
      await client.clearScroll({ body: { scroll_id: [current._scroll_id] } });
    }
    return operations;
  } finally {
    await client.close();
  }
}

/** As packages/store writes them. The version is in the document, as text: a number of its size would lose digits on the way. */
function linesOf(target: string, id: string, source: unknown): string {
  const version = isJsonObject(source) ? textAt(part(source, "octally"), "version") : undefined;
  if (version === undefined) throw new Error(`The document ${id} has no version.`);
  return `{"index":{"_index":${JSON.stringify(target)},"_id":${JSON.stringify(id)},"version":${version},"version_type":"external","require_alias":true}}\n${JSON.stringify(source)}\n`;
}
