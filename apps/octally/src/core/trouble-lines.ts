/** The lists that a load could not read, in lines for a person: those that lack the same are told together. Pure. */
import type { PartNote } from "@octally/store/runs";

const MOST_PLACES = 3;

/** Below what is the matter, of which kinds and where. */
export function troubleLines(troubles: readonly PartNote[]): readonly string[] {
  return [...Map.groupBy(troubles, matterOf)].flatMap(([matter, group]) => [matter, ...placesOf(group).map((line) => `  ${line}`)]);
}

function matterOf({ state, reason, missing_permission: permission }: PartNote): string {
  return [`${state}:`, ...(permission === null || permission === "" ? [] : [`it takes ${permission}.`]), reason ?? ""].join(" ").trimEnd();
}

/** Kinds that are missed in the same places are one line. */
function placesOf(group: readonly PartNote[]): readonly string[] {
  const byKind = Map.groupBy(group, ({ kind }) => kind ?? "repositories");
  const kinds = [...byKind].map(([kind, notes]) => ({ kind, places: [...new Set(notes.map(({ repository, source }) => repository ?? source))].toSorted() }));
  return [...Map.groupBy(kinds, ({ places }) => places.join(" ")).values()].map((same) => `${same.map(({ kind }) => kind).toSorted().join(", ")} of ${shortened(same[0]?.places ?? [])}`);
}

function shortened(places: readonly string[]): string {
  const more = places.length - MOST_PLACES;
  return more > 1 ? `${places.slice(0, MOST_PLACES).join(", ")} and ${more} more` : places.join(", ");
}
