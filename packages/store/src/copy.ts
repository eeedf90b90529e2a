/** Copies an index into that of another declaration, inside OpenSearch. */
import { setTimeout } from "node:timers/promises";
import { errors, type Client } from "@opensearch-project/opensearch";
import { AppError, PermanentError } from "@octally/shared/errors";
import { isJsonObject } from "@octally/shared/json";
import * as z from "zod";
import { callStore } from "./client.ts";

/**
 * Documents keep their versions (OpenSearch's own, which settling may have raised a little: settle.ts) and their bytes: a script would give their keys
 * another order. One that is already there, as new or newer, is a conflict that is passed over.
 */
export async function copy(client: Client, from: string, to: string): Promise<void> {
  await unlessGone(client, from, async () => {
    await callStore(() => client.indices.refresh({ index: from }));
    const dropped = await droppedFields(client, from, to);
    const source = { index: from, ...(dropped.length === 0 ? {} : { _source: { excludes: dropped } }) };
    // The transport, because the typed method does not know `excludes`.
    try {
      await callStore(() =>
        client.transport.request(
          { method: "POST", path: "/_reindex", querystring: { refresh: "true" }, body: { conflicts: "proceed", source, dest: { index: to, version_type: "external" } } },
          { requestTimeout: 3_600_000 },
        ),
      );
    } catch (error) {
      const [first, ...others] = refusedIn(error);
      if (first === undefined) throw error;
      const more = others.length === 0 ? "" : ` (and at least ${others.length} others)`;
      throw new PermanentError("store-upgrade", `${first.id} of ${from}${more} does not fit into ${to}: ${first.cause.type}: ${first.cause.reason}. The old index still serves.`, { cause: error });
    }
  });
}

const refused = z.object({ failures: z.array(z.object({ id: z.string(), cause: z.object({ type: z.string(), reason: z.string().nullish() }) })) });

/** A copy answers with the status of the documents that were refused. */
function refusedIn(error: unknown): z.output<typeof refused>["failures"] {
  const cause = error instanceof AppError ? error.cause : undefined;
  const parsed = refused.safeParse(cause instanceof errors.ResponseError ? cause.body : undefined);
  return parsed.success ? parsed.data.failures : [];
}

/** Fields that the new declaration no longer has: its mapping is strict and would refuse the documents that still do. */
export async function droppedFields(client: Client, from: string, to: string): Promise<string[]> {
  const { body } = await callStore(() => client.indices.getMapping({ index: [from, to] }));
  const kept = new Set(fieldPaths(body[to]?.mappings.properties));
  return fieldPaths(body[from]?.mappings.properties).filter((path) => !kept.has(path));
}

function fieldPaths(properties: unknown, parent = ""): string[] {
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, mapping]) => [
    `${parent}${name}`,
    ...fieldPaths(isJsonObject(mapping) ? mapping["properties"] : undefined, `${parent}${name}.`),
  ]);
}

/** An index whose search contexts are gone already may still be listed for a moment. */
const GONE = { looks: 10, everyMs: 100 };

/** Where the old index is not there any more, another that upgrades the same was faster: it deletes it when all of it is copied. */
export async function unlessGone(client: Client, from: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    for (let look = 0; look < GONE.looks; look += 1) {
      if (!(await callStore(() => client.indices.exists({ index: from }))).body) return;
      await setTimeout(GONE.everyMs);
    }
    throw error;
  }
}
