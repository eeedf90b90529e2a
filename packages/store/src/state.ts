/**
 * Documents that several workers share (a sync state, a lease): read by id as they are at this moment, and replaced only while they
 * are still as they were read. Not for what mirrors GitHub: that is written by version (write.ts).
 */
import type { Client } from "@opensearch-project/opensearch";
import type { Kind } from "@octally/model/define-kind";
import { toSource, type Observation } from "@octally/model/observation";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import * as z from "zod";
import { ensureShelf } from "./bootstrap.ts";
import type { ReadState } from "./bulk-body.ts";
import { callStore, isStoreAnswer } from "./client.ts";
import { DEFAULT_PREFIX, writeAlias } from "./names.ts";

export type StoredState = { readonly document: JsonObject; readonly state: ReadState };

export type StateStore = {
  /** By id; those that are not there are left out. At most 1,000. */
  readonly read: (kind: string, ids: readonly string[]) => Promise<ReadonlyMap<string, StoredState>>;
  /**
   * Creates the document (`replaces: null`), or replaces it as it was read. "taken": somebody else was first, and nothing was written.
   * @throws TransientError where the store cannot be reached
   */
  readonly put: (observation: Observation, replaces: ReadState | null) => Promise<ReadState | "taken">;
};

const mgetAnswer = z.object({ docs: z.array(z.object({ _id: z.string(), found: z.boolean().optional(), _seq_no: z.number().optional(), _primary_term: z.number().optional(), _source: z.unknown().optional() })) });
const indexAnswer = z.object({ _seq_no: z.number(), _primary_term: z.number() });

export function makeStateStore(client: Client, kinds: readonly Kind[], prefix = DEFAULT_PREFIX): StateStore {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const aliasOf = (kind: string): string => writeAlias(prefix, { kind, month: null });

  return {
    async read(kind, ids) {
      if (ids.length === 0) return new Map();
      const answer = mgetAnswer.parse((await callStore(() => client.mget({ index: aliasOf(kind), body: { ids: [...ids] } }))).body);
      return new Map(
        answer.docs.flatMap(({ _id: id, _seq_no: seqNo, _primary_term: primaryTerm, _source: document }) =>
          isJsonObject(document) && seqNo !== undefined && primaryTerm !== undefined ? [[id, { document, state: { seqNo, primaryTerm } }] as const] : [],
        ),
      );
    },
    async put(observation, replaces) {
      const kind = byName.get(observation.kind);
      if (kind === undefined) throw new Error(`No kind is named "${observation.kind}".`);
      const condition = replaces === null ? ({ op_type: "create" } as const) : { if_seq_no: replaces.seqNo, if_primary_term: replaces.primaryTerm };
      const write = async (): Promise<ReadState> => {
        const answer = await client.index({ index: aliasOf(kind.name), id: observation.id, body: toSource(observation), require_alias: true, ...condition });
        const { _seq_no: seqNo, _primary_term: primaryTerm } = indexAnswer.parse(answer.body);
        return { seqNo, primaryTerm };
      };
      try {
        return await callStore(write);
      } catch (error) {
        if (isStoreAnswer(error, "version_conflict_engine_exception")) return "taken";
        if (!isStoreAnswer(error, "index_not_found_exception") || replaces !== null) throw error;
        await ensureShelf(client, kind, { kind: kind.name, month: null }, prefix);
        return callStore(write);
      }
    },
  };
}
