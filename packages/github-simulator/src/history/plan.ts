/** What is decided before anything happens: which repositories there will be, when, and how many pull requests each gets and when. */
import type { Millis } from "../world/entities.ts";
import type { Random, Streams } from "./random.ts";
import type { HistoryOptions } from "./options.ts";
import { DAY, HOUR, YEAR } from "./calendar.ts";
import { repositoryName } from "./names.ts";

export type PlacePlan = {
  readonly number: number;
  readonly name: string;
  readonly bornAt: Millis;
  /** When it is archived or deleted; the history's end for those that live on. */
  readonly endsAt: Millis;
  readonly fate: "lives" | "archived" | "deleted";
  /** When pull requests are opened (or, by night, when somebody is about to): ascending. */
  readonly pullRequestsAt: readonly Millis[];
  /** Before the history's end; later ones are decided as time goes on. */
  readonly releasesAt: readonly Millis[];
  readonly visibility: "public" | "private" | "internal";
  /** Pull requests in a millisecond, after the history's end. */
  readonly paceAfter: number;
};

/** Some more than asked for are made and deleted again. */
const DELETED_SHARE = 0.02;
const ARCHIVED_SHARE = 0.07;

export function planPlaces(options: HistoryOptions, streams: Streams): readonly PlacePlan[] {
  const random = streams("plan");
  const extra = Math.round(options.repositories * DELETED_SHARE) + (options.richness === "full" ? 1 : 0);
  const sketches = Array.from({ length: options.repositories + extra }, (_, number) => sketch(options, random, number, number >= options.repositories));
  const counts = shareOut(options.pullRequests, sketches.slice(0, options.repositories).map(({ weight }) => weight));
  return sketches.map((place, number) => {
    const ofPlace = streams("plan of repository", number);
    const count = counts[number] ?? ofPlace.count(2);
    const releasesAt = releaseTimes(place, options, ofPlace);
    const pullRequestsAt = Array.from({ length: count }, () => momentIn(place, releasesAt, ofPlace)).toSorted((one, other) => one - other);
    return { number, name: repositoryName(number), ...place, releasesAt, pullRequestsAt, paceAfter: place.fate === "lives" ? (1.2 * (count + 0.5)) / Math.max(DAY, place.endsAt - place.bornAt) : 0 };
  });
}

type Sketch = Pick<PlacePlan, "bornAt" | "endsAt" | "fate" | "visibility"> & { readonly weight: number };

function sketch({ start, end, repositories }: HistoryOptions, random: Random, number: number, toBeDeleted: boolean): Sketch {
  const length = end - start;
  const founding = number === 0 || random.chance(0.35);
  const bornAt = founding ? start + random.between(0, Math.min(3 * DAY, length / 50)) + number : start + length * 0.85 * random.next() ** 1.3;
  const rest = end - bornAt;
  // The first of them, which the rare things happen to, lives on.
  const archived = !toBeDeleted && number > 3 && repositories > 5 && rest > length / 4 && random.chance(ARCHIVED_SHARE);
  const fate = toBeDeleted ? "deleted" : archived ? "archived" : "lives";
  const endsAt = fate === "lives" ? end : bornAt + rest * random.between(0.5, 0.95);
  const visibility = number < 3 || !random.chance(0.12) ? "public" : random.chance(0.3) ? "internal" : "private";
  return { bornAt, endsAt, fate, visibility, weight: (random.logNormal(1, 1.3) * (endsAt - bornAt)) / length };
}

/** Whole numbers in proportion to the weights, with exactly this sum; nobody stays without where there is enough for all. */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const least = total >= 3 * weights.length ? 1 : 0;
  const free = total - least * weights.length;
  const sum = weights.reduce((one, other) => one + other, 0);
  const exact = weights.map((weight) => (free * weight) / sum);
  const counts = exact.map((share) => Math.floor(share));
  const missing = free - counts.reduce((one, other) => one + other, 0);
  const byRemainder = exact.map((share, index) => ({ index, remainder: share - Math.floor(share) })).toSorted((one, other) => other.remainder - one.remainder || one.index - other.index);
  const raised = new Set(byRemainder.slice(0, missing).map(({ index }) => index));
  return counts.map((count, index) => count + least + (raised.has(index) ? 1 : 0));
}

function releaseTimes({ bornAt, endsAt }: Sketch, { ratios, start, end }: HistoryOptions, random: Random): Millis[] {
  // In a short history releases come faster, so that there are some.
  const mean = Math.min(YEAR, (end - start) * 1.5) / Math.max(0.01, ratios.releasesPerRepositoryAndYear);
  const times: Millis[] = [];
  for (let at = bornAt + mean * random.between(0.2, 1.2); at < endsAt - HOUR && ratios.releasesPerRepositoryAndYear > 0; at += mean * random.between(0.5, 1.5)) times.push(at);
  return times;
}

/** A third of the work is done in the days before a release; the rest grows slowly over the years. */
function momentIn({ bornAt, endsAt }: Sketch, releasesAt: readonly Millis[], random: Random): Millis {
  const first = bornAt + 10 * 60_000;
  const release = random.chance(0.33) ? random.pickMaybe(releasesAt) : undefined;
  const at = release === undefined ? bornAt + (endsAt - bornAt) * random.next() ** 0.8 : release - random.exponential(6 * DAY);
  return Math.min(Math.max(at, first + random.next() * DAY), Math.max(first, endsAt - random.between(0.1, 10) * HOUR));
}
