/** How far runs are, by their parts: no counter is shared, so none can be wrong. */
import type { Client } from "@opensearch-project/opensearch";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import * as z from "zod";
import { callStore, isStoreAnswer } from "./client.ts";
import { allAlias, DEFAULT_PREFIX, readAlias } from "./names.ts";

export type KindProgress = {
  /** Null: the discovery of the sources. */
  readonly kind: string | null;
  readonly parts: number;
  readonly over: number;
  /** GitHub's count, of the parts that have one; null where none has. */
  readonly expected: number | null;
  readonly seen: number;
  /** Of them, those of the parts that GitHub counted. */
  readonly seen_counted: number;
  readonly written: number;
  readonly superseded: number;
  readonly gaps: number;
  readonly requests: number;
  readonly points: number;
};

/** A part that did not come to a good end, or waits. */
export type PartNote = { readonly source: string; readonly kind: string | null; readonly repository: string | null; readonly state: string; readonly reason: string | null; readonly missing_permission: string | null; /** What is not there because of it. */ readonly missing_kinds: readonly string[] };

export type RunProgress = {
  readonly run: string;
  readonly parts: number;
  readonly over: number;
  readonly done: number;
  readonly kinds: readonly KindProgress[];
  /** Of those that failed, cannot be seen or are gone: at most a thousand. */
  readonly troubles: readonly PartNote[];
  /** ISO 8601: until when the first of the waiting parts waits; null: none does. */
  readonly waiting_until: string | null;
  /** What it waits for, as "code: message"; null: its turn. */
  readonly waiting_for: string | null;
};

/** All parts of a run together. */
export type RunSums = {
  /** How many parts are in each state. */
  readonly states: Readonly<Record<string, number>>;
  /** GitHub's count, of the parts that have one; null where none has. */
  readonly expected: number | null;
} & Readonly<Record<"seen" | "written" | "superseded" | "gaps" | "requests" | "points", number>>;

export type RunReads = {
  /** `fresh`: as they are now; else as they were a second or so ago, at no cost. */
  readonly sumsOf: (run: string, options: { readonly fresh: boolean }) => Promise<RunSums>;
  readonly progressOf: (run: string) => Promise<RunProgress>;
  readonly readParts: (run: string) => AsyncGenerator<readonly JsonObject[], void, undefined>;
  /** Ids that begin so, newest first. */
  readonly findRuns: (prefix: string) => Promise<readonly string[]>;
};

const MOST_KINDS = 200;
const MOST_NOTES = 1000;
const MOST_RUNS = 50;
const PAGE = 1000;

const sum = z.object({ value: z.number() });
const bucket = z.object({ key: z.string(), doc_count: z.number(), over: z.object({ doc_count: z.number() }), counted: z.object({ doc_count: z.number(), seen: sum }), expected: sum, seen: sum, written: sum, superseded: sum, gaps: sum, requests: sum, points: sum });
const progressAnswer = z.object({
  hits: z.object({ total: z.object({ value: z.number() }), hits: z.array(z.object({ _source: z.unknown() })) }),
  aggregations: z.object({ kinds: z.object({ buckets: z.array(bucket) }), done: z.object({ doc_count: z.number() }), waiting: z.object({ until: z.object({ value_as_string: z.string().optional() }), first: z.object({ hits: z.object({ hits: z.array(z.object({ _source: z.object({ reason: z.string().nullish() }) })) }) }) }) }),
});
const sumsAnswer = z.object({
  aggregations: z.object({ states: z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.number() })) }), counted: z.object({ doc_count: z.number() }), expected: sum, seen: sum, written: sum, superseded: sum, gaps: sum, requests: sum, points: sum }),
});
const note = z.object({ source: z.string(), kind: z.string().nullable(), repository: z.object({ name_with_owner: z.string() }).nullable(), state: z.string(), reason: z.string().nullable(), missing_permission: z.string().nullable(), missing_kinds: z.array(z.string()).default([]) });
const hitsAnswer = z.object({ _scroll_id: z.string().optional(), hits: z.object({ hits: z.array(z.object({ _id: z.string(), _source: z.unknown().optional() })) }) });

const OVER = { terms: { state: ["done", "failed", "cannot-see", "gone"] } };
const TROUBLE = { terms: { state: ["failed", "cannot-see", "gone"] } };
const COUNTED = { exists: { field: "expected" } };
const NONE = { value: 0 };
const NO_SUMS = { states: { buckets: [] }, counted: { doc_count: 0 }, expected: NONE, seen: NONE, written: NONE, superseded: NONE, gaps: NONE, requests: NONE, points: NONE };
const SUMS = Object.fromEntries(["expected", "seen", "written", "superseded", "gaps", "requests", "points"].map((name) => [name, { sum: { field: name } }]));

export function makeRunReads(client: Client, prefix = DEFAULT_PREFIX): RunReads {
  const parts = allAlias(prefix, "sync-part");
  return {
    async sumsOf(run, { fresh }) {
      const body = { size: 0, query: { term: { run } }, aggs: { states: { terms: { field: "state" } }, counted: { filter: COUNTED }, ...SUMS } };
      const answer = await noneIfMissing(undefined, async () => {
        if (fresh) await client.indices.refresh({ index: parts });
        return sumsAnswer.parse((await client.search({ index: parts, body: body as Record<string, unknown> })).body);
      });
      const { states, counted, expected, seen, written, superseded, gaps, requests, points } = answer?.aggregations ?? NO_SUMS;
      return {
        states: Object.fromEntries(states.buckets.map(({ key, doc_count: count }) => [key, count])),
        expected: counted.doc_count === 0 ? null : expected.value,
        seen: seen.value,
        written: written.value,
        superseded: superseded.value,
        gaps: gaps.value,
        requests: requests.value,
        points: points.value,
      };
    },
    async progressOf(run) {
      const body = {
        size: MOST_NOTES,
        track_total_hits: true,
        query: { term: { run } },
        post_filter: TROUBLE,
        _source: ["source", "kind", "repository", "state", "reason", "missing_permission", "missing_kinds"],
        aggs: {
          kinds: { terms: { field: "kind", missing: "", size: MOST_KINDS }, aggs: { over: { filter: OVER }, counted: { filter: COUNTED, aggs: { seen: { sum: { field: "seen" } } } }, ...SUMS } },
          done: { filter: { term: { state: "done" } } },
          waiting: { filter: { term: { state: "waiting" } }, aggs: { until: { min: { field: "not_before" } }, first: { top_hits: { size: 1, sort: [{ not_before: { order: "asc", missing: "_last" } }], _source: ["reason"] } } } },
        },
      };
      const answer = await noneIfMissing(undefined, async () => {
        await client.indices.refresh({ index: parts });
        return progressAnswer.parse((await client.search({ index: parts, body: body as Record<string, unknown> })).body);
      });
      const buckets = answer?.aggregations.kinds.buckets ?? [];
      const kinds = buckets.map(({ key, doc_count: count, over, counted, ...sums }) => ({
        kind: key === "" ? null : key,
        parts: count,
        over: over.doc_count,
        expected: counted.doc_count === 0 ? null : sums.expected.value,
        seen: sums.seen.value,
        seen_counted: counted.seen.value,
        written: sums.written.value,
        superseded: sums.superseded.value,
        gaps: sums.gaps.value,
        requests: sums.requests.value,
        points: sums.points.value,
      }));
      const troubles = (answer?.hits.hits ?? []).map(({ _source }) => {
        const { repository, ...rest } = note.parse(_source);
        return { ...rest, repository: repository?.name_with_owner ?? null };
      });
      return {
        run,
        parts: kinds.reduce((all, one) => all + one.parts, 0),
        over: kinds.reduce((all, one) => all + one.over, 0),
        done: answer?.aggregations.done.doc_count ?? 0,
        kinds,
        troubles,
        waiting_until: answer?.aggregations.waiting.until.value_as_string ?? null,
        waiting_for: answer?.aggregations.waiting.first.hits.hits[0]?._source.reason ?? null,
      };
    },
    async *readParts(run) {
      let current = await noneIfMissing(undefined, async () => {
        await client.indices.refresh({ index: parts });
        return hitsAnswer.parse((await client.search({ index: parts, scroll: "1m", size: PAGE, body: { query: { term: { run } }, sort: ["_doc"] } })).body);
      });
      while (current !== undefined && current.hits.hits.length > 0) {
        yield current.hits.hits.map(({ _source }) => _source).filter(isJsonObject);
        const scrollId = current._scroll_id;
        if (scrollId === undefined) return;
        current = hitsAnswer.parse((await callStore(() => client.scroll({ body: { scroll_id: scrollId, scroll: "1m" } }))).body);
      }
    },
    findRuns: (beginning) =>
      noneIfMissing([], async () => {
        const index = readAlias(prefix, "sync-run");
        await client.indices.refresh({ index });
        const answer = await client.search({ index, body: { size: MOST_RUNS, _source: false, query: { prefix: { id: beginning } }, sort: [{ started_at: "desc" }] } });
        return hitsAnswer.parse(answer.body).hits.hits.map(({ _id }) => _id);
      }),
  };
}

async function noneIfMissing<T>(none: T, read: () => Promise<T>): Promise<T> {
  try {
    return await callStore(read);
  } catch (error) {
    if (isStoreAnswer(error, "index_not_found_exception")) return none;
    throw error;
  }
}
