/** Bulk operations as NDJSON. Pure. */
import type { Kind } from "@octally/model/define-kind";
import { toSource, type Observation } from "@octally/model/observation";
import { chunksWithin } from "@octally/shared/chunks";
import type { Shelf } from "./names.ts";

export type BulkOperation = {
  readonly kind: Kind;
  readonly shelf: Shelf;
  /** The alias that is written to. */
  readonly target: string;
  readonly observation: Observation;
  readonly source: string;
};

export function toOperation(kind: Kind, shelf: Shelf, target: string, observation: Observation): BulkOperation {
  return { kind, shelf, target, observation, source: JSON.stringify(toSource(observation)) };
}

/** The state that a document was read in: it is replaced only while it is still in that state. */
export type ReadState = { readonly seqNo: number; readonly primaryTerm: number };

/** Replaces what is older; or, where a state is given, exactly that. The version is written as digits, whole. */
export function bulkLines({ target, observation, source }: BulkOperation, replaces?: ReadState): string {
  const condition = replaces === undefined ? `"version":${observation.version},"version_type":"external"` : `"if_seq_no":${replaces.seqNo},"if_primary_term":${replaces.primaryTerm}`;
  return `{"index":{"_index":${JSON.stringify(target)},"_id":${JSON.stringify(observation.id)},${condition},"require_alias":true}}\n${source}\n`;
}

/** OpenSearch advises 5 to 15 MB and 1,000 to 5,000 operations a request; a managed one with little memory takes 10 MB. */
const MAX_BYTES = 5 * 1024 * 1024;
const MAX_OPERATIONS = 1000;
/** Of the line before a source, generously. */
const ACTION_BYTES = 200;

export function bulkChunks(operations: readonly BulkOperation[]): BulkOperation[][] {
  return chunksWithin(operations, { items: MAX_OPERATIONS, size: MAX_BYTES }, ({ source }) => Buffer.byteLength(source) + ACTION_BYTES);
}
