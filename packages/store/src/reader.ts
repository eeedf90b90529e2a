/**
 * Reads for services that compare the store with something: groups with their sizes, documents one after another, which of some ids are
 * there. Searches see what was written a refresh ago (a second), and only what is not deleted unless it is asked for.
 */
import type { Client } from "@opensearch-project/opensearch";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import * as z from "zod";
import { callStore, isStoreAnswer } from "./client.ts";
import { allAlias, DEFAULT_PREFIX, readAlias } from "./names.ts";

export type FieldValue = string | number | boolean;

/** All of it must hold. Field names are paths: `repository.id`. */
export type Where = {
  readonly is?: Readonly<Record<string, readonly FieldValue[]>>;
  /** At or after; ISO 8601. */
  readonly since?: Readonly<Record<string, string>>;
  /** Has no value. */
  readonly lacks?: readonly string[];
};

export type GroupQuery = {
  readonly kind: string;
  /** A document with several values stands in a group for each; one without any in that of null. */
  readonly by: readonly [string, ...string[]];
  /** Sums this number field. */
  readonly sum?: string;
  readonly where?: Where;
  readonly withDeleted?: boolean;
};
export type Group = { readonly key: readonly (FieldValue | null)[]; readonly count: number; readonly sum: number };

export type ScanQuery = {
  readonly kind: string;
  readonly where?: Where;
  /** Only these fields; default all. */
  readonly fields?: readonly string[];
  /** A field with one value in each document, and another in each: the order. */
  readonly by: string;
  readonly withDeleted?: boolean;
};

export type StoreReader = {
  readonly groups: (query: GroupQuery) => Promise<readonly Group[]>;
  readonly scan: (query: ScanQuery) => AsyncGenerator<JsonObject, void, undefined>;
  /** Which of these are there, deleted ones among them. */
  readonly existing: (kind: string, ids: readonly string[]) => Promise<ReadonlySet<string>>;
};

const PAGE = 1000;

const groupsAnswer = z.object({
  aggregations: z.object({
    groups: z.object({
      after_key: z.record(z.string(), z.unknown()).optional(),
      buckets: z.array(z.object({ key: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])), doc_count: z.number(), sum: z.object({ value: z.number() }).optional() })),
    }),
  }),
});
const hitsAnswer = z.object({ hits: z.object({ hits: z.array(z.object({ _id: z.string(), _source: z.unknown().optional(), sort: z.array(z.unknown()).optional() })) }) });

export function makeStoreReader(client: Client, prefix = DEFAULT_PREFIX): StoreReader {
  const aliasOf = (kind: string, withDeleted: boolean | undefined): string => (withDeleted === true ? allAlias(prefix, kind) : readAlias(prefix, kind));
  /** Undefined where the index was never made. */
  async function search(index: string, body: object): Promise<unknown> {
    try {
      return (await callStore(() => client.search({ index, body }))).body;
    } catch (error) {
      if (isStoreAnswer(error, "index_not_found_exception")) return undefined;
      throw error;
    }
  }

  return {
    async groups({ kind, by, sum, where = {}, withDeleted }) {
      const sources = by.map((field, place) => ({ [String(place)]: { terms: { field, missing_bucket: true } } }));
      const aggs = sum === undefined ? {} : { aggs: { sum: { sum: { field: sum } } } };
      const found: Group[] = [];
      let after: Readonly<Record<string, unknown>> | undefined;
      do {
        const composite = { size: PAGE, sources, ...(after === undefined ? {} : { after }) };
        const answer = await search(aliasOf(kind, withDeleted), { size: 0, query: toQuery(where), aggs: { groups: { composite, ...aggs } } });
        if (answer === undefined) return [];
        const { groups } = groupsAnswer.parse(answer).aggregations;
        found.push(...groups.buckets.map(({ key, doc_count: count, sum: total }) => ({ key: by.map((_, place) => key[String(place)] ?? null), count, sum: total?.value ?? 0 })));
        after = groups.after_key;
      } while (after !== undefined);
      return found;
    },
    async *scan({ kind, where = {}, fields, by, withDeleted }) {
      let after: readonly unknown[] | undefined;
      do {
        const answer = await search(aliasOf(kind, withDeleted), {
          size: PAGE,
          query: toQuery(where),
          sort: [{ [by]: "asc" }],
          ...(fields === undefined ? {} : { _source: fields }),
          ...(after === undefined ? {} : { search_after: after }),
        });
        if (answer === undefined) return;
        const { hits } = hitsAnswer.parse(answer).hits;
        for (const { _source: document } of hits) if (isJsonObject(document)) yield document;
        after = hits.length < PAGE ? undefined : hits.at(-1)?.sort;
      } while (after !== undefined);
    },
    async existing(kind, ids) {
      const found = new Set<string>();
      for (let start = 0; start < ids.length; start += PAGE) {
        const answer = await search(allAlias(prefix, kind), { size: PAGE, _source: false, query: { ids: { values: ids.slice(start, start + PAGE) } } });
        if (answer === undefined) break;
        for (const { _id: id } of hitsAnswer.parse(answer).hits.hits) found.add(id);
      }
      return found;
    },
  };
}

function toQuery({ is = {}, since = {}, lacks = [] }: Where): object {
  const filter = [
    ...Object.entries(is).map(([field, values]) => ({ terms: { [field]: values } })),
    ...Object.entries(since).map(([field, gte]) => ({ range: { [field]: { gte } } })),
  ];
  return { bool: { filter, must_not: lacks.map((field) => ({ exists: { field } })) } };
}
