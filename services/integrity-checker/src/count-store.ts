/** What the store holds of each kind in each place: one grouping query a kind. */
import type { Kind } from "@octally/model/define-kind";
import type { Expected } from "./core/count-answer.ts";
import { levelOf } from "./core/place.ts";
import type { CheckerPorts } from "./ports.ts";

/** By "<place> <kind>". */
export type StoredCounts = { readonly stored: ReadonlyMap<string, number>; /** What the documents of their parents say that there are of them. */ readonly told: ReadonlyMap<string, Expected> };

export async function countStore({ reader, kinds }: Pick<CheckerPorts, "reader" | "kinds">): Promise<StoredCounts> {
  const stored = new Map<string, number>();
  const told = new Map<string, Expected>();
  for (const kind of kinds) {
    const level = levelOf(kinds, kind);
    for (const [place, { count }] of await groupsByPlace(reader, kind.name, level)) stored.set(`${place} ${kind.name}`, count);
    const { count: way } = kind.sources;
    if (way.by !== "parents") continue;
    for (const [place, { sum }] of await groupsByPlace(reader, way.parent, level, way.field)) told.set(`${place} ${kind.name}`, { is: "counted", count: sum });
  }
  return { stored, told };
}

async function groupsByPlace(reader: CheckerPorts["reader"], kind: string, level: ReturnType<typeof levelOf>, sum?: string): Promise<ReadonlyMap<string, { readonly count: number; readonly sum: number }>> {
  const places = new Map<string, { count: number; sum: number }>();
  const groups = await reader.groups({ kind, by: [level === "repository" ? "repository.id" : "org"], ...(sum === undefined ? {} : { sum }) });
  for (const { key: [value], count, sum: total } of groups) {
    if (value === null || value === undefined) continue;
    const place = level === "repository" ? String(value) : `org:${String(value).toLowerCase()}`;
    const known = places.get(place) ?? { count: 0, sum: 0 };
    places.set(place, { count: known.count + count, sum: known.sum + total });
  }
  return places;
}

/** Of a kind that is counted at its parents, where there are none of these. */
export function toldBy(kind: Kind, told: StoredCounts["told"], place: string): Expected | undefined {
  return kind.sources.count.by === "parents" ? (told.get(`${place} ${kind.name}`) ?? { is: "counted", count: 0 }) : undefined;
}
