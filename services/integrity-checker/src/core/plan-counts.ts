/** Which questions count a set of places: as few as GitHub bears. Pure. */
import type { Kind } from "@octally/model/define-kind";
import { countDocument, type GraphqlDocument } from "@octally/model/graphql-documents";
import type { Level, Place } from "./place.ts";

/** A place and GitHub's node id of it. */
export type CountedPlace = { readonly place: Place; readonly nodeId: string };

export type CountPage = { readonly level: Level; readonly kinds: readonly Kind[]; readonly document: GraphqlDocument; readonly places: readonly CountedPlace[] };

/** A page of a hundred with counts times out at GitHub one time in four; fifty are safe. */
export const PLACES_A_PAGE = 50;

export function planCounts(kinds: readonly Kind[], places: readonly CountedPlace[], size = PLACES_A_PAGE): readonly CountPage[] {
  return (["organization", "repository"] as const).flatMap((level) => {
    const counted = countedAt(kinds, level);
    const wanted = places.filter(({ place }) => (place.repository === null) === (level === "organization"));
    if (counted.length === 0) return [];
    const document = countDocument(counted, level);
    return Array.from({ length: Math.ceil(wanted.length / size) }, (_, page) => ({ level, kinds: counted, document, places: wanted.slice(page * size, (page + 1) * size) }));
  });
}

export function countedAt(kinds: readonly Kind[], level: Level): readonly Kind[] {
  return kinds.filter(({ sources: { count } }) => count.by === "graphql" && count.of === level);
}
