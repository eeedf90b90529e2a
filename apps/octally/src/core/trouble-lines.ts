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
  const missed = group.flatMap(({ kind, missing_kinds: kinds, repository, source }) => (kinds.length === 0 ? [kind ?? "repositories"] : kinds).map((name) => ({ name, place: repository ?? source })));
  const kinds = [...Map.groupBy(missed, ({ name }) => name)].map(([kind, some]) => ({ kind, places: [...new Set(some.map(({ place }) => place))].toSorted() }));
  return [...Map.groupBy(kinds, ({ places }) => places.join(" ")).values()].map((same) => `${same.map(({ kind }) => kind).toSorted().join(", ")} of ${shortened(same[0]?.places ?? [])}`);
}

function shortened(places: readonly string[]): string {
  const more = places.length - MOST_PLACES;
  return more > 1 ? `${places.slice(0, MOST_PLACES).join(", ")} and ${more} more` : places.join(", ");
}
