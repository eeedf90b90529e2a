/** Where a thing is: its repository, and the organisation or user that owns it. */
import { numberAt, part, textAt, type JsonObject } from "@octally/shared/json";
import type { Place } from "./sources.ts";
import type { RepositoryRef } from "./observation.ts";

export function toRepositoryRef(repository: JsonObject | undefined): RepositoryRef | undefined {
  const id = numberAt(repository, "id");
  const name = textAt(repository, "full_name");
  return id === undefined || !Number.isSafeInteger(id) || name === undefined || name === "" ? undefined : { id, name_with_owner: name };
}

/** The owner's login. Owners in push events may lack `login`; they have `name`. */
export function ownerOf(repository: JsonObject | undefined): string | undefined {
  const owner = part(repository, "owner");
  return (textAt(owner, "login") || textAt(owner, "name")) || undefined;
}

/** The place that a whole `repository` object names: the other end of a transfer, the fork, the parent's repository. */
export function placeOf(repository: JsonObject | undefined): Place | undefined {
  const ref = toRepositoryRef(repository);
  return ref === undefined ? undefined : { repository: ref, org: ownerOf(repository) ?? null };
}
