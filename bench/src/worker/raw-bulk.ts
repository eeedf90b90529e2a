/** The peer: the same documents by plain HTTP, as fast as OpenSearch's own advice has it. */
import { Pool } from "undici";

const OPERATIONS_PER_REQUEST = 1000;
const REQUESTS_AT_ONCE = 2;

/** @throws when an operation was refused */
export async function writeRaw(openSearchUrl: string, operations: readonly string[]): Promise<void> {
  const pool = new Pool(openSearchUrl, { connections: REQUESTS_AT_ONCE });
  const bodies = Array.from({ length: Math.ceil(operations.length / OPERATIONS_PER_REQUEST) }, (_, index) =>
    operations.slice(index * OPERATIONS_PER_REQUEST, (index + 1) * OPERATIONS_PER_REQUEST).join(""),
  ).values();
  await Promise.all(
    Array.from({ length: REQUESTS_AT_ONCE }, async () => {
      for (const body of bodies) {
        const answer = await pool.request({ path: "/_bulk?filter_path=errors,items.*.error", method: "POST", headers: { "content-type": "application/x-ndjson" }, body });
        const text = await answer.body.text();
        if (text !== '{"errors":false}') throw new Error(`A bulk request was answered ${answer.statusCode}: ${text.slice(0, 500)}`);
      }
    }),
  );
  await pool.close();
}
