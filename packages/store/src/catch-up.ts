/** The end of an upgrade: what changed in the old index since the copy began comes into the new one. */
import type { Client } from "@opensearch-project/opensearch";
import type { Kind } from "@octally/model/define-kind";
import type { Observation } from "@octally/model/observation";
import { TransientError } from "@octally/shared/errors";
import { isJsonObject } from "@octally/shared/json";
import * as z from "zod";
import { bulkChunks, type BulkOperation } from "./bulk-body.ts";
import { sendBulk } from "./bulk-call.ts";
import { callStore } from "./client.ts";
import type { Shelf } from "./names.ts";
import { scrollPages } from "./scroll.ts";
import { mayBeEqual, settleEquals } from "./settle.ts";

const repositoryRef = z.object({ id: z.number(), name_with_owner: z.string() });
const stored = z.looseObject({
  org: z.string().nullable(),
  repository: repositoryRef.nullable(),
  octally: z.object({ version: z.coerce.bigint(), observed_at: z.string(), deleted_at: z.string().nullable(), source: z.enum(["webhook", "graphql", "rest"]), archive: z.string().nullable() }),
});

const PAGE = 500;
const KEEP = "5m";

export type CatchUp = {
  /** It takes no writes any more. */
  readonly from: string;
  /** The write alias, which names the new index. */
  readonly target: string;
  readonly kind: Kind;
  readonly shelf: Shelf;
  /** Only what was written later than this sequence number. */
  readonly after: number;
  readonly excludes: readonly string[];
};

/**
 * A copy by versions alone passes over a document that was settled since (settle.ts: another content, the same version). So each is written as a
 * writer does, and compared where the versions are equal.
 */
export async function catchUp(client: Client, { from, target, kind, shelf, after, excludes }: CatchUp): Promise<void> {
  await callStore(() => client.indices.refresh({ index: from }));
  const query = { range: { _seq_no: { gt: after } } };
  const source = excludes.length === 0 ? true : { excludes: [...excludes] };
  const { body } = await callStore(() => client.search({ index: from, scroll: KEEP, size: PAGE, body: { query, sort: ["_doc"], _source: source } }));
  for await (const hits of scrollPages(client, KEEP, body)) {
    const operations = hits.map(({ _id: id, _source }): BulkOperation => ({ kind, shelf, target, observation: toObservation(kind, id, _source), source: JSON.stringify(_source) }));
    for (const chunk of bulkChunks(operations)) await write(client, chunk);
  }
}

async function write(client: Client, operations: readonly BulkOperation[]): Promise<void> {
  const items = await sendBulk(client, operations);
  const equals = operations.filter(({ observation }, index) => items[index]?.status === 409 && mayBeEqual(items[index], observation.version));
  const settled = [...(await settleEquals(client, equals)).values()].filter((answer) => answer !== "kept");
  const refused = [...items.filter(({ status }) => status !== 409), ...settled].find(({ status }) => status >= 300);
  if (refused !== undefined) throw new TransientError("store-upgrade", `What changed during the upgrade could not be copied; nothing is lost, and the next start goes on. OpenSearch says: ${refused.error?.type}: ${refused.error?.reason}`);
}

/** As it was written (`toSource`). */
function toObservation(kind: Kind, id: string, source: unknown): Observation {
  const { octally, org, repository } = stored.parse(source);
  const document = isJsonObject(source) ? Object.fromEntries(Object.entries(source).filter(([name]) => !OF_EVERY_KIND.has(name))) : {};
  return { kind: kind.name, id, org, repository, document, deletedAt: octally.deleted_at, version: octally.version, observedAt: octally.observed_at, source: octally.source, archive: octally.archive };
}

const OF_EVERY_KIND: ReadonlySet<string> = new Set(["org", "repository", "octally"]);
