/** A small kind, and observations of it, for the store's own tests. */
import { defineKind, type Kind } from "@octally/model/define-kind";
import { count, keyword, lowerKeyword, nullable } from "@octally/model/field";
import type { Observation } from "@octally/model/observation";
import { neverAsked } from "@octally/model/sources";
import { toVersion } from "@octally/model/version";

export const thing: Kind = defineKind({
  name: "thing",
  description: "Something, for tests.",
  scope: "repository",
  identity: ["id"],
  fields: { id: count, color: nullable(keyword) },
  fromWebhook: {},
  sources: neverAsked("A test."),
});

/** The same kind after its declaration was changed: another type, a field more, a field less. */
export const thingChanged: Kind = defineKind({
  name: "thing",
  description: "Something, for tests.",
  scope: "repository",
  identity: ["id"],
  fields: { id: keyword, size: nullable(count) },
  fromWebhook: {},
  sources: neverAsked("A test."),
});

export const entry: Kind = defineKind({
  name: "entry",
  description: "Something that is only added, for tests.",
  scope: "repository",
  group: "record",
  identity: ["id"],
  indices: "monthly",
  fields: { id: count, level: lowerKeyword },
  fromWebhook: {},
  sources: neverAsked("A test."),
});

export type ThingOptions = { readonly updatedAt?: string; readonly observedAt?: string; readonly deleted?: boolean; readonly archive?: string | null };

const T0 = "2026-11-21T07:00:00.000Z";

export function observe(kind: Kind, document: Readonly<Record<string, unknown>>, { observedAt = T0, updatedAt = observedAt, deleted = false, archive = null }: ThingOptions = {}): Observation {
  return {
    kind: kind.name,
    id: String(document["id"]),
    org: "octo",
    repository: { id: 1, name_with_owner: "octo/hello" },
    document,
    deletedAt: deleted ? observedAt : null,
    version: toVersion(updatedAt, observedAt),
    observedAt,
    source: "webhook",
    archive,
  };
}
