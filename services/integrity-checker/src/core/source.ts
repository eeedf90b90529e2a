/** What the checks are of: organisations, users and repositories, as `OCTALLY_SOURCES` names them. Pure. */
import type { JsonObject } from "@octally/shared/json";
import { part, numberAt, textAt } from "@octally/shared/json";
import type { CountedPlace } from "./plan-counts.ts";
import type { Place } from "./place.ts";

export type Source = { readonly owner: string; /** Null: all of the owner's repositories, and the organisation itself. */ readonly name: string | null };

export function parseSource(text: string): Source {
  const [owner = "", name = null] = text.trim().toLowerCase().split("/");
  return { owner, name };
}

export type StoredRepository = { readonly place: Place & { readonly repository: NonNullable<Place["repository"]> }; readonly nodeId: string | null; readonly owner: string };

/** Of a `repository` document; undefined where it is not one. */
export function toStoredRepository(document: JsonObject): StoredRepository | undefined {
  const [id, name] = [numberAt(document, "id"), textAt(document, "full_name")];
  if (id === undefined || name === undefined) return undefined;
  const owner = textAt(part(document, "owner"), "login") ?? name.split("/")[0] ?? "";
  return { place: { org: textAt(document, "org") ?? owner, repository: { id, name_with_owner: name } }, nodeId: textAt(document, "node_id") ?? null, owner };
}

export function belongsTo({ owner, name }: Source, { place: { repository } }: Pick<StoredRepository, "place">): boolean {
  const [of, called] = repository.name_with_owner.toLowerCase().split("/");
  return of === owner && (name === null || name === called);
}

export function isCounted(place: { readonly place: Place; readonly nodeId: string | null }): place is CountedPlace {
  return place.nodeId !== null;
}
