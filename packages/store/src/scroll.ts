/** The pages of a search that scrolls: all that there was when it began, whatever is written meanwhile. */
import type { Client } from "@opensearch-project/opensearch";
import * as z from "zod";
import { callStore } from "./client.ts";

const page = z.object({ _scroll_id: z.string().optional(), hits: z.object({ hits: z.array(z.object({ _id: z.string(), _source: z.unknown() })) }) });

export type Hit = z.output<typeof page>["hits"]["hits"][number];

/** `first`: the body of the search's answer; undefined is nothing. `keep`: as the search has it, also for each page. */
export async function* scrollPages(client: Client, keep: string, first: unknown): AsyncGenerator<readonly Hit[], void, undefined> {
  let current = first === undefined ? undefined : page.parse(first);
  try {
    while (current !== undefined && current.hits.hits.length > 0) {
      yield current.hits.hits;
      const { _scroll_id: scrollId } = current;
      if (scrollId === undefined) return;
      current = page.parse((await callStore(() => client.scroll({ body: { scroll_id: scrollId, scroll: keep } }))).body);
    }
  } finally {
    const scrollId = current?._scroll_id;
    // What is not cleared ends by itself after `keep`.
    if (scrollId !== undefined) await client.clearScroll({ body: { scroll_id: [scrollId] } }).catch(() => undefined);
  }
}
