/** A kind's index: its mapping and settings, derived from the kind's declaration. Pure. */
import { createHash } from "node:crypto";
import type { Kind } from "@octally/model/define-kind";
import { canonicalJson } from "@octally/model/observation";

const KEYWORD = { type: "keyword", ignore_above: 8191 } as const;

/** What every document has beside its kind's own fields. */
const COMMON = {
  org: KEYWORD,
  repository: { type: "object", dynamic: "strict", properties: { id: { type: "long" }, name_with_owner: KEYWORD } },
  octally: {
    type: "object",
    dynamic: "strict",
    properties: {
      source: KEYWORD,
      observed_at: { type: "date" },
      version: { type: "long" },
      deleted: { type: "boolean" },
      deleted_at: { type: "date" },
      archive: { type: "keyword", index: false, doc_values: false },
    },
  },
} as const;

const SETTINGS = {
  number_of_shards: 1,
  auto_expand_replicas: "0-1",
  // Said, not left to the default: an index without it stops refreshing after 30 s without a search.
  refresh_interval: "1s",
  "mapping.total_fields.limit": 500,
} as const;

export type IndexBody = {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly mappings: { readonly _meta: IndexMeta } & Readonly<Record<string, unknown>>;
};

/** Tells a later start whether the index was made from the same declaration. */
export type IndexMeta = { readonly kind: string; readonly description: string; readonly fingerprint: string };

export function indexBodyOf(kind: Pick<Kind, "name" | "description" | "mappings">): IndexBody {
  const properties = { ...kind.mappings, ...COMMON };
  const fingerprint = createHash("sha256").update(canonicalJson({ properties, settings: SETTINGS })).digest("hex").slice(0, 16);
  return {
    settings: { index: SETTINGS },
    mappings: { _meta: { kind: kind.name, description: kind.description, fingerprint }, dynamic: "strict", properties },
  };
}

/** The reader's alias leaves out what is deleted. */
export const NOT_DELETED = { term: { "octally.deleted": false } } as const;
