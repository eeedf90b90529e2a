/** A document and where, when and how it was seen: the observation of it, with its version. */
import type { Kind } from "./define-kind.ts";
import type { Observation, RepositoryRef, Source } from "./observation.ts";
import { toVersion } from "./version.ts";

export type Whereabouts = { readonly org: string | null; readonly repository: RepositoryRef | null };

export type Seen = {
  /** ISO 8601, GitHub's clock. */
  readonly observedAt: string;
  readonly source: Source;
  readonly archive: string | null;
  /** When GitHub said that it was gone; null where it is there. */
  readonly deletedAt: string | null;
};

export function toObservation(kind: Kind, id: string, document: Readonly<Record<string, unknown>>, place: Whereabouts, seen: Seen): Observation {
  const updatedAt = kind.updatedAt === undefined ? undefined : document[kind.updatedAt];
  const ownTime = typeof updatedAt === "string" ? updatedAt : seen.observedAt;
  // A deletion happened after everything that the deleted object says of itself.
  const time = seen.deletedAt === null ? ownTime : laterOf(ownTime, seen.deletedAt);
  return {
    kind: kind.name,
    id,
    org: place.org,
    repository: kind.scope === "organization" ? null : place.repository,
    document,
    deletedAt: seen.deletedAt,
    version: toVersion(time, seen.observedAt),
    observedAt: seen.observedAt,
    source: seen.source,
    archive: seen.archive,
  };
}

function laterOf(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? b : a;
}
