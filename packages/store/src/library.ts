/** What the store holds of GitHub, for jobs that compare, move or bury it: documents with their versions, the deleted ones too. */
import type { Client } from "@opensearch-project/opensearch";
import type { Kind } from "@octally/model/define-kind";
import type { RepositoryRef } from "@octally/model/observation";
import { isJsonObject, numberAt, part, textAt, type JsonObject } from "@octally/shared/json";
import * as z from "zod";
import { callStore, isStoreAnswer } from "./client.ts";
import { allAlias, DEFAULT_PREFIX } from "./names.ts";
import { scrollPages } from "./scroll.ts";

export type StoredDocument = {
  readonly id: string;
  readonly org: string | null;
  readonly repository: RepositoryRef | null;
  /** The kind's own fields. */
  readonly document: JsonObject;
  readonly observedAt: string;
  readonly deletedAt: string | null;
};

/** `where`: the field, a path, holds this value, a number or a keyword. */
export type Shelf = ({ readonly repositoryId: number } | { readonly org: string }) & { readonly where?: { readonly field: string; readonly is: string } };

export type Library = {
  /** By id, as they are at this moment; those that are not there are left out. */
  readonly byIds: (kind: string, ids: readonly string[]) => Promise<readonly StoredDocument[]>;
  /** All of a repository's, or of an organisation's, that there were when it began; some at a time. */
  readonly scan: (kind: string, of: Shelf) => AsyncGenerator<readonly StoredDocument[], void, undefined>;
};

const PAGE = 1000;
const KEEP = "2m";

const found = z.object({ docs: z.array(z.object({ _id: z.string(), _source: z.unknown().optional() })) });

export function makeLibrary(client: Client, kinds: readonly Kind[], prefix = DEFAULT_PREFIX): Library {
  const single = new Set(kinds.filter(({ indices }) => indices === "single").map(({ name }) => name));
  return {
    async byIds(kind, ids) {
      if (ids.length === 0 || !single.has(kind)) return [];
      return noneIfMissing([], async () => {
        const answer = found.parse((await callStore(() => client.mget({ index: allAlias(prefix, kind), body: { ids: [...ids] } }))).body);
        return answer.docs.flatMap(({ _id: id, _source: source }) => toStored(id, source));
      });
    },
    async *scan(kind, of) {
      const index = allAlias(prefix, kind);
      const place = { term: "org" in of ? { org: of.org } : { "repository.id": of.repositoryId } };
      const query = of.where === undefined ? place : { bool: { filter: [place, { term: { [of.where.field]: of.where.is } }] } };
      const first = await noneIfMissing(undefined, async () => {
        await callStore(() => client.indices.refresh({ index }));
        return (await callStore(() => client.search({ index, scroll: KEEP, size: PAGE, body: { query, sort: ["_doc"] } }))).body;
      });
      for await (const hits of scrollPages(client, KEEP, first)) yield hits.flatMap(({ _id: id, _source: source }) => toStored(id, source));
    },
  };
}

/** Nothing where the source is none of a kind's. */
export function toStored(id: string, source: unknown): readonly StoredDocument[] {
  if (!isJsonObject(source)) return [];
  const { org, repository: _, octally: __, ...document } = source;
  const [about, place] = [part(source, "octally"), part(source, "repository")];
  const [repositoryId, name] = [numberAt(place, "id"), textAt(place, "name_with_owner")];
  return [
    {
      id,
      org: typeof org === "string" ? org : null,
      repository: repositoryId === undefined || name === undefined ? null : { id: repositoryId, name_with_owner: name },
      document,
      observedAt: textAt(about, "observed_at") ?? "1970-01-01T00:00:00Z",
      deletedAt: textAt(about, "deleted_at") ?? null,
    },
  ];
}

async function noneIfMissing<T>(none: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isStoreAnswer(error, "index_not_found_exception")) return none;
    throw error;
  }
}
