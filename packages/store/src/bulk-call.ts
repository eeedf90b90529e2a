/** One call of the bulk API; the answer has one item an operation, in their order. */
import type { Client } from "@opensearch-project/opensearch";
import { PermanentError } from "@octally/shared/errors";
import * as z from "zod";
import { bulkLines, type BulkOperation, type ReadState } from "./bulk-body.ts";
import { callStore } from "./client.ts";

const bulkItem = z.object({
  status: z.number(),
  error: z
    .looseObject({ type: z.string(), reason: z.string().nullish().transform((reason) => reason ?? "") })
    .optional(),
});
const bulkAnswer = z.object({ items: z.array(z.object({ index: bulkItem }).transform(({ index }) => index)) });

/** Nothing else of the answer is needed, and a thousand items of it are large. */
const FILTER = "items.index.status,items.index.error.type,items.index.error.reason,items.index.error.caused_by";

export type BulkItem = z.output<typeof bulkItem>;

/** The state that an operation replaces, where it does not replace by version. */
type States = ReadonlyMap<BulkOperation, ReadState>;
const NO_STATES: States = new Map();

/**
 * One item for each operation, in their order. A request that is refused as a whole (an id that is too long, a body over the
 * limit) is sent again in halves, until what is refused stands alone.
 */
export async function sendBulk(client: Client, operations: readonly BulkOperation[], states: States = NO_STATES): Promise<readonly BulkItem[]> {
  if (operations.length === 0) return [];
  try {
    return await callBulk(client, operations, states);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    if (operations.length === 1) return [{ status: 400, error: { type: "request_refused", reason: error.message } }];
    const middle = Math.ceil(operations.length / 2);
    return [...(await sendBulk(client, operations.slice(0, middle), states)), ...(await sendBulk(client, operations.slice(middle), states))];
  }
}

async function callBulk(client: Client, operations: readonly BulkOperation[], states: States): Promise<readonly BulkItem[]> {
  const body = operations.map((operation) => bulkLines(operation, states.get(operation))).join("");
  // The transport, because the typed method takes objects only: a version of 63 bits must be written as digits.
  const answer = await callStore(() => client.transport.request({ method: "POST", path: "/_bulk", querystring: { filter_path: FILTER }, bulkBody: body }));
  return bulkAnswer.parse(answer.body).items;
}
