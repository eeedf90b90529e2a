/**
 * Counts: what GitHub says there is, what the store holds, what is on its way, what was known before; from these what is to be thought
 * and done. Orders go out before the coverages are written: killed in between, the next check orders the very same runs again.
 */
import type { Kind } from "@octally/model/define-kind";
import type { Call } from "@octally/github/call";
import { toJobMessage, type SyncJob } from "@octally/shared/sync-job";
import { busyOf, type OnItsWay } from "./core/busy.ts";
import { compareCounts, type Found, type OrderedInventory } from "./core/compare-counts.ts";
import { byPermission, CREDENTIALS, HIDDEN_PERMISSION, notCountableBecause, type Expected } from "./core/count-answer.ts";
import type { Coverage } from "./core/coverage.ts";
import { levelOf, placeKey } from "./core/place.ts";
import { planCounts } from "./core/plan-counts.ts";
import { belongsTo, isCounted, parseSource } from "./core/source.ts";
import { countStore, toldBy, type StoredCounts } from "./count-store.ts";
import { readCoverages, readReports, writeCoverages } from "./coverage-store.ts";
import { countAtGitHub, type Counting, type Move } from "./edges/count-at-github.ts";
import { findPlaces, findStoredPlaces, type FoundPlace } from "./find-places.ts";
import { refusalOf } from "./refusal.ts";
import type { Allowance, CheckerPorts } from "./ports.ts";
import { readOnItsWay } from "./read-on-its-way.ts";

export type CountsOptions = Allowance & {
  readonly sources: readonly string[];
  readonly repair: boolean;
  /** Inventories in one check. */
  readonly mostRepairs: number;
};

export type CountsReport = { readonly coverages: readonly Coverage[]; readonly orders: readonly OrderedInventory[]; readonly refusals: readonly Refusal[]; readonly requests: number; readonly points: number };

export async function checkCounts(ports: CheckerPorts, options: CountsOptions): Promise<CountsReport> {
  const counted = await countSources(ports, options);
  const [stored, previous, way] = [await countStore(ports), await readCoverages(ports), await readOnItsWay(ports)];
  const found = foundIn(ports, counted, stored, way);
  const here = new Set(found.map(({ place }) => placeKey(place)));
  const reports = await readReports(ports, [...previous.values()].filter((coverage) => here.has(placeKey(coverage))));
  const now = ports.clock().toISOString();
  const { coverages, orders } = compareCounts(found, { previous, reports }, { now, repair: options.repair, mostRepairs: options.mostRepairs });
  await ports.jobs.sendAll([...(options.repair ? [...counted.moves.flatMap(followMove), ...counted.places.flatMap(fetchLost)] : []), ...orders.map(({ job }) => job)].map(toJobMessage));
  await writeCoverages(ports, coverages, previous, now, goneFrom(previous, here, options.sources));
  return { coverages, orders, refusals: counted.refusals, requests: counted.requests, points: counted.points };
}

/** Nobody told that it was renamed or moved: what the store holds of it follows, and its own document is fetched. */
function followMove({ org, repository, from, seenAt }: Move): readonly SyncJob[] {
  const change = from.split("/")[0]?.toLowerCase() === org.toLowerCase() ? ("renamed" as const) : ("transferred" as const);
  return [
    { type: "relocate-repository", org, repository, from, change, at: seenAt },
    { type: "refresh", kind: "repository", org, repository, subjects: [{ id: String(repository.id), key: repository.name_with_owner }], reason: "GitHub calls it by another name" },
  ];
}

function fetchLost({ place: { org, repository }, isLost }: FoundPlace): readonly SyncJob[] {
  if (isLost !== true || repository === null) return [];
  return [{ type: "refresh", kind: "repository", org, repository, subjects: [{ id: String(repository.id), key: repository.name_with_owner }], reason: "the store does not know it" }];
}

/** Repositories that the store no longer has: deleted, transferred elsewhere. */
function goneFrom(previous: ReadonlyMap<string, Coverage>, here: ReadonlySet<string>, sources: readonly string[]): readonly Coverage[] {
  const wanted = sources.map(parseSource);
  return [...previous.values()].filter((coverage) => {
    const { repository } = coverage;
    return repository !== null && !here.has(placeKey(coverage)) && wanted.some((source) => belongsTo(source, { place: { org: coverage.org, repository } }));
  });
}

/** Of a source of which nothing at all can be seen: why. */
export type Refusal = { readonly source: string; readonly reason: string };
type Counted = Counting & { readonly places: readonly FoundPlace[]; readonly refusals: readonly Refusal[] };

async function countSources(ports: CheckerPorts, options: CountsOptions): Promise<Counted> {
  let sum: Counted = { counted: new Map(), moves: [], places: [], refusals: [], requests: 0, points: 0 };
  for (const source of options.sources) {
    const one = await countSource(ports, source, options);
    sum = { counted: new Map([...sum.counted, ...one.counted]), moves: [...sum.moves, ...one.moves], places: [...sum.places, ...one.places], refusals: [...sum.refusals, ...one.refusals], requests: sum.requests + one.requests, points: sum.points + one.points };
  }
  return { ...sum, places: [...new Map(sum.places.map((place) => [placeKey(place.place), place])).values()] };
}

async function countSource(ports: CheckerPorts, source: string, { timeMs, signal }: CountsOptions): Promise<Counted> {
  try {
    const asking: Call = { purpose: "repair", kind: "coverage", ...(signal === undefined ? {} : { signal }) };
    const connected = await ports.github.clientFor(source, asking);
    if (connected.is === "not-installed") return await refused(ports, source, connected.message);
    const { github } = connected;
    const call: Call = { ...asking, deadlineMs: github.nowMs() + timeMs };
    const places = await findPlaces(ports, github, parseSource(source), call);
    const counting = await countAtGitHub(github, planCounts(ports.kinds, places.filter(isCounted)), call);
    const ofUsers = places.flatMap(({ place, counted }) => (counted === undefined ? [] : [[placeKey(place), counted] as const]));
    return { ...counting, counted: new Map([...counting.counted, ...ofUsers]), places, refusals: [] };
  } catch (thrown) {
    const message = refusalOf(thrown);
    if (message === undefined) throw thrown;
    return refused(ports, source, message);
  }
}

/** Nothing of the source can be seen. */
async function refused(ports: CheckerPorts, source: string, reason: string): Promise<Counted> {
  ports.log.warn({ source }, reason);
  const places = await findStoredPlaces(ports, parseSource(source));
  const all = new Map(ports.kinds.map(({ name }) => [name, { is: "cannot-see", permission: CREDENTIALS, reason } as const]));
  return { counted: new Map(places.map(({ place }) => [placeKey(place), all])), moves: [], places, refusals: [{ source, reason }], requests: 0, points: 0 };
}

function foundIn({ kinds }: Pick<CheckerPorts, "kinds">, { counted, places }: Counted, { stored, told }: StoredCounts, way: OnItsWay): readonly Found[] {
  const hiddenOnes = places.filter(({ place }) => place.repository !== null && hiddenIn(counted.get(placeKey(place)))?.is === "cannot-see");
  return places.flatMap(({ place, counted: own }) => {
    const level = place.repository === null ? ("organization" as const) : ("repository" as const);
    const key = placeKey(place);
    const counts = counted.get(key);
    const hidden = hiddenIn(counts);
    const heldOf = (name: string): number => stored.get(`${key} ${name}`) ?? 0;
    return kinds
      .filter((kind) => levelOf(kinds, kind) === level && own?.has(kind.name) !== false)
      .map((kind): Found => {
        const because = notCountableBecause(kind);
        const expected: Expected =
          hidden ?? counts?.get(kind.name) ?? toldWhere(byPermission(kinds, kind, counts, heldOf, ""), toldBy(kind, told, key)) ?? (because === undefined ? { is: "unknown", reason: "GitHub's node id of it is not known yet." } : byPermission(kinds, kind, counts, heldOf, because));
        const held = heldOf(kind.name);
        const unseen = kind.name === "repository" && place.repository === null ? hiddenOnes.filter((one) => one.place.org === place.org).length : 0;
        return { place, level, kind: kind.name, expected: besideHidden(expected, held, unseen), stored: held, busy: busyOf(way, place, kind.name), ...countedBy(kind) };
      });
  });
}

function countedBy({ sources: { count } }: Kind): Pick<Found, "countedBy"> {
  return count.by === "parents" ? { countedBy: count.parent } : {};
}

/** What the stored parents say of their children is no sight of these. */
function toldWhere(seen: Expected, told: Expected | undefined): Expected | undefined {
  return told !== undefined && seen.is === "cannot-see" ? seen : told;
}

/** GitHub does not count the repositories that it hides; neither are these surplus, nor may anything bury them. */
function besideHidden(expected: Expected, stored: number, unseen: number): Expected {
  if (unseen === 0 || expected.is !== "counted") return expected;
  if (expected.count + unseen !== stored) return { is: "counted", count: expected.count + unseen };
  return { is: "cannot-see", permission: HIDDEN_PERMISSION, reason: `GitHub does not show ${unseen} of them to this token: they are gone, or hidden.` };
}

/** A place of which GitHub shows nothing: then nothing is known of its other kinds either. */
function hiddenIn(counts: ReadonlyMap<string, Expected> | undefined): Expected | undefined {
  const all = [...(counts?.values() ?? [])];
  const [first] = all;
  return first?.is === "cannot-see" && all.every((expected) => expected.is === "cannot-see" && expected.reason === first.reason) ? first : undefined;
}
