/** Which lists a run reads of a repository or an organisation. Pure: the kinds' declarations decide. */
import type { Kind } from "@octally/model/define-kind";
import type { RepositoryRef } from "@octally/model/observation";
import { isNoWay, type Listing, type ParentListing, type RestListing } from "@octally/model/sources";
import type { BackfillJob, DiscoverJob } from "@octally/shared/sync-job";
import { isWhole } from "./period.ts";

/** A list, by the way of a kind's declaration. */
export type Root = { readonly kind: Kind; readonly way: number; readonly with: readonly string[]; readonly urgency: number };

export type Scope = "repository" | "organization";

/** GitHub's counts of a repository or organisation by kind; a kind that GitHub does not count is not there. */
export type Counts = ReadonlyMap<string, number>;

/** The lists that together hold all of the wanted kinds, the most telling first; what takes a request for each thing comes last. */
export function planRoots(kinds: readonly Kind[], wanted: ReadonlySet<string>, scope: Scope): readonly Root[] {
  const roots = kinds.filter(({ name }) => wanted.has(name)).flatMap((kind) => rootsOf(kinds, wanted, scope, kind));
  return roots.filter((root) => !comesByTheWay(root, roots)).toSorted((a, b) => a.urgency - b.urgency);
}

function rootsOf(kinds: readonly Kind[], wanted: ReadonlySet<string>, scope: Scope, kind: Kind): readonly Root[] {
  const { list } = kind.sources;
  // The discovery reads the repositories.
  if (isNoWay(list) || kind.name === "repository") return [];
  const [first] = list;
  // Listings by several parents complement each other; else the first is the one to load by.
  const ways = first.by === "parent" ? list.map((listing, way) => ({ listing, way })).filter(({ listing }) => listing.by === "parent") : [{ listing: first, way: 0 }];
  return ways.flatMap(({ listing, way }) => {
    if (scopeOf(kinds, listing) !== scope) return [];
    if (listing.by === "parent" && comesAlong(kinds, wanted, listing.parent, kind)) return [];
    if (isOpenedBelow(kinds, wanted, listing, kind)) return [];
    return [{ kind, way, with: [...alongWith(listing), ...(listing.by === "rest" ? (listing.below ?? []) : [])].filter((name) => wanted.has(name)), urgency: urgencyOf(listing) }];
  });
}

/** The kinds that come in the same pages. */
function alongWith(listing: Listing): readonly string[] {
  return listing.by === "graphql" ? listing.with : (listing.also ?? []);
}

/** In the pages of its parents, or of theirs. */
function comesAlong(kinds: readonly Kind[], wanted: ReadonlySet<string>, parent: string, kind: Kind): boolean {
  if (!wanted.has(parent)) return false;
  const list = kinds.find(({ name }) => name === parent)?.sources.list;
  const first = list === undefined || isNoWay(list) ? undefined : list[0];
  return first?.by === "graphql" && first.with.includes(kind.name);
}

/** What there is below a list shows when it is read: its own part opens theirs. */
function isOpenedBelow(kinds: readonly Kind[], wanted: ReadonlySet<string>, listing: Listing, { name }: Kind): boolean {
  const parent = listing.by === "parent" && listing.named?.by === "rest" ? listing.parent : isEach(listing) ? listing.of.each : undefined;
  return parent !== undefined && wanted.has(parent) && belowOf(kinds, parent).includes(name);
}

function belowOf(kinds: readonly Kind[], parent: string): readonly string[] {
  const list = kinds.find(({ name }) => name === parent)?.sources.list;
  const first = list === undefined || isNoWay(list) ? undefined : list[0];
  return first?.by === "rest" ? (first.below ?? []) : [];
}

/** The lists below the things of this one, of the wanted kinds. */
export function rootsBelow(kinds: readonly Kind[], wanted: ReadonlySet<string>, parent: string): readonly Pick<Root, "kind" | "way">[] {
  return kinds.filter(({ name }) => wanted.has(name) && belowOf(kinds, parent).includes(name)).flatMap((kind) => {
    const { list } = kind.sources;
    return isNoWay(list) ? [] : list.flatMap((listing, way) => (isOpenedBelow(kinds, new Set([parent]), listing, kind) ? [{ kind, way }] : []));
  });
}

/** The part that reads it, of the same repository. */
export function jobBelow(job: BackfillJob, { kind, way }: Pick<Root, "kind" | "way">): BackfillJob {
  return { ...job, part: `${job.run}:${job.repository?.id ?? `org:${job.org ?? ""}`}:${kind.name}:${way}`, turn: 0, list: { kind: kind.name, way, with: [] }, expected: null };
}

function scopeOf(kinds: readonly Kind[], listing: Listing): Scope | undefined {
  if (listing.by !== "parent" && typeof listing.of === "string") return listing.of;
  const parentName = listing.by === "parent" ? listing.parent : typeof listing.of === "object" ? listing.of.each : "";
  const list = kinds.find(({ name }) => name === parentName)?.sources.list;
  const way = list === undefined || isNoWay(list) ? undefined : parentListing(list);
  return way === undefined ? undefined : scopeOf(kinds, way);
}

function parentListing(list: readonly Listing[]): Listing | undefined {
  return list.find((way) => way.by !== "parent" && typeof way.of === "string");
}

/** Read from the pages of other lists (`also`), if these are all of its own. */
function comesByTheWay(root: Root, roots: readonly Root[]): boolean {
  const listing = listingOf(root);
  if (listing?.by === "parent") return roots.some((other) => other.with.includes(root.kind.name) && isSameParent(listing, listingOf(other)));
  const own = pathsOf(root);
  return own.length > 0 && own.every((path) => roots.some((other) => other.with.includes(root.kind.name) && pathsOf(other).includes(path)));
}

/** The same parents, named by the same list. */
function isSameParent(one: ParentListing, other: Listing | undefined): boolean {
  return other?.by === "parent" && other.parent === one.parent && namesOf(other) === namesOf(one);
}

/** The kind in whose list the parents are named; null where they are nested in their own. */
function namesOf({ parent, named }: ParentListing): string | null {
  if (named === undefined) return null;
  return named.by === "graphql" ? named.from : parent;
}

function pathsOf(root: Root): readonly string[] {
  const listing = listingOf(root);
  if (listing?.by !== "rest" || typeof listing.of !== "string") return [];
  return [listing.path, ...(listing.and ?? []).map(({ path }) => path)].map((path) => path.replace(/\?.*$/, ""));
}

export function listingOf({ kind, way }: Pick<Root, "kind" | "way">): Listing | undefined {
  const { list } = kind.sources;
  return isNoWay(list) ? undefined : list[way];
}

function urgencyOf(listing: Listing): number {
  if (listing.by === "graphql") return 0;
  if (listing.by === "parent") return 2;
  return isEach(listing) ? 3 : 1;
}

export function isEach(listing: Listing): listing is RestListing & { readonly of: { readonly each: string } } {
  return listing.by === "rest" && typeof listing.of === "object";
}

/** What the lists of a place are asked for: those that GitHub counts as empty are left out. */
export function planJobs(
  roots: readonly Root[],
  { run, source, since, until }: Pick<DiscoverJob, "run" | "source" | "since" | "until">,
  place: { readonly org: string | null; readonly org_id: number | null; readonly repository: RepositoryRef | null },
  counts: Counts,
): readonly BackfillJob[] {
  return roots.flatMap((root) => {
    if (isEmpty(root, counts)) return [];
    const owner = place.repository === null ? `org:${place.org ?? ""}` : String(place.repository.id);
    return [
      {
        type: "backfill" as const,
        run,
        source,
        since,
        until,
        part: `${run}:${owner}:${root.kind.name}:${root.way}`,
        turn: 0,
        ...place,
        list: { kind: root.kind.name, way: root.way, with: [...root.with] },
        expected: isWhole({ since, until }) ? (counts.get(root.kind.name) ?? null) : null,
      },
    ];
  });
}

function isEmpty(root: Root, counts: Counts): boolean {
  const none = (...names: readonly string[]): boolean => names.every((name) => counts.get(name) === 0);
  // To GitHub's lists of issues and their comments a pull request is an issue.
  if (pathsOf(root).some((path) => /\/issues\b/.test(path))) return none("issue", "pull-request");
  if (none(root.kind.name)) return true;
  const listing = listingOf(root);
  if (listing?.by === "parent" && none(namesOf(listing) ?? listing.parent)) return true;
  const parent = listing?.by === "parent" ? listing.parent : listing !== undefined && isEach(listing) ? listing.of.each : root.kind.parent;
  return parent !== undefined && none(parent);
}
