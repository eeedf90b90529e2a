/**
 * Short lists of several repositories become one part: a request for each would be most of what a load of many small repositories costs.
 * Pure.
 */
import type { Kind } from "@octally/model/define-kind";
import { severalDocument, severalNamesDocument, type SeveralRead } from "@octally/model/graphql-several";
import type { GraphqlListing, Listing, NodeNames, ParentListing } from "@octally/model/sources";
import type { BackfillJob } from "@octally/shared/sync-job";
import { kindOf } from "./kind-of.ts";
import { listingOf, type Counts } from "./plan-parts.ts";

/** A list of a repository, its rank among those of its repository, the repository's node id, and what GitHub counts there. */
export type PlannedList = { readonly job: BackfillJob; readonly rank: number; readonly nodeId: string | undefined; readonly counts: Counts };

type Short = PlannedList & { readonly nodeId: string; readonly length: number };

/** GitHub times out on many repositories with counts in one query; these are lighter, and halved where they are not. */
const MOST_REPOSITORIES = 50;
/** Of things that nothing hangs from. */
const FLAT_PAGES = 5;

/** The same lists, of which those that fit into a request together are one part. In the order of their ranks. */
export function planSmall(kinds: readonly Kind[], planned: readonly PlannedList[]): readonly BackfillJob[] {
  const groups = Map.groupBy(planned, ({ job: { list } }) => `${list.kind}:${list.way}`);
  const jobs = [...groups.values()].flatMap((group) => planGroup(kinds, group));
  return jobs.toSorted((a, b) => a.rank - b.rank).map(({ job }) => job);
}

type Ranked = Pick<PlannedList, "job" | "rank">;

function planGroup(kinds: readonly Kind[], group: readonly PlannedList[]): readonly Ranked[] {
  const read = readOf(kinds, group[0]?.job);
  if (read === undefined) return group;
  const lengths = group.map((one) => lengthOf(kinds, one));
  const short = group.flatMap((one, index): Short[] => {
    const length = lengths[index];
    return length === undefined || length === 0 || length > read.list.pageSize || one.nodeId === undefined || one.job.repository === null ? [] : [{ ...one, nodeId: one.nodeId, length }];
  });
  const most = read.list.pageSize * (read.list.nested.length === 0 ? FLAT_PAGES : 1);
  const packs = packsOf(short.toSorted((a, b) => b.length - a.length), most);
  const together = new Set(packs.flatMap((pack) => pack.map(({ job }) => job)));
  return [...group.filter(({ job }) => !together.has(job)), ...packs.flatMap((pack) => toRanked(pack))];
}

/** Longest first: the first of a pack says how many are asked of each. */
function packsOf(short: readonly Short[], most: number): readonly (readonly Short[])[] {
  const packs: Short[][] = [];
  for (const one of short) {
    const pack = packs.at(-1);
    const longest = pack?.[0]?.length ?? 0;
    if (pack !== undefined && pack.length < MOST_REPOSITORIES && (pack.length + 1) * longest <= most) pack.push(one);
    else packs.push([one]);
  }
  return packs.filter(({ length }) => length > 1);
}

function toRanked(pack: readonly Short[]): readonly Ranked[] {
  const [longest] = pack;
  if (longest === undefined) return [];
  const { run, list } = longest.job;
  const repositories = pack.flatMap(({ job: { repository }, nodeId }) => (repository === null ? [] : [{ ...repository, node_id: nodeId }]));
  const part = `${run}:several:${list.kind}:${list.way}:${repositories[0]?.id ?? 0}`;
  const expected = pack.every(({ job }) => job.expected !== null) ? pack.reduce((sum, { job }) => sum + (job.expected ?? 0), 0) : null;
  return [{ rank: longest.rank, job: { ...longest.job, part, repository: null, expected, small: { first: longest.length, repositories } } }];
}

/** A part of its own for one of several, where there is more to it than a page. */
export function aloneJob(job: BackfillJob, repository: { readonly id: number; readonly name_with_owner: string }): BackfillJob {
  const { small: _, ...rest } = job;
  return { ...rest, part: `${job.run}:${repository.id}:${job.list.kind}:${job.list.way}`, turn: 0, repository, expected: null };
}

function lengthOf(kinds: readonly Kind[], { job, counts }: PlannedList): number | undefined {
  const listing = listingOf({ kind: kindOf(kinds, job.list.kind), way: job.list.way });
  return isSeveral(listing) ? counts.get(listing.by === "graphql" ? job.list.kind : listing.named?.by === "graphql" ? listing.named.from : listing.parent) : undefined;
}

function readOf(kinds: readonly Kind[], job: BackfillJob | undefined): SeveralRead | undefined {
  const listing = job === undefined ? undefined : listingOf({ kind: kindOf(kinds, job.list.kind), way: job.list.way });
  // In the order of changes a list is not read to its end.
  return job === undefined || job.since !== null || !isSeveral(listing) ? undefined : severalRead(kinds, job, listing).read;
}

function isSeveral(listing: Listing | undefined): listing is (GraphqlListing & { readonly of: "repository" }) | ParentListing {
  return (listing?.by === "graphql" && listing.of === "repository") || (listing?.by === "parent" && listing.named?.by !== "rest");
}

export type SeveralPlan = {
  readonly kind: Kind;
  readonly wanted: { readonly whole: boolean; readonly children: readonly string[] };
  readonly read: SeveralRead;
  /** The lists only name things of the kind: so many are asked for at once. */
  readonly named: { readonly names: Extract<NodeNames, { by: "graphql" }>; readonly atOnce: number } | null;
};

/** How the lists of such a part are read: of which kind their things are, and what is wanted of each. */
export function severalRead(kinds: readonly Kind[], { list }: BackfillJob, listing: Listing | undefined): SeveralPlan {
  const own = kindOf(kinds, list.kind);
  if (!isSeveral(listing)) throw new RangeError(`The list ${list.way} of ${list.kind} is not read of several repositories at once.`);
  const kind = listing.by === "parent" ? kindOf(kinds, listing.parent) : own;
  const wanted = listing.by === "parent" ? { whole: false, children: [own.name, ...list.with] } : { whole: true, children: list.with };
  const names = listing.by === "parent" && listing.named?.by === "graphql" ? listing.named : undefined;
  if (names === undefined) return { kind, wanted, read: severalDocument(kinds, kind, listing, wanted), named: null };
  return { kind, wanted, read: severalNamesDocument(names), named: { names, atOnce: listing.by === "parent" ? listing.first : 100 } };
}
