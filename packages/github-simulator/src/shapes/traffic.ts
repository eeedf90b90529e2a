/** Traffic. `days`: those of the window that GitHub still has (14), oldest first; a week starts on its Monday. */
import type { TrafficDay } from "../world/entities.ts";
import { iso, type Json } from "./shaping.ts";

export type TrafficPer = "day" | "week";
type Count = { readonly count: number; readonly uniques: number };

export function toTrafficViews(days: readonly TrafficDay[], per: TrafficPer = "day"): Json {
  return series("views", days, per, ({ views, uniqueVisitors }) => ({ count: views, uniques: uniqueVisitors }));
}

export function toTrafficClones(days: readonly TrafficDay[], per: TrafficPer = "day"): Json {
  return series("clones", days, per, ({ clones, uniqueCloners }) => ({ count: clones, uniques: uniqueCloners }));
}

/** The ten that came from most. */
export function toTrafficReferrers(days: readonly TrafficDay[]): readonly Json[] {
  return topTen(days.flatMap(({ referrers }) => referrers.map(({ name, count, uniques }) => ({ key: name, value: { referrer: name }, count, uniques }))));
}

/** As they were visited: a repository that is called otherwise by now has those of both its names. */
export function toTrafficPaths(days: readonly TrafficDay[]): readonly Json[] {
  return topTen(days.flatMap(({ paths }) => paths.map(({ path, title, count, uniques }) => ({ key: path, value: { path, title }, count, uniques }))));
}

/** GitHub counts each visitor of the window once; here the unique ones of the days are added up, which is never less. */
function series(name: string, days: readonly TrafficDay[], per: TrafficPer, countOf: (day: TrafficDay) => Count): Json {
  const points = new Map<number, Count>();
  for (const day of days) {
    const start = per === "day" ? day.day : mondayOf(day.day);
    points.set(start, add(points.get(start), countOf(day)));
  }
  const total = [...points.values()].reduce(add, { count: 0, uniques: 0 });
  return { ...total, [name]: [...points].map(([day, count]) => ({ timestamp: iso(day), ...count })) };
}

function add(one: Count | undefined, other: Count): Count {
  return { count: (one?.count ?? 0) + other.count, uniques: (one?.uniques ?? 0) + other.uniques };
}

function mondayOf(day: number): number {
  return day - ((new Date(day).getUTCDay() + 6) % 7) * 86_400_000;
}

function topTen(items: readonly (Count & { readonly key: string; readonly value: Json })[]): readonly Json[] {
  const byKey = new Map<string, Count & { readonly value: Json }>();
  for (const { key, value, count, uniques } of items) byKey.set(key, { value, ...add(byKey.get(key), { count, uniques }) });
  return [...byKey.values()]
    .toSorted((one, other) => other.count - one.count)
    .slice(0, 10)
    .map(({ value, count, uniques }) => ({ ...value, count, uniques }));
}
